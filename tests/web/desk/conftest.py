"""刘芳 at the window, signed in; 王局 of the bureau, who only reads."""

from collections.abc import Callable

import pytest
from django.test import Client

from linggong.accounts.models import Account
from linggong.places.models import Site
from tests import cast

SignIn = Callable[..., Client]


@pytest.fixture
def county(db: None) -> Site:
    return cast.county()


@pytest.fixture
def signed_in(county: Site) -> SignIn:
    def sign_in(role: str = "window_clerk", division: str = cast.COUNTY, name: str = "刘芳") -> Client:
        account = Account.objects.create(
            username=f"{role}-{division}", name=name, role=role, division=division, site_id=county.id
        )
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "zh-hans"
        return client

    return sign_in


@pytest.fixture
def desk(signed_in: SignIn) -> Client:
    return signed_in()


@pytest.fixture
def bureau(signed_in: SignIn) -> Client:
    return signed_in("bureau_officer", name="王局")
