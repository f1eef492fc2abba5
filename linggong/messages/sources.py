"""Group assistants and mini-programs: the secrets by which their calls are known."""

import hmac
import secrets
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.signing import signature
from linggong.lib.text import plain
from linggong.messages.errors import SettingRefused
from linggong.messages.models import Source

CLOCK_TOLERANCE = 300
"""Seconds between the sender's clock and ours; an older call may be one that was listened to."""


def add_source(*, name: str, code: str, by: Viewer) -> tuple[Source, str]:
    """A new source of a division, with its secret, which is shown this once. Raises SettingRefused, NotAllowed."""
    require(by, "screening.set")
    if not by.covers(code):
        raise NotAllowed(_("这个地方不在您负责的区域。"))
    if not plain(name):
        raise SettingRefused(_("请填写名称，例如“马厂镇零工群助手”。"), field="name")
    secret = secrets.token_urlsafe(32)
    with within(by):
        made = Source(division=code, name=plain(name)[:80], secret=secret, by_name=by.name[:80])
        made.save(force_insert=True)
        record("source.added", by=by, about=made, division=code, name=made.name)
    return made, secret


def revoke_source(*, source: Source, by: Viewer) -> Source:
    """Its calls are refused from now on. Raises NotAllowed."""
    require(by, "screening.set")
    with within(by):
        source.revoked_at = clock.now()
        source.save(update_fields=["revoked_at"])
        record("source.revoked", by=by, about=source, division=source.division, name=source.name)
        return source


def signed_by(source_id: UUID, stamp: str, signed: str, body: bytes) -> Source | None:
    """The source that signed this call just now (`lib.signing`), None where it is not in force or did not."""
    with within(system("webhook")):
        found = Source.objects.filter(pk=source_id, revoked_at=None).first()
    if found is None or not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        return None
    right = hmac.compare_digest(signature(found.secret.open(), stamp, body).encode(), signed.encode())
    return found if right and abs(int(stamp) - clock.now().timestamp()) <= CLOCK_TOLERANCE else None
