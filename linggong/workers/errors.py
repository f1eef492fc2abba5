"""Why an act on a worker is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from linggong.lib.errors import Refusal
from linggong.workers.records import Found


class AlreadyRegistered(Refusal):
    """The person is registered; `found` says where, and opens the registration where the viewer may see it."""

    code = "already_registered"

    def __init__(self, found: Found) -> None:
        super().__init__(found.sentence, field="identity_number")
        self.found = found


class KnownNumber(Refusal):
    """The same, as told to somebody who has not logged in: nothing about the person."""

    code = "already_registered"

    def __init__(self) -> None:
        super().__init__(
            _("这个身份证号已经登记过。如果是您本人，请用登记时的手机号登录，或者到零工市场窗口办理。"),
            field="identity_number",
        )


class ConsentMissing(Refusal):
    code = "consent_missing"

    def __init__(self) -> None:
        super().__init__(_("本人同意之后才能登记，请把说明读给本人听并勾选同意。"), field="consent")


class TradeMissing(Refusal):
    code = "trade_missing"

    def __init__(self) -> None:
        super().__init__(_("请至少选一个会干的工种。"), field="trades")


class TooYoung(Refusal):
    code = "too_young"

    def __init__(self) -> None:
        super().__init__(_("不满16周岁，不能登记找活。"), field="identity_number")


class OutsideScope(Refusal):
    code = "outside_scope"

    def __init__(self) -> None:
        super().__init__(_("这个地方不在您的辖区，请选辖区内的居住地。"), field="division")


class ValueRefused(Refusal):
    """A field holds what cannot be kept."""

    code = "value_refused"


class NotFound(Refusal):
    code = "worker_not_found"

    def __init__(self) -> None:
        super().__init__(_("没有找到这个人，可能不在您的辖区。"))


@contextmanager
def at(field: str) -> Iterator[None]:
    """A refusal raised within is about this field."""
    try:
        yield
    except Refusal as refusal:
        refusal.field = refusal.field or field
        raise
