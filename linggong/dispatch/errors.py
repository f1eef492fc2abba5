"""Why a place cannot be had, an offer not answered."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linggong.lib.errors import Refusal
from linggong.lib.text import choose
from linggong.matching.eligibility import Reason
from linggong.matching.explanation import refusal_sentence


class PlacesFull(Refusal):
    """Every place of the shift is taken."""

    code = "places_full"

    def __init__(self) -> None:
        super().__init__(_("名额刚刚满了。您可以排候补，有人来不了就叫您。"))


class AlreadyPlaced(Refusal):
    """The worker has other work at that time."""

    code = "already_placed"

    def __init__(self) -> None:
        super().__init__(_("这个时间已经定了别的活，不能重复接。"))


class OfferClosed(Refusal):
    """The offer has been answered, has expired or was withdrawn."""

    code = "offer_closed"

    def __init__(self) -> None:
        super().__init__(_("这个派工单已经过时或者处理过了。"))


class TooLate(Refusal):
    """The moment until which this was possible has passed."""

    code = "too_late"


class NotEligible(Refusal):
    """The engine's reasons speak against this pair."""

    code = "not_eligible"

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        language = choose(get_language() or "zh", "zh", "en")
        super().__init__(" ".join(refusal_sentence(reason, language) for reason in reasons))  # type: ignore[arg-type]
        self.reasons = reasons
