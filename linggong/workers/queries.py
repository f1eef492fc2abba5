"""Finding workers. Lists come evaluated, personal data masked."""

import re
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linggong.foundation.scope import within
from linggong.foundation.viewer import EVERYWHERE, Viewer, system
from linggong.lib import clock, trades
from linggong.lib.errors import Refusal
from linggong.lib.identity import read_identity_number
from linggong.lib.money import PAY_UNITS, yuan
from linggong.lib.telephone import read_telephone
from linggong.lib.text import choose, compact, plain
from linggong.places.queries import division, name_of
from linggong.workers.errors import NotFound, at
from linggong.workers.keeping import identity_index, telephone_index
from linggong.workers.models import Skill, Worker, WorkerKey
from linggong.workers.reading import age
from linggong.workers.records import Found, Resume

LAST = "\U0010ffff"
KEYS_A_WORKER = 4
"""About how many keys of one worker may begin alike."""


def find_duplicate(identity_number: str, viewer: Viewer) -> Found | None:
    """Whether the person is registered anywhere, however the number is spelt. Refuses what is no number."""
    with at("identity_number"):
        number = read_identity_number(identity_number).number
    with within(system("duplicate")):
        known = Worker.objects.filter(identity_index=identity_index(number)).first()
        return found(known, viewer) if known else None


def found(known: Worker, viewer: Viewer) -> Found:
    """What this viewer may be told about a registration."""
    place = division(known.division).name
    registered_on = clock.local(known.created_at).date()
    if not viewer.covers(known.division) and viewer.worker_id != known.id:
        return Found(place, registered_on)
    return Found(place, registered_on, known.id, known.name[:1] + "*" * (len(known.name) - 1), known.card_number)


def search(text: str, viewer: Viewer, limit: int = 20) -> list[Worker]:
    """By name, pinyin, initials, card, last four digits, whole telephone or identity number; the closest first.

    Three queries, whatever is found; trades come along.
    """
    typed = re.sub("[ ·]", "", plain(text).lower())[:60]
    if not typed:
        return []
    ids = list(dict.fromkeys([*_by_number(compact(typed)), *_by_key(typed, viewer, limit)]))[:limit]
    workers = {worker.id: worker for worker in Worker.objects.filter(id__in=ids).prefetch_related("trades")}
    return [workers[found_id] for found_id in ids]


def worker(worker_id: UUID | str, viewer: Viewer) -> Worker:
    """One worker with trades and certificates. Raises NotFound, also for what is out of scope."""
    try:
        wanted = worker_id if isinstance(worker_id, UUID) else UUID(str(worker_id))
    except ValueError:
        raise NotFound from None
    return _one(Q(id=wanted))


def by_card(number: int | str, viewer: Viewer) -> Worker:
    """The worker who holds this card. Raises NotFound."""
    typed = compact(str(number))
    if not re.fullmatch("[0-9]{1,9}", typed):
        raise NotFound
    return _one(Q(card_number=int(typed)))


def telephone_of(worker_id: UUID) -> str:
    """The number that reaches a worker, their contact's where they have none. For the delivery of messages only."""
    with within(system("delivery")):
        kept = Worker.objects.filter(id=worker_id).first()
        number = kept and (kept.telephone or kept.contact_telephone)
        return number.open() if number else ""


def of_telephone(telephone: str) -> list[Worker]:
    """Everybody registered with this telephone (families share one), wherever they are; for signing in."""
    with within(system("signing in")):
        kept = Worker.objects.filter(telephone_index=telephone_index(read_telephone(telephone)))
        return list(kept.exclude(state=Worker.State.ARCHIVED).order_by("created_at"))


def resume(worker: Worker) -> Resume:
    """The resume of a worker, in the language of the moment."""
    language = get_language() or "zh"
    return Resume(
        worker_id=worker.id,
        card_number=worker.card_number,
        name=worker.name,
        sex=worker.get_sex_display(),
        age=age(worker.birth_date),
        place=name_of(worker.division),
        telephone=worker.telephone_masked,
        trades=tuple((trades.name(row.trade, language), str(Skill(row.skill).label)) for row in worker.trades.all()),
        wishes=worker.wishes,
        pay=_pay_words(worker, language),
        reach=_reach_words(worker),
        days=_day_words(worker),
        hours=_hour_words(worker),
        certificates=tuple((row.name, row.expires_on) for row in worker.certificates.all()),
        takes_standby=worker.takes_standby,
        registered_on=clock.local(worker.created_at).date(),
    )


def _by_number(typed: str) -> list[UUID]:
    """Who holds exactly this identity number, telephone or card."""
    condition = _number_condition(typed)
    return list(Worker.objects.filter(condition).values_list("id", flat=True)[:20]) if condition else []


def _number_condition(typed: str) -> Q | None:
    if re.fullmatch("[0-9]{17}[0-9X]", typed):
        return Q(identity_index=identity_index(typed))
    if re.fullmatch("[0-9]{1,9}", typed):
        return Q(card_number=int(typed))
    try:
        return Q(telephone_index=telephone_index(read_telephone(typed)))
    except Refusal:
        return None


def _by_key(typed: str, viewer: Viewer, limit: int) -> list[UUID]:
    """Whose keys begin so. A range of bytes, because under row-level security only such comparisons use the index."""
    keys = WorkerKey.objects.filter(key__gte=typed, key__lt=typed + LAST)
    if viewer.division and viewer.division != EVERYWHERE:
        keys = keys.filter(division__gte=viewer.division, division__lt=viewer.division + LAST)
    ordered = keys.order_by("key", "division").values_list("worker_id", flat=True)
    return list(dict.fromkeys(ordered[: limit * KEYS_A_WORKER]))


def _one(condition: Q) -> Worker:
    kept = Worker.objects.filter(condition).prefetch_related("trades", "certificates").first()
    if kept is None:
        raise NotFound
    return kept


def _pay_words(worker: Worker, language: str) -> str:
    if worker.pay_asked_fen is None:
        return _("面议")
    unit = choose(language, *PAY_UNITS[worker.pay_unit])
    amount = yuan(worker.pay_asked_fen, language)
    return choose(language, f"{unit} {amount}", f"{amount} {unit}")


def _reach_words(worker: Worker) -> str:
    if worker.reach_m is None:
        return _("远近都可以")
    return _("%(km)g 公里以内") % {"km": worker.reach_m / 1000}


def _day_words(worker: Worker) -> str:
    if not worker.weekdays or len(worker.weekdays) == 7:
        return _("每天都可以")
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    return _("、").join(names[day] for day in worker.weekdays)


def _hour_words(worker: Worker) -> str:
    if worker.available_from is None or worker.available_until is None:
        return _("什么时间都可以")
    return f"{worker.available_from:%H:%M} – {worker.available_until:%H:%M}"
