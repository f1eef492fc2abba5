"""From a form to one operation, and from its refusal back to the person."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.utils.translation import gettext

from linggong.foundation.scope import within
from linggong.lib.errors import Refusal
from linggong.web.forms import PlainForm
from linggong.web.requests import Request

Result = TypeVar("Result")


def attempt(form: PlainForm, request: Request, act: Callable[[], Result]) -> Result | None:
    """Do `act`; a refusal changes nothing and becomes an error of the form, with all that was typed kept."""
    try:
        with within(request.viewer):  # a savepoint: what the act began is undone with its refusal
            return act()
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def act_or_say(request: Request, act: Callable[[], Result], done: object = "") -> Result | None:
    """For acts without a form: the word of success or the refusal becomes the message on the next page."""
    try:
        with within(request.viewer):
            result = act()
    except Refusal as refusal:
        messages.error(request, gettext(str(refusal)))
        return None
    if done:
        messages.success(request, str(done))
    return result
