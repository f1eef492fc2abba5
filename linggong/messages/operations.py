"""Everything that is done with messages, under one name for the surfaces."""

from linggong.messages.handling import apply_change, close_original, drop, publish, register, reopen, take_as_job
from linggong.messages.opening import open_draft
from linggong.messages.reading import read_all_waiting, read_waiting
from linggong.messages.receiving import forget_old, of_file, of_text, receive, receive_signed
from linggong.messages.rules import set_severity
from linggong.messages.sources import add_source, revoke_source

__all__ = [
    "add_source",
    "apply_change",
    "close_original",
    "drop",
    "forget_old",
    "of_file",
    "of_text",
    "open_draft",
    "publish",
    "read_all_waiting",
    "read_waiting",
    "receive",
    "receive_signed",
    "register",
    "reopen",
    "revoke_source",
    "set_severity",
    "take_as_job",
]
