"""How a division takes the screening rules, and what it says about a job before it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.intake import screening
from linggong.lib.text import choose, plain
from linggong.messages.errors import SettingRefused
from linggong.messages.models import RuleSetting, Severity
from linggong.places.queries import LEVELS, division

ON_FIGURES = frozenset({"gender_restriction", "excessive_hours", "pay_under_minimum"})
"""Rules that the corrected form answers by itself; the others are about the words that came in."""


@dataclass(frozen=True)
class Judged:
    """A rule that something runs into, as the division takes it."""

    rule: str
    severity: str
    sentence_zh: str
    sentence_en: str
    ground: str

    def sentence(self) -> str:
        """What is wrong, in the language of who looks."""
        return choose(get_language() or "zh", self.sentence_zh, self.sentence_en)

    @property
    def stops(self) -> bool:
        return self.severity == Severity.STOP

    @property
    def asks(self) -> bool:
        return self.severity == Severity.ASK


def severities(code: str) -> dict[str, str]:
    """The severity of every rule at a division: of the nearest division that has set it, else the rule's own."""
    around = [code[:digits] for digits in LEVELS if digits <= len(code)]
    rows = RuleSetting.objects.filter(division__in=around).order_by(Length("division"))
    own = {rule: screening.finding(rule).severity for rule in screening.RULES}
    return own | {row.rule: row.severity for row in rows}


def judged(rules: Iterable[str], code: str) -> tuple[Judged, ...]:
    """What these rules mean at a division; those that are off there say nothing."""
    at_place = severities(code)
    found = [screening.finding(rule) for rule in screening.RULES if rule in set(rules)]
    return tuple(
        Judged(each.rule, at_place[each.rule], each.sentence_zh, each.sentence_en, each.ground)
        for each in found
        if at_place[each.rule] != Severity.OFF
    )


def may_be_off(rule: str) -> bool:
    """What the law forbids outright is never switched off; a division can only leave it to its clerks."""
    return screening.finding(rule).severity != "stop"


def set_severity(*, code: str, rule: str, severity: str, reason: str, by: Viewer) -> RuleSetting:
    """How a division takes a rule from now on. Raises SettingRefused, NotAllowed."""
    require(by, "screening.set")
    if not by.covers(code):
        raise NotAllowed(_("这个地方不在您负责的区域。"))
    division(code)
    if rule not in screening.RULES or severity not in Severity.values:
        raise SettingRefused(_("没有这条规则，或者没有这种处理办法。"))
    if severity == Severity.OFF and not may_be_off(rule):
        raise SettingRefused(_("法律明令禁止的不能关掉，只能改成由工作人员决定。"), field="severity")
    if not (why := plain(reason)[:200]):
        raise SettingRefused(_("请写明为什么改。"), field="reason")
    with within(by):
        told = {"severity": severity, "reason": why, "by_name": by.name[:80]}
        setting, _made = RuleSetting.objects.update_or_create(division=code, rule=rule, defaults=told)
        record("screening.set", by=by, about=setting, division=code, rule=rule, severity=severity, reason=why)
        return setting
