"""The words a person agrees to at registration. Other words are a new version; each consent keeps what was shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    version: str
    text: str


PERSON = Words(
    version="person-1",
    text=(
        "为了给您找活，市场要登记您的姓名、身份证号、电话、住址和会干的活。身份证号、电话和住址加密保存，"
        "工作人员每次查看都有记录。您接受一个活之后，用工方才会看到您的姓名和电话。登记和找活一律免费。"
        "您可以随时到窗口查看、改正或停用自己的登记。"
    ),
)
"""Shown on the screen or read out, at the window, on the phone or in a call."""

ROSTER = Words(
    version="roster-1",
    text=(
        "名单由提供单位交来，提供单位声明名单上的每个人都同意把姓名、身份证号、电话和会干的活登记到零工市场，"
        "用于免费介绍工作。本人可以随时到窗口查看、改正或停用自己的登记。"
    ),
)
"""What whoever hands in a roster declares for the people on it."""
