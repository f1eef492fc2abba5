"""Reading the code out of the outbox, as the gateway would send it."""

import re

import pytest
from pytest_django import Settings

from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.notices.concealed import revealed
from linggong.notices.models import Notice
from tests import cast

TELEPHONE = "13835512345"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Passwords are hashed without their slowness."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def county(db: None) -> None:
    cast.county()


def newest_code() -> str:
    """The six digits of the newest message in the outbox."""
    with within(system("test")):
        newest = Notice.objects.filter(topic="login_code").order_by("-created_at").first()
    assert newest
    found = re.search(r"\b[0-9]{6}\b", revealed(newest.text))
    assert found
    return found[0]


def codes_sent() -> int:
    with within(system("test")):
        return Notice.objects.filter(topic="login_code").count()
