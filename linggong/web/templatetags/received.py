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
def severity_words(severity: str) -> str:
    return str(Severity(severity).label)
