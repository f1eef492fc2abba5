"""Taking messages in: whatever is pasted, uploaded or sent is kept first and read after, and never kept twice."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import EVERYWHERE, Viewer, system
from linggong.intake import chat
from linggong.lib import clock
from linggong.lib.text import plain
from linggong.messages.errors import CallRefused, NothingReceived
from linggong.messages.models import Delivery, Draft, Message, Source
from linggong.workers.sheets import SheetRefused, read_lines

MOST_MESSAGES = 2000
LONGEST = 4000
"""Characters of one message; a longer text is parted between its lines, and nothing of it is lost."""
KEPT = timedelta(days=90)
"""How long the words of a message are kept."""
A_DAY = timedelta(days=1)
"""A signature is remembered for longer than a call may be old."""
_HEADS = {
    "text": re.compile("内容|消息|正文|记录|岗位|用工信息|text|message|content", re.I),
    "sender": re.compile("发送人|发信人|昵称|姓名|来电人|联系人|sender|from|name", re.I),
    "sent_at": re.compile("时间|日期|time|date", re.I),
}


@dataclass(frozen=True)
class Words:
    """One message as it comes in; without a time of its own it was sent when it came (aware)."""

    text: str
    sent_at: datetime | None = None
    sender: str = ""


@dataclass(frozen=True)
class Received:
    """What came of a delivery: `known` messages were there before."""

    messages: tuple[Message, ...]
    known: int


def of_text(pasted: str) -> tuple[Words, ...]:
    """The messages of a paste: one, or a whole exported chat. Raises NothingReceived."""
    now = clock.now()
    said = chat.split(pasted.replace("\0", ""), now)
    return _some(Words(each.text, None if each.sent_at == now else each.sent_at, each.sender or "") for each in said)


def of_file(name: str, content: bytes) -> tuple[Words, ...]:
    """The messages of a text file, or of a table with one note a row. Raises NothingReceived, SheetRefused."""
    if name.lower().endswith((".csv", ".xlsx", ".xls", ".ods")):
        return _some(_of_table([line.cells for line in read_lines(content)]))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return of_text(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise SheetRefused(_("读不出这个文件的文字，请另存为 txt（UTF-8）或 CSV。"))


def receive(*, words: Iterable[Words], by: Viewer, way: str, label: str = "") -> Received:
    """Keep what is not known yet, to be read next. Raises NothingReceived, NotAllowed."""
    require(by, "message.receive")
    if by.division in (None, EVERYWHERE) or len(str(by.division)) < 6:
        raise NothingReceived(_("请用县里或者乡镇的账号收消息，这样才知道是哪里的活。"))
    delivery = Delivery(division=str(by.division), way=way, label=plain(label)[:80], by_name=by.name[:80])
    with within(by):
        return _keep(delivery, words, by)


def receive_signed(*, words: Iterable[Words], source: Source, signed: str, label: str = "") -> Received:
    """Keep what a source sent by a signed call. Raises CallRefused where the same call came before."""
    by = system(source.name, source.division)
    delivery = Delivery(
        division=source.division,
        way=Delivery.Way.HOOK,
        label=f"{source.name} {plain(label)}".strip()[:80],
        source=source,
        signature=signed,
        by_name=source.name,
    )
    with within(by):
        Delivery.objects.bulk_create([delivery], ignore_conflicts=True)
        if not Delivery.objects.filter(pk=delivery.pk).exists():
            raise CallRefused(_("这次发送已经收到过了。"))
        return _keep(delivery, words, by)


def _keep(delivery: Delivery, words: Iterable[Words], by: Viewer) -> Received:
    """Rows that are there already stay as they are; a delivery that brings nothing new leaves nothing behind."""
    rows = {row.fingerprint: row for each in _some(words) for row in [_row(delivery, each)]}
    wanted = Message.objects.filter(division=delivery.division, fingerprint__in=rows)
    before = set(wanted.values_list("fingerprint", flat=True))
    fresh = [row for fingerprint, row in rows.items() if fingerprint not in before]
    if fresh:
        delivery.save()
        Message.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
        delivery.count = Message.objects.filter(delivery=delivery).count()
        delivery.save(update_fields=["count"])
        told = {"way": delivery.way, "label": delivery.label, "count": delivery.count}
        record("message.received", by=by, about=delivery, division=delivery.division, **told)
    kept = {row.fingerprint: row for row in wanted.all()}
    return Received(tuple(kept[fingerprint] for fingerprint in rows), len(before))


def _row(delivery: Delivery, words: Words) -> Message:
    """A message without a time of its own is the same all day long."""
    text, sender = words.text.strip(), plain(words.sender)[:80]
    now = clock.now()
    when = words.sent_at.astimezone(UTC).isoformat() if words.sent_at else str(clock.today())
    return Message(
        delivery=delivery,
        division=delivery.division,
        sent_at=words.sent_at or now,
        sender=sender,
        sender_index=personal.index(sender, "name"),
        text=text,
        fingerprint=personal.index(f"{when}\n{sender}\n{text}", "message"),
    )


def _some(words: Iterable[Words]) -> tuple[Words, ...]:
    """At least one, none too long, and not more than can be worked through."""
    found = tuple(replace(each, text=part) for each in words for part in _parts(each.text) if part.strip())
    if not found:
        raise NothingReceived(_("里面没有消息。请把群里的话整段贴进来，一条或者很多条都行。"), field="text")
    if len(found) > MOST_MESSAGES:
        raise NothingReceived(_("一次最多收 2000 条，请分几次。"), field="text")
    return found


def _parts(text: str) -> Iterator[str]:
    """What the database can keep of a text, whole or in parts that are short enough."""
    kept = text.encode(errors="ignore").decode().replace("\0", "").strip()
    while len(kept) > LONGEST:
        cut = kept.rfind("\n", 1, LONGEST) if "\n" in kept[1:LONGEST] else LONGEST
        yield kept[:cut]
        kept = kept[cut:].strip()
    yield kept


def _of_table(rows: list[list[str]]) -> Iterable[Words]:
    """By the words of its head; a table without a head has one message a row."""
    columns = {field: place for field in _HEADS if (place := _column(rows[0], field)) is not None} if rows else {}
    if "text" not in columns:
        yield from (Words(" ".join(cell for cell in row if cell)) for row in rows)
        return
    for row in rows[1:]:
        cells = {field: row[place] for field, place in columns.items() if place < len(row)}
        yield Words(cells.get("text", ""), _moment(cells.get("sent_at", "")), cells.get("sender", ""))


def _column(head: list[str], field: str) -> int | None:
    return next((place for place, cell in enumerate(head) if len(cell) < 12 and _HEADS[field].search(cell)), None)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(plain(text).replace("/", "-")) if text else None
    except ValueError:
        return None
    if found is None or not 2000 <= found.year < 2100:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def forget_old() -> int:
    """Wipe the words of messages that came 90 days ago; return how many. Called by the background work."""
    with within(system("forgetting")):
        old = Message.objects.filter(created_at__lt=clock.now() - KEPT, forgotten_at=None).exclude(kind="")
        ids = list(old.values_list("id", flat=True)[:500])
        Message.objects.filter(pk__in=ids).update(text="", sender="", forgotten_at=clock.now())
        left = Draft.objects.filter(message__in=ids, state=Draft.State.NEW)
        left.update(state=Draft.State.DROPPED, reason=_t("过了保存期，没有处理"))
        Delivery.objects.filter(signature__isnull=False, created_at__lt=clock.now() - A_DAY).update(signature=None)
    return len(ids)
