"""A county in which messages arrive."""

import pytest


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    from tests import cast

    cast.county()
