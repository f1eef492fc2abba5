"""An exported chat falls into its messages, with who said them and when."""

from datetime import datetime

import pytest

from linggong.intake.chat import ChatMessage, split
from linggong.lib.clock import SHANGHAI

PASTED = datetime(2026, 11, 21, 8, 0, tzinfo=SHANGHAI)


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("export", "messages"),
    [
        (
            "2026-11-20 07:30:12 张三\n招小工3名\n一天200\n\n2026-11-20 07:31:00 李四\n有活没",
            [("张三", at(2026, 11, 20, 7, 30, 12), "招小工3名\n一天200"), ("李四", at(2026, 11, 20, 7, 31), "有活没")],
        ),
        ("王工 2026/11/20 18:20\n招瓦工", [("王工", at(2026, 11, 20, 18, 20), "招瓦工")]),
        ("王工 18:20\n招瓦工", [("王工", at(2026, 11, 21, 18, 20), "招瓦工")]),
        ("赵姐 昨天 18:20\n找活", [("赵姐", at(2026, 11, 20, 18, 20), "找活")]),
        ("[2026年11月20日 下午2:30] 老王: 明天要人", [("老王", at(2026, 11, 20, 14, 30), "明天要人")]),
        ("——— 2026-11-20 ———\n张三 10:22\n招人", [("张三", at(2026, 11, 20, 10, 22), "招人")]),
        ("老王 12月30日 10:22\n招人", [("老王", at(2025, 12, 30, 10, 22), "招人")]),
        (
            "张三：招小工3名，电话：138\n李四：有活没",
            [("张三", PASTED, "招小工3名，电话：138"), ("李四", PASTED, "有活没")],
        ),
    ],
)
def test_the_common_shapes_of_an_export(export: str, messages: list[tuple[str, datetime, str]]) -> None:
    assert split(export, PASTED) == tuple(ChatMessage(*message) for message in messages)


def test_one_message_stays_one() -> None:
    notice = "县医院食堂\n招：厨师\n工资：5200（月）\n时间：7:30上班\n电话：0357-3772659"
    assert split(notice, PASTED) == (ChatMessage(None, PASTED, notice),)


def test_what_nobody_said_is_left_out() -> None:
    export = "张三 07:30\n[图片]\n李四 07:31\n张三撤回了一条消息\n王五 07:32\n收到"
    assert [message.sender for message in split(export, PASTED)] == ["王五"]


def test_an_empty_paste_holds_no_message() -> None:
    assert split(" \n\n", PASTED) == ()
