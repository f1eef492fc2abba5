"""Words that only the pages of received messages use: `{% load received %}`."""

from django import template

from linggong.messages.models import Severity
from linggong.web.desk.messages_words import RULES

register = template.Library()


@register.filter
def rule_words(rule: str) -> str:
    """A screening rule in two or three words, for tags."""
    return str(RULES.get(rule, rule))


@register.filter
def rule_kind(rule: str, severities: dict[str, str]) -> str:
    """The looks of a rule's tag, by how the division takes it."""
    return {Severity.STOP: "bad", Severity.ASK: "hand"}.get(Severity(severities.get(rule, Severity.STOP)), "done")


@register.filter
def severity_words(severity: str) -> str:
    return str(Severity(severity).label)
