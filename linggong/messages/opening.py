"""Opening a draft for a clerk: the sealed words in plain, read again, with everything the clerk needs to decide."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.audit.models import Entry
from linggong.audit.operations import record
from linggong.employers.models import Employer
from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.intake import Item, Reading, read
from linggong.intake.registration import DraftRegistration
from linggong.intake.registration import draft as registration
from linggong.intake.screening import PostFacts, screen_post
from linggong.lib import clock
from linggong.messages import rules
from linggong.messages.errors import MessageNotFound
from linggong.messages.models import Draft, Message
from linggong.messages.rules import Judged
from linggong.places import queries as places
from linggong.places.models import MinimumWage
from linggong.posts.models import Job

SEEN_AGAIN = timedelta(hours=12)


@dataclass(frozen=True)
class Earlier:
    """What a message repeats, changes or corrects: an earlier message, a job, or both. `text` is empty for a job."""

    kinship: str
    text: str
    draft: Draft | None
    job: Job | None
    changes: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Opened:
    """A draft in plain.

    `item` is what the reader sees today at the draft's place; a correction, in which there is none, has that of the
    message it corrects. `own` is what its own words say. `later` is a draft whose message changes this one.
    """

    draft: Draft
    message: Message
    text: str
    sender: str
    reading: Reading
    item: Item
    own: Item
    judged: tuple[Judged, ...]
    wage: MinimumWage | None
    employers: tuple[Employer, ...]
    earlier: Earlier | None
    later: Draft | None

    @property
    def corrects(self) -> bool:
        """Whether the message has no job of its own, but says something about an earlier one."""
        return not self.reading.items and self.message.kinship == Message.Kinship.CORRECTION


def open_draft(*, draft_id: UUID, by: Viewer) -> Opened:
    """A draft with the words of its message; that it was seen is written down. Raises MessageNotFound, NotAllowed."""
    require(by, "message.handle")
    with within(by):
        draft = _found(draft_id)
        message = draft.message
        _note(message, by)
        text = message.words()
        reading = read(text, clock.local(message.sent_at))
        own, earlier = item_of(reading, draft.number), _earlier(draft)
        item = own if reading.items else _corrected_item(earlier)
        wage = places.minimum_wage(draft.division, first_day(item))
        found = {*draft.rules, *(_by_figures(own, wage) if message.kind == Message.Kind.JOB else ())}
        return Opened(
            draft,
            message,
            text,
            message.sent_by(),
            reading,
            item,
            own,
            rules.judged(found, draft.division),
            wage,
            tuple(_employers(item, earlier)),
            earlier,
            _later(draft),
        )


def seeker_of(opened: Opened) -> DraftRegistration | None:
    """The registration that a seeker's message asks for."""
    return registration(opened.text, opened.reading)


def item_of(reading: Reading, number: int) -> Item:
    return reading.items[number] if number < len(reading.items) else Item()


def first_day(item: Item) -> date:
    return item.start_date.value if item.start_date else clock.today()


def _found(draft_id: UUID) -> Draft:
    found = (
        Draft.objects.select_related("message__delivery", "message__like_job", "job", "worker")
        .filter(pk=draft_id)
        .first()
    )
    if found is None:
        raise MessageNotFound(_("没有找到这条消息。"))
    return found


def _note(message: Message, by: Viewer) -> None:
    """Once for each clerk and half day: the trail says who has read the words, not how often the page was loaded."""
    seen = Entry.objects.filter(
        object_id=message.pk, act="message.opened", account_id=by.account_id, created_at__gt=clock.now() - SEEN_AGAIN
    )
    if not seen.exists():
        record("message.opened", by=by, about=message, division=message.division)


def _by_figures(item: Item, wage: MinimumWage | None) -> list[str]:
    facts = PostFacts(
        pay_fen_min=round(item.pay_min.value * 100) if item.pay_min else None,
        pay_unit=item.pay_unit.value if item.pay_unit else None,  # type: ignore[arg-type]
        hours_per_day=hours_of(item),
        minimum_wage_fen_per_hour=wage.hourly_fen if wage else None,
        minimum_wage_fen_per_month=wage.monthly_fen if wage else None,
    )
    return [found.rule for found in screen_post(facts)]


def hours_of(item: Item) -> float | None:
    """The length of the day that an item states, over midnight where it ends before it begins."""
    if not item.start_time or not item.end_time:
        return None
    begins, ends = (_minutes(each.value) for each in (item.start_time, item.end_time))
    return ((ends - begins) % (24 * 60) or 24 * 60) / 60


def _minutes(wall_clock: str) -> int:
    hour, minute = wall_clock.split(":")
    return int(hour) * 60 + int(minute)


def _earlier(draft: Draft) -> Earlier | None:
    """Only what lies in the viewer's scope is shown."""
    message = draft.message
    if not message.kinship:
        return None
    like = Message.objects.filter(pk=message.like_id).first() if message.like_id else None
    drafts = list(like.drafts.select_related("job").order_by("number")) if like else []
    kin = next((each for each in drafts if each.number == draft.number), drafts[0] if drafts else None)
    job = kin.job if kin and kin.job else message.like_job
    if kin is None and job is None:
        return None
    changes = tuple(each for each in message.changes if each["item"] == draft.number)
    return Earlier(message.kinship, like.words() if like else "", kin, job, changes)


def _corrected_item(earlier: Earlier | None) -> Item:
    if earlier is None or earlier.draft is None:
        return Item()
    sent = clock.local(earlier.draft.sent_at)
    return item_of(read(earlier.text, sent), earlier.draft.number)


def _later(draft: Draft) -> Draft | None:
    """What waits to be settled and says something else than this one."""
    waiting = Draft.objects.filter(state=Draft.State.NEW, message__like=draft.message_id)
    return waiting.exclude(message__kinship=Message.Kinship.SAME).order_by("-sent_at").first()


def _employers(item: Item, earlier: Earlier | None) -> list[Employer]:
    """Who may have written it: by the registered telephone, by an earlier choice for it, by the earlier post."""
    indexes = [personal.index(each.value, "telephone") for each in item.phone]
    chosen = (
        Draft.objects.filter(message__phones__overlap=indexes, job__isnull=False) if indexes else Draft.objects.none()
    )
    ids = list(chosen.order_by("-handled_at").values_list("job__employer_id", flat=True)[:5])
    if earlier and earlier.job:
        ids.insert(0, earlier.job.employer_id)
    registered = list(Employer.objects.filter(telephone_index__in=indexes)[:5])
    before = {each.pk: each for each in Employer.objects.filter(pk__in=ids)}
    found = {each.pk: each for each in (*registered, *(before[pk] for pk in ids if pk in before))}
    return [each for each in found.values() if each.state in (Employer.State.APPROVED, Employer.State.PENDING)]
