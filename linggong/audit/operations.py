"""Writing the trail, inside the transaction of the change it tells of."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.audit.models import AnsweredRequest, Entry
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal


class RequestKeyReused(Refusal):
    """The same key came with another request."""

    code = "request_key_reused"


def record(act: str, *, by: Viewer, about: models.Model, division: str, **detail: Any) -> None:
    """Append what `by` did to `about` (act like "worker.registered"). Detail must hold no personal data."""
    Entry(
        act=act,
        account_id=by.account_id,
        role=by.role,
        name=by.name,
        on_behalf_of=by.on_behalf_of,
        object_type=about._meta.label_lower,
        object_id=about.pk if isinstance(about.pk, UUID) else None,
        division=division,
        detail=detail,
    ).save(force_insert=True)


def once(key: str, request: object, *, by: Viewer, act: Callable[[], Any]) -> Any:
    """Do `act` for the first request with this key; a repeat gets the first answer (JSON) again.

    Raises RequestKeyReused where the key came before with a different request. A request that is under way
    elsewhere is waited for. Needs an open transaction: a refused act leaves the key unused.
    """
    if not key:
        return act()
    actor = str(by.account_id or by.role)
    fingerprint = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    fresh = AnsweredRequest(actor=actor, key=key[:100], fingerprint=fingerprint)
    AnsweredRequest.objects.bulk_create([fresh], ignore_conflicts=True)
    if not AnsweredRequest.objects.filter(pk=fresh.pk).exists():
        known = AnsweredRequest.objects.get(actor=actor, key=key[:100])
        if known.fingerprint != fingerprint:
            raise RequestKeyReused(_("这个请求编号已经用于另一个请求，请换一个编号。"))
        return known.answer
    fresh.answer = act()
    fresh.save(update_fields=["answer"])
    return fresh.answer
