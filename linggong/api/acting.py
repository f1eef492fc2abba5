"""From a call to one operation: the caller's scope, the idempotency key, the answer as JSON."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Schema

from linggong.api.auth import caller
from linggong.audit.operations import once
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer

Out = TypeVar("Out", bound=Schema)


def answer(request: HttpRequest, form: type[Out], act: Callable[[Viewer], Any], body: Schema | None = None) -> Any:
    """Do `act(viewer)` once for the call's Idempotency-Key and give its result in `form`.

    A repeat of the same call gets the same answer; another body under the same key is refused.
    """
    viewer = caller(request)
    key = request.headers.get("Idempotency-Key", "")
    told = {"path": request.path, "body": body.model_dump(mode="json") if body else None}
    with within(viewer):
        return once(key, told, by=viewer, act=lambda: form.from_orm(act(viewer)).model_dump(mode="json"))
