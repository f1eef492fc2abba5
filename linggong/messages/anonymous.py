"""Replaces what tells who somebody is by invented words and digits of the same shape. Pure: no Django, no I/O.

Telephones, other long numbers (identity cards, chat accounts) and names give way; the same one gives way to the same
other wherever it stands in one text, so that the text stays as it was to a reader of messages.
"""

import hashlib
import random
import re
import unicodedata
from dataclasses import dataclass, field

from linggong.lib.text import compact

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚闫牛樊申温郎冀"
    "安苗裴霍荀卫师柴焦靳栗解卜亢郜暴"
)
_GIVEN = "建国秀英伟芳强军杰丽涛敏静磊洋勇艳娟霞鹏飞红玲平刚桂香玉兰春梅海燕志明晓东小文华"
_TITLES = (
    "师傅|师|工头|工长|总|经理|主任|老板娘|老板|先生|女士|小姐|队长|阿姨|大姐|大哥|大叔|大爷|大妈|叔|婶|嫂|姐|哥|老师"
    "|店长|厂长|会计|主管|场长|站长|书记|村长|掌柜|班长|组长|工|姨|妹|弟"
)
_FULL_WIDTH = "０１２３４５６７８９"
_IN_WORDS = "零一二三四五六七八九"
_RINGED = "①②③④⑤⑥⑦⑧⑨"
_WRITTEN = (*map(chr, range(0x80, 0x10000)), *map(chr, range(0x1D7CE, 0x1D800)))
_PLAIN_OF = {char: str(unicodedata.digit(char)) for char in _WRITTEN if unicodedata.digit(char, None) is not None}
_PLAIN_OF |= {char: str(n) for n, char in enumerate(_IN_WORDS)} | {"〇": "0", "幺": "1", "两": "2"}
_PLAIN = str.maketrans(_PLAIN_OF)
_DIGIT = "0-9" + "".join(_PLAIN_OF)
_ZERO, _ONE = (digit + "".join(char for char, plain in _PLAIN_OF.items() if plain == digit) for digit in "01")
_APART = r"[\s\-—－_.·()（）*~\u200b-\u200d\u20e3\ufe0f]{0,4}"  # the last two are the keycap of 1️⃣
_NUMBER = re.compile(
    rf"[{_DIGIT}]{{17}}[{_DIGIT}xXＸ](?![{_DIGIT}])"  # an identity card
    rf"|[{_ONE}](?:{_APART}[{_DIGIT}]){{10}}(?![{_DIGIT}])"  # a mobile, however it is parted
    rf"|[{_ZERO}](?:{_APART}[{_DIGIT}]){{9,11}}(?![{_DIGIT}])"  # a landline with its area code
    rf"|[{_DIGIT}]{{7,}}"
)
_ACCOUNT = re.compile(r"[A-Za-z](?=[\w\-]*[0-9_\-])[\w\-]{4,24}", re.ASCII)
_NO_NAMES = "安装|白班|白天|白铁|高空|高级|高压|石材|石膏|金属|龙门|成品|常白|范围|方便"
_TITLED = re.compile(rf"(?!{_NO_NAMES})[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?=(?:{_TITLES}))")
_CALLED = re.compile(
    r"(?:联系人|联系电话|电话|姓名|名字|我叫|我是|本人叫?|找|联系|负责人|咨询|微信)[:：是为\s]{0,3}"
    rf"(?P<name>(?:老|小)?[{_SURNAMES}][\u4e00-\u9fff]{{0,2}})(?=[\s,，。;；:：、!！()（）\d]|$)"
)
_OLD_OR_YOUNG = re.compile(rf"(?<=[老小])[{_SURNAMES}](?=[\s,，。;；:：、!！()（）\d]|$)")


@dataclass
class Veil:
    """Replaces within one text and whatever belongs to it; `salt` makes the replacements of a text its own."""

    salt: str
    _numbers: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def over(self, text: str, people: tuple[str, ...] = (), telephones: tuple[str, ...] = ()) -> str:
        """The text without anybody in it; `people` and `telephones` (digits) are known otherwise to stand there."""
        for number in telephones:
            text = re.sub(_APART.join(map(_any_writing, number)), lambda found: self._number(found[0]), text)
        for name in (*people, *(found["name"] for found in _CALLED.finditer(text))):
            self._name(name)
        for pattern in (_TITLED, _OLD_OR_YOUNG):
            for found in pattern.finditer(text):
                self._name(found[0])
        for name in sorted(self._names, key=len, reverse=True):
            text = text.replace(name, self._names[name])
        text = _NUMBER.sub(lambda found: self._number(found[0]), text)
        return _ACCOUNT.sub(lambda found: self._account(found[0]), text)

    def digits(self, number: str) -> str | None:
        """What a number of the text has become, None for one that is not in it."""
        return self._numbers.get(compact(number))

    def _name(self, name: str) -> None:
        if name and name not in self._names:
            self._names[name] = "".join(self._person(name, place) for place in range(len(name)))

    def _person(self, name: str, place: int) -> str:
        """A family name for a family name, so that a reader still sees a person; other marks become letters."""
        char, chance = name[place], self._chance(f"{name}{place}")
        if char in "老小":
            return char
        if char in _SURNAMES and (place == 0 or name[place - 1] in "老小"):
            return chance.choice(_SURNAMES.replace(char, ""))
        if "\u4e00" <= char <= "\u9fff":
            return chance.choice(_GIVEN.replace(char, ""))
        return self._sign(char, chance)

    def _account(self, account: str) -> str:
        chance = self._chance(account)
        return "".join(self._sign(char, chance) for char in account)

    def _sign(self, char: str, chance: random.Random) -> str:
        if char.isascii() and char.isdigit():
            return str(chance.randrange(10))
        if char.isascii() and char.isalpha():
            return chance.choice("abcdefghjkmnpqrstuvwxyz".replace(char.lower(), ""))
        return char

    def _number(self, number: str) -> str:
        """The same gaps and the same kind of figures, other digits; a mobile's first two and an area code stay."""
        plain = [char.translate(_PLAIN) for char in number]
        digits = "".join(char for char in plain if char.isdigit())
        if digits in self._numbers.values():
            return number  # an invented one already
        invented = self._numbers.setdefault(digits, _invented(digits, self._chance(digits)))
        left = iter(invented)
        return "".join(_as(next(left), old) if new.isdigit() else old for old, new in zip(number, plain, strict=True))

    def _chance(self, what: str) -> random.Random:
        return random.Random(hashlib.sha256(f"{self.salt}:{what}".encode()).digest())  # nosec: no secret


def _invented(digits: str, chance: random.Random) -> str:
    """Other digits; a mobile's beginning stays, a landline's area code too, so that it still reads as a telephone."""
    keep = 2 if digits.startswith("1") else 4 if digits.startswith("0") else 1
    while True:
        made = digits[:keep] + "".join(str(chance.randrange(10)) for _ in digits[keep:])
        if digits.startswith("0"):
            made = made[:4] + str(chance.randrange(2, 9)) + made[5:]
        if made != digits:
            return made


def _any_writing(digit: str) -> str:
    return "[" + "".join(char for char, plain in _PLAIN_OF.items() if plain == digit) + digit + "]"


def _as(digit: str, like: str) -> str:
    """A digit in the writing of another."""
    if like in _FULL_WIDTH:
        return _FULL_WIDTH[int(digit)]
    if like in _RINGED:
        return _RINGED[max(int(digit), 1) - 1]
    return _IN_WORDS[int(digit)] if like in _IN_WORDS or like in "〇幺两" else digit
