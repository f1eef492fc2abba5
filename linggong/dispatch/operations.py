"""The public door of dispatch: everything that may be done about offers and places."""

from linggong.dispatch.chances import refit
from linggong.dispatch.changes import trim as trim_changes
from linggong.dispatch.errors import AlreadyPlaced, NotEligible, OfferClosed, PlacesFull, TooLate
from linggong.dispatch.offers import MateUnknown, block, decline, expire_offers, pass_on, refuse
from linggong.dispatch.offers import ask as offer
from linggong.dispatch.overbooking import keep_standbys
from linggong.dispatch.placing import (
    Answer,
    accept,
    apply,
    cancel_by_employer,
    cancel_by_worker,
    cancel_shift,
    confirm,
    may_cancel_until,
    place,
)
from linggong.dispatch.planned import plan_all
from linggong.dispatch.records import note_outcome
from linggong.dispatch.rules import set_rules
from linggong.dispatch.standby import StillOpen, call_standby, stand_by
from linggong.dispatch.waves import advance, advance_all, start_waves
from linggong.dispatch.weights import set_weights

__all__ = [
    "AlreadyPlaced",
    "Answer",
    "MateUnknown",
    "NotEligible",
    "OfferClosed",
    "PlacesFull",
    "StillOpen",
    "TooLate",
    "accept",
    "advance",
    "advance_all",
    "apply",
    "block",
    "call_standby",
    "cancel_by_employer",
    "cancel_by_worker",
    "cancel_shift",
    "confirm",
    "decline",
    "expire_offers",
    "keep_standbys",
    "may_cancel_until",
    "note_outcome",
    "offer",
    "pass_on",
    "place",
    "plan_all",
    "refit",
    "refuse",
    "set_rules",
    "set_weights",
    "stand_by",
    "start_waves",
    "trim_changes",
]
