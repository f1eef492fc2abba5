"""Who calls the API: a key that stands for a login, or a signed-in browser, or nobody."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from linggong.accounts.queries import viewer_of, viewer_of_key
from linggong.foundation.viewer import Viewer


class ClientKey(HttpBearer):
    """`Authorization: Bearer KEY`; keys are made by `linggong account USERNAME --api-key`."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        viewer = viewer_of_key(token)
        if viewer is not None:
            request.viewer = viewer  # type: ignore[attr-defined]
        return viewer


def caller(request: HttpRequest) -> Viewer:
    """The viewer whose key came with the request; the public where none did."""
    found = getattr(request, "auth", None)
    return found if isinstance(found, Viewer) else viewer_of(request.user)
