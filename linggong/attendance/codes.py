"""The code that hangs at the place of work: who scans it stands there."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from linggong.lib import clock
from linggong.posts.models import Shift

EARLIEST = timedelta(hours=2)
"""How long before the start somebody may check in."""

LENGTH = 12


def site_code(shift: Shift) -> str:
    """Today's code of a shift, 12 hexadecimal digits; before and after its days that of the nearest one."""
    days = _days(shift)
    return _code(shift.id, min(max(clock.today(), days[0]), days[-1]))


def code_fits(shift: Shift, code: str) -> bool:
    """Whether the code is of this shift and of one of its days up to today."""
    valid = [_code(shift.id, day) for day in _days(shift) if day <= clock.today()]
    return any(constant_time_compare(code, each) for each in valid)


def _days(shift: Shift) -> list[date]:
    first, last = clock.local(shift.starts - EARLIEST).date(), clock.local(shift.ends).date()
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def _code(shift_id: UUID, day: date) -> str:
    return salted_hmac("linggong.attendance.site", f"{shift_id}/{day}", algorithm="sha256").hexdigest()[:LENGTH]
