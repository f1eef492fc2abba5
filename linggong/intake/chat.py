"""Splits an exported or copied group chat into its messages, with times and senders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from linggong.lib.clock import SHANGHAI

_DAY = r"(?:(?P<year>20\d\d)\s*[-/.年]\s*)?(?P<month>1[0-2]|0?[1-9])\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日?"
_CLOCK = (
    r"(?P<half>凌晨|早上|上午|中午|下午|晚上|AM|PM)?\s*(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0"
    r"-5]\d)(?:[:：](?P<second>[0-5]\d))?"
)
_RELATIVE = r"(?P<relative>今天|昨天|前天)"
_WHEN = rf"(?:{_DAY}|{_RELATIVE})?\s*(?:(?:星期|周)[一二三四五六日天])?\s*{_CLOCK}"
_SENDER = r"(?P<sender>[^\n:：\[\]]{1,32}?)"
_HEADERS = [
    re.compile(
        rf"^\s*\[?{_WHEN}\]?\s+{_SENDER}\s*(?:\([^()\n]*\))?\s*(?:[:：]\s*(?P<text>.*))?$"
    ),  # 2026-11-21 07:30 张三[: ...]
    re.compile(
        rf"^\s*{_SENDER}\s*(?:\([^()\n]*\)|<[^<>\n]*>)?\s+\[?{_WHEN}\]?\s*(?:[:：]\s*(?P<text>.*))?$"
    ),  # 张三 2026/11/21 07:30
]
_DATE_LINE = re.compile(rf"^[\s\-—=─*]*{_DAY}\s*(?:(?:星期|周)[一二三四五六日天])?(?:\s*{_CLOCK})?[\s\-—=─*]*$")
_SPOKEN_LINE = re.compile(r"^(?P<sender>[^\s:：,，。!！?？\d][^:：,，。!！?？\n]{0,15})[:：]\s*(?P<text>.*)$")
_NOT_A_SENDER = re.compile(
    r"电话|地[点址]|工资|时间|人数|联系|待遇|要求|招|岗位|薪|年龄|备注|注意|位置|"
    r"微信|手机|工种|条件|福利|日期|休息|证|吃|住"
)
_NOT_SAID = re.compile(
    r"^\s*(?:\[(?:图片|语音|视频|表情|动画表情|文件|位置|名片|链接|红包|转账|小程序|"
    r"聊天记录)[^\]]*\]|.{0,40}(?:撤回了一条消息|加入了?群聊|修改群名为|拍了拍.*|"
    r"移出了群聊|以下为新消息|以上是打招呼的内容|开启了朋友验证))\s*$"
)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a chat; `sender` as the export names them, `sent_at` aware in China's time."""

    sender: str | None
    sent_at: datetime
    text: str


def split(export: str, pasted_at: datetime) -> tuple[ChatMessage, ...]:
    """The messages of a chat in their order; a text without any heading is one message, sent when it was pasted.

    `pasted_at` (aware) completes what the headings leave out: the year, "昨天", or the whole date.
    """
    here = pasted_at.astimezone(SHANGHAI)
    said = [message for message in _messages(export, here) if message.text and not _NOT_SAID.match(message.text)]
    return tuple(said)


def _messages(export: str, here: datetime) -> Iterator[ChatMessage]:
    sender: str | None = None
    sent_at = here
    lines: list[str] = []
    headed = _has_headings(export)
    for line in export.splitlines():
        heading = _heading(line, sent_at, here, headed)
        if heading is None:
            lines.append(line)
            continue
        yield ChatMessage(sender, sent_at, "\n".join(lines).strip())
        sender, sent_at, first = heading
        lines = [first] if first else []
    yield ChatMessage(sender, sent_at, "\n".join(lines).strip())


def _has_headings(export: str) -> bool:
    return any(_timed(line) for line in export.splitlines())


def _timed(line: str) -> re.Match[str] | None:
    if len(line) > 120 or (":" not in line and "：" not in line):
        return None
    for heading in _HEADERS:
        match = heading.match(line)
        if match and (match["day"] or match["relative"] or match["second"] or match["text"] is None):
            return match if not _NOT_A_SENDER.search(match["sender"]) else None
    return None


def _heading(line: str, before: datetime, here: datetime, headed: bool) -> tuple[str | None, datetime, str] | None:
    """Sender, time and first words that a line opens a message with, or None for a line within a message."""
    match = _timed(line)
    if match:
        return match["sender"].strip(), _moment(match, before, here), (match["text"] or "").strip()
    dated = _DATE_LINE.match(line)
    if dated and line.strip():
        return None if not dated["day"] else (None, _moment(dated, before, here), "")
    spoken = None if headed else _SPOKEN_LINE.match(line)
    if spoken and not _NOT_A_SENDER.search(spoken["sender"]):
        return spoken["sender"].strip(), before, spoken["text"].strip()
    return None


def _moment(match: re.Match[str], before: datetime, here: datetime) -> datetime:
    """The time of a heading; without a date it is the day of the message before, without a clock midnight."""
    day = before.date()
    if match["day"]:
        year = int(match["year"] or here.year)
        try:
            day = before.date().replace(year=year, month=int(match["month"]), day=int(match["day"]))
        except ValueError:
            return before
        if not match["year"] and day > here.date():
            day = day.replace(year=year - 1)
    elif match.re.groupindex.get("relative") and match["relative"]:
        day = here.date() - timedelta(days=("今天", "昨天", "前天").index(match["relative"]))
    hour = int(match["hour"] or 0)
    if match["half"] in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    return datetime(
        day.year, day.month, day.day, hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=SHANGHAI
    )
