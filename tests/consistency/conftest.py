"""The scene stands once for a test; files it keeps stay in memory."""

import pytest
from pytest_django import Settings

from tests.consistency.scene import Scene, scene


@pytest.fixture
def told(db: None, settings: Settings) -> Scene:
    """The scene of `tests/consistency/scene.py`."""
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    return scene()
