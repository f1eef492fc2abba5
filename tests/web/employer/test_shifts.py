"""One shift: who applies, who comes, who is missing, and what is done about it."""

from datetime import timedelta
from uuid import UUID

from linggong.attendance import operations as attendance
from linggong.audit.models import Entry
from linggong.dispatch.models import Block, Offer, Placement
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.posts.models import Shift
from tests import cast
from tests.web.employer.conftest import SYSTEM, Phone, applicant, during, placed, worker_of


def state_of(placement: Placement) -> str:
    with within(SYSTEM):
        return Placement.objects.get(pk=placement.pk).state


def offer_of(worker_id: UUID) -> Offer:
    with within(SYSTEM):
        return Offer.objects.get(worker_id=worker_id)


def test_a_line_says_how_far_it_is(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    placed(shift)
    for page in (phone.read("home"), phone.read("shift", shift.id)):
        assert "1 人确认，还差 2 人" in page


def test_an_applicant_is_taken(phone: Phone) -> None:
    shift = cast.shift(phone.employer, instant_confirmation=False)
    offer = applicant(shift, cast.worker("张三"))
    assert "1 人等您点头" in phone.read("home")
    assert "定了，张三 会来" in phone.sent("offer_confirm", offer.id)
    assert offer_of(offer.worker_id).state == Offer.State.ACCEPTED


def test_an_applicant_is_refused_with_a_word(phone: Phone) -> None:
    shift = cast.shift(phone.employer, instant_confirmation=False)
    offer = applicant(shift, cast.worker("张三"))
    phone.send("offer_refuse", offer.id, words="这次要会开叉车的")
    refused = offer_of(offer.worker_id)
    assert (refused.state, refused.words) == (Offer.State.REFUSED, "这次要会开叉车的")


def test_when_the_places_are_taken_an_applicant_can_only_be_refused(phone: Phone) -> None:
    shift = cast.shift(phone.employer, instant_confirmation=False, places=1)
    offer = applicant(shift, cast.worker("张三"))
    placed(shift, "李四")
    page = phone.read("shift", shift.id)
    assert "人已经齐了" in page and f"/offers/{offer.id}/confirm/" not in page
    assert "名额刚刚满了" in phone.sent("offer_confirm", offer.id)


def test_more_people_are_asked_now(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    cast.worker("张三")
    with clock.at(shift.starts - timedelta(hours=1)):
        assert "又问了 1 个人" in phone.sent("ask_more", shift.id)
        assert "问了 1 人" in phone.read("shift", shift.id)
        assert "现在没有别的合适的人" in phone.sent("ask_more", shift.id)


def test_the_roll_is_called_with_ticks(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    here, away = placed(shift, "张三"), placed(shift, "李四")
    with during(shift):
        page = phone.read("shift", shift.id)
        assert "谁到了？打勾" in page and page.count('name="came"') == 2
        page = phone.sent("roll_call", shift.id, came=[str(here.id)])
        assert "记下了，1 个人到了" in page and "到了 1 人，一共 2 人" in page
        assert "还没有打勾" in phone.sent("roll_call", shift.id)
    assert (state_of(here), state_of(away)) == ("arrived", "confirmed")


def test_ticking_too_early_is_refused_with_a_sentence(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    held = placed(shift)
    assert "还早" in phone.sent("roll_call", shift.id, came=[str(held.id)])
    assert state_of(held) == "confirmed"


def test_the_code_on_the_screen_lets_the_worker_check_in(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    held = placed(shift)
    with during(shift):
        assert 'class="qr"' in phone.read("code", shift.id)
        code = attendance.site_code(shift)
        by = worker_of(held)
        attendance.check_in_by_code(shift_id=shift.id, code=code, by=by)
        assert "已上岗" in phone.read("shift", shift.id)


def test_who_is_missing_is_named_with_what_is_being_done(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    placed(shift, "张三")
    with during(shift, minutes=16):
        attendance.raise_missing(clock.now())
        for page in (phone.read("home"), phone.read("shift", shift.id)):
            assert "张三" in page and "没到" in page
        assert "市场正在打电话找人" in phone.read("shift", shift.id)


def test_somebody_is_cancelled_with_a_reason_and_not_without(phone: Phone) -> None:
    held = placed(cast.shift(phone.employer))
    assert "请填写" in phone.sent("person_cancel", held.id, reason=" ")
    assert state_of(held) == "confirmed"
    assert "取消了" in phone.sent("person_cancel", held.id, reason="货车坏了")
    assert state_of(held) == "cancelled_by_employer"


def test_a_whole_shift_is_cancelled_with_a_reason(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    held = placed(shift)
    phone.send("shift_cancel", shift.id, reason="下大雨")
    assert state_of(held) == "cancelled_by_employer"
    assert Shift.objects.get(pk=shift.pk).state == Shift.State.CANCELLED


def test_who_worked_here_is_asked_by_name_and_marked_so(phone: Phone) -> None:
    before = cast.shift(phone.employer)
    known, stranger = placed(before, "张三"), cast.worker("李四")
    wanted = cast.shift(phone.employer, days=2)
    with during(before):
        phone.send("roll_call", before.id, came=[str(known.id)])
    with clock.at(before.ends + timedelta(hours=1)):
        assert "张三" in phone.read("by_name", wanted.id)
        assert "问他了" in phone.sent("by_name", wanted.id, worker=str(known.worker_id))
        assert "只能点名" in phone.sent("by_name", wanted.id, worker=str(stranger.id))
        phone.send("by_name", wanted.id, worker="nobody")
    with within(SYSTEM):
        assert Offer.objects.get(shift=wanted).origin == Offer.Origin.NAMED


def test_the_telephone_is_shown_for_a_live_placement_only_and_recorded(phone: Phone) -> None:
    held = placed(cast.shift(phone.employer))
    with within(SYSTEM):
        number = held.worker.telephone.open()
    assert number not in phone.read("person", held.id)
    assert number in phone.sent("telephone", held.id)
    with within(SYSTEM):
        shown = Entry.objects.get(act="placement.telephone_shown")
        assert shown.object_id == held.id
    phone.send("person_cancel", held.id, reason="不用来了")
    assert number not in phone.sent("telephone", held.id)


def test_somebody_is_blocked_and_not_suggested_again(phone: Phone) -> None:
    held = placed(cast.shift(phone.employer))
    assert "记下了" in phone.sent("block", held.id, reason="打架")
    with within(SYSTEM):
        assert Block.objects.get().wished_by == "employer"
    assert "您说过以后不要他" in phone.read("person", held.id)


def test_the_record_of_kept_shifts_stands_beside_the_name(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    held = placed(shift, "张三")
    assert "第一次来" in phone.read("shift", shift.id)
    with during(shift):
        phone.send("roll_call", shift.id, came=[str(held.id)])
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        assert "约好 1 次，来了 1 次" in phone.read("shift", shift.id)
