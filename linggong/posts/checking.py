"""What a new job must hold before it is stored at all. What may be shown is the screening's business."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linggong.lib import clock, text, trades
from linggong.lib.errors import Refusal
from linggong.posts.records import NewJob, NewShift

MOST_PLACES = 500
MOST_SHIFTS = 62
LONGEST_SHIFT = timedelta(hours=24)
FARTHEST_START = timedelta(days=180)
MOST_PAY_FEN = 100_000_00
MOST_PIECES = 1_000_000
PAY_UNITS = ("hour", "day", "month", "piece", "job")


class JobRefused(Refusal):
    """The job cannot be stored as it was typed."""

    code = "job_refused"


def check(new: NewJob) -> None:
    """Raises JobRefused with the field it is about."""
    trades.trade(new.trade)
    _check_words(new)
    _check_pay(new)
    if new.kind == "piecework":
        _check_piecework(new)
    else:
        _check_shifts(new.shifts)
    _check_people(new)


def _check_words(new: NewJob) -> None:
    if not text.plain(new.title):
        raise JobRefused(_("请填写活的名称，例如“卸货”。"), field="title")
    if not text.plain(new.place_name):
        raise JobRefused(_("请填写干活的地点。"), field="place_name")
    if len(new.title) > 60 or len(new.place_name) > 80 or len(new.description) > 1000 or len(new.bring) > 100:
        raise JobRefused(_("文字太长了，请写短一些。"), field="description")
    if not (-90 <= new.latitude <= 90 and -180 <= new.longitude <= 180):
        raise JobRefused(_("地点的位置不对，请重新选择。"), field="place_name")


def _check_pay(new: NewJob) -> None:
    if new.pay_unit not in PAY_UNITS:
        raise JobRefused(_("请选择工钱按什么算。"), field="pay_unit")
    if not 0 < new.pay_fen <= MOST_PAY_FEN:
        raise JobRefused(_("工钱要大于 0，不超过 10 万元。"), field="pay")
    if new.break_minutes < 0 or new.break_minutes > 240:
        raise JobRefused(_("休息时间在 0 到 240 分钟之间。"), field="break_minutes")


def _check_piecework(new: NewJob) -> None:
    if new.pay_unit != "piece":
        raise JobRefused(_("手工活按件算工钱。"), field="pay_unit")
    if not new.pieces or not 0 < new.pieces <= MOST_PIECES:
        raise JobRefused(_("请填写一共多少件。"), field="pieces")
    if not new.due_on or not clock.today() <= new.due_on <= clock.today() + FARTHEST_START:
        raise JobRefused(_("请填写交货日期，从今天起半年以内。"), field="due_on")
    if len(new.shifts) != 1:
        raise JobRefused(_("请填写要几个人做。"), field="places")


def _check_shifts(shifts: tuple[NewShift, ...]) -> None:
    if not shifts:
        raise JobRefused(_("请至少填写一班：哪天、几点到几点、几个人。"), field="starts")
    if len(shifts) > MOST_SHIFTS:
        raise JobRefused(_("一次最多发布 62 班。"), field="starts")
    for shift in shifts:
        _check_shift(shift)


def _check_shift(shift: NewShift) -> None:
    if shift.ends <= shift.starts:
        raise JobRefused(_("下班时间要晚于上班时间。"), field="ends")
    if shift.ends - shift.starts > LONGEST_SHIFT:
        raise JobRefused(_("一班不能超过 24 小时。"), field="ends")
    if shift.ends <= clock.now():
        raise JobRefused(_("这一班已经过去了，请改日期。"), field="starts")
    if shift.starts > clock.now() + FARTHEST_START:
        raise JobRefused(_("只能发布半年以内的活。"), field="starts")
    if not 1 <= shift.places <= MOST_PLACES:
        raise JobRefused(_("人数在 1 到 500 之间。"), field="places")


def _check_people(new: NewJob) -> None:
    if not 0 <= new.age_min <= 100 or (new.age_max is not None and not new.age_min <= new.age_max <= 100):
        raise JobRefused(_("年龄要求不对：下限不能高于上限。"), field="age_min")
    if new.gender not in ("", "male", "female"):
        raise JobRefused(_("性别只能是男、女或不限。"), field="gender")
