"""Texts as people type them: made plain, read as names, found and sorted by pinyin."""

import re
import unicodedata
from collections.abc import Iterator

from pypinyin import lazy_pinyin

from linggong.lib.errors import Refusal

LONGEST_NAME = 40

# Control characters, invisible format characters (zero width, direction marks) and lone surrogates.
_INVISIBLE = {"Cc", "Cf", "Cs"}
_DASHES = re.compile(r"[-‐‑‒–—―−]")
_DOTS = re.compile(r" ?[·•‧∙⋅・] ?")
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_AMONG_HAN = re.compile(rf"(?<=[{_HAN}])[ .](?=[{_HAN}])")

# How family names are read where the everyday reading of the character differs, the usual reading first.
_SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "解": ("xie",), "仇": ("qiu",), "曾": ("zeng",), "查": ("zha",), "任": ("ren",),
    "区": ("ou",), "朴": ("piao",), "盖": ("ge", "gai"), "缪": ("miao",), "乐": ("yue", "le"),
    "翟": ("zhai", "di"), "覃": ("qin", "tan"), "折": ("she",), "种": ("chong",), "繁": ("po",),
    "秘": ("bi", "mi"), "员": ("yun", "yuan"), "黑": ("he", "hei"), "尉": ("wei", "yu"), "那": ("na",),
    "柏": ("bai", "bo"), "句": ("gou",), "谌": ("chen", "shen"), "隗": ("wei", "kui"), "郇": ("xun", "huan"),
    "郗": ("xi", "chi"), "牟": ("mu", "mou"), "佴": ("nai",), "逄": ("pang",), "祭": ("zhai", "ji"),
    "华": ("hua",), "燕": ("yan",), "葛": ("ge",), "纪": ("ji",), "卜": ("bu",), "薄": ("bo",), "藏": ("zang",),
    "宓": ("mi", "fu"), "车": ("che",), "召": ("shao", "zhao"), "石": ("shi",), "吕": ("lv", "lyu", "lu"),
    "尉迟": ("yu chi",), "长孙": ("zhang sun",), "万俟": ("mo qi",), "澹台": ("tan tai",), "单于": ("chan yu",),
}  # fmt: skip


def choose(language: str, zh: str, en: str) -> str:
    """The English wording for 'en', 'en-gb' and the like, the Chinese one otherwise."""
    return en if language.startswith("en") else zh


def plain(text: str) -> str:
    """One line of ordinary characters: full width made half (NFKC), spaces collapsed, nothing invisible."""
    visible = "".join(" " if char.isspace() else char for char in text if _shown(char))
    return " ".join(unicodedata.normalize("NFKC", visible).split())


def compact(text: str) -> str:
    """A number as it is kept: plain, in capitals, without spaces and dashes."""
    return _DASHES.sub("", plain(text)).replace(" ", "").upper()


def read_name(text: str) -> str:
    """A person's name, 1 to 40 characters, in Chinese (rare characters and '·' included) or any other script.

    '王 刚' becomes '王刚', '艾力•买买提' becomes '艾力·买买提'. Raises `Refusal`.
    """
    name = _AMONG_HAN.sub(_joint, _DOTS.sub("·", plain(text)))
    if not name:
        raise Refusal("请填写姓名。", code="name_empty")
    if len(name) > LONGEST_NAME:
        raise Refusal("姓名太长了，最多 40 个字。", code="name_too_long")
    if not all(_in_names(char) for char in name) or not any(_is_letter(char) for char in name):
        raise Refusal("姓名里只能有文字和间隔号“·”，请照身份证上的写法填写。", code="name_characters")
    return name


def search_keys(name: str) -> tuple[str, ...]:
    """What a name is found by, in lower case: itself, its pinyin ('wanggang') and its initials ('wg')."""
    lowered = plain(name).lower()
    keys = [lowered, lowered.replace("·", "").replace(" ", "")]
    for syllables in _readings(lowered):
        keys += ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    return tuple(dict.fromkeys(key for key in keys if key))


def sort_key(name: str) -> str:
    """The pinyin syllable by syllable, so that all of 'wan' comes before 'wang'."""
    return " ".join(next(_readings(plain(name).lower())))


def _shown(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in _INVISIBLE


def _joint(match: re.Match[str]) -> str:
    return "" if match[0] == " " else "·"


def _is_letter(char: str) -> bool:
    # The newest rare characters are letters before this Python's Unicode tables know them.
    return unicodedata.category(char)[0] == "L" or re.match(f"[{_HAN}]", char) is not None


def _in_names(char: str) -> bool:
    return char in " ·-'’." or _is_letter(char) or unicodedata.category(char)[0] == "M"


def _readings(name: str) -> Iterator[list[str]]:
    """The syllables of a name, the most likely reading first."""
    surname = next((name[:length] for length in (2, 1) if name[:length] in _SURNAMES), "")
    words = name[len(surname) :].replace("·", " ").split()
    given = [syllable for word in words for syllable in lazy_pinyin(word)]
    for reading in _SURNAMES.get(surname, ()):
        yield reading.split() + given
    yield lazy_pinyin(surname) + given
