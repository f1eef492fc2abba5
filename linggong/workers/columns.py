"""Which column of a roster holds what, by the words in its head."""

from collections.abc import Sequence

from linggong.lib.text import compact
from linggong.workers.sheets import Line

WORDS: dict[str, tuple[str, ...]] = {
    "contact_telephone": ("联系人电话", "联系人手机", "家属电话", "代接电话", "紧急电话"),
    "contact_name": ("紧急联系人", "联系人", "家属", "代接人"),
    "identity_number": ("身份证号码", "公民身份号码", "身份证号", "身份证", "证件号码", "证件号", "IDNUMBER", "IDCARD"),
    "name": ("姓名", "名字", "求职者", "NAME"),
    "telephone": ("手机号码", "联系电话", "手机号", "手机", "电话", "联系方式", "PHONE", "TELEPHONE", "MOBILE"),
    "pay": ("期望工资", "期望薪资", "要求工资", "工资要求", "工资", "薪资", "薪酬", "待遇", "日薪", "月薪", "PAY"),
    "certificates": ("技能证书", "资格证书", "职业证书", "证书", "持证", "CERTIFICATE"),
    "trades": ("工种", "会干", "会做", "技能", "特长", "职业", "岗位", "TRADE"),
    "wishes": ("求职意向", "就业意向", "意向", "希望", "要求", "WISH"),
    "priority_groups": ("重点群体", "人员类别", "人员类型", "群体", "类别"),
    "division": ("村/社区", "村(社区)", "所在村", "行政村", "社区", "村居", "村", "乡镇", "街道", "VILLAGE"),
    "address": ("家庭住址", "现住址", "居住地", "住址", "地址", "ADDRESS"),
    "note": ("备注", "说明", "NOTE"),
}
"""Field to the words in heads, fields that more special words belong to first."""

NEEDED = ("name", "identity_number")
LOOKED_THROUGH = 15


def find_head(lines: Sequence[Line]) -> int:
    """The position of the line that heads the table: the one among the first with the most known words."""
    return max(range(min(LOOKED_THROUGH, len(lines))), key=lambda place: (len(guess(lines[place].cells)), -place))


def guess(head: Sequence[str]) -> dict[str, int]:
    """Field to column, for the columns whose head is understood; a whole word counts more than a part."""
    texts = [compact(text) for text in head]
    found: dict[str, int] = {}
    for fits in (str.__eq__, str.__contains__):
        for field, words in WORDS.items():
            free = [column for column, text in enumerate(texts) if text and column not in found.values()]
            matching = [column for word in words for column in free if fits(texts[column], word)]
            if field not in found and matching:
                found[field] = matching[0]
    return found
