"""How people are called: 李先生, 老田, 魏师傅."""

from linggong.intake.lexicon import pairs
from linggong.intake.signs import Rare


def _people() -> Rare:
    words = pairs("people")
    called = (
        rf"(?P<called>[老小大]?[{words['surname']}][\u4e00-\u9fff]?(?:{words['title']})|[老小][{words['surname']}])"
    )
    return Rare(
        rf"(?:联系人|联系|联络员|联络|负责人|咨询|找|电话|致电|打给|请|问|加|微信|电)?:?{called}(?![\u4"
        rf"e00-\u9fff]{{0,3}}(?:村|镇|庄|街|路|沟|店|坊|记|家))(?=[^\u4e00-\u9fff]|"
        rf"$|收|电话|联系|手机|微信|:)|(?:联系人|负责人|联络员):?[\u4e00-\u9fff]{{2,3}}(?=[^\u4e00-\u9"
        r"fff]|$|电话)"
    )


PEOPLE = _people()


def called_in(text: str) -> list[str]:
    """How people are called in a plain text: 李先生, 老田, 魏师傅."""
    return [match["called"] for match in PEOPLE.pattern.finditer(text) if match["called"]]
