"""`linggong work`: the background work, done in small transactions and found again after any crash."""

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from linggong.commands.ready import program, told

if TYPE_CHECKING:
    from linggong.notices.models import Notice

log = logging.getLogger("linggong.work")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="linggong work", description=__doc__)
    parser.add_argument("--every", type=float, default=2.0, help="seconds between two looks (2)")
    parser.add_argument("--once", action="store_true", help="do what is due now, and end")
    options = parser.parse_args(argv)
    with told(), program():
        over = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: over.set())
        signal.signal(signal.SIGINT, lambda *_: over.set())
        while not over.is_set():
            started = time.monotonic()
            look()
            if options.once:
                break
            over.wait(max(options.every - (time.monotonic() - started), 0.1))
    return 0


def look() -> int:
    """Do one round of everything that is due; return how much was done. One failing duty does not stop the rest."""
    return sum(_done(duty) for duty in duties())


def duties() -> list[Callable[[], int]]:
    """What the market does by itself, in the order in which one thing leads to the next."""
    from linggong.cases import operations as cases
    from linggong.dispatch import operations as dispatch
    from linggong.followups import operations as followups
    from linggong.messages import operations as messages
    from linggong.posts import operations as posts
    from linggong.workers import roster

    return [
        dispatch.expire_offers,
        _raise_missing,
        dispatch.plan_all,
        dispatch.advance_all,
        dispatch.keep_standbys,
        posts.close_past_jobs,
        followups.plan_call_backs,
        cases.follow_calls,
        cases.open_overdue,
        roster.run_waiting,
        dispatch.trim_changes,
        messages.read_all_waiting,
        messages.forget_old,
        deliver_notices,
    ]


def _raise_missing() -> int:
    from linggong.attendance.operations import raise_missing
    from linggong.lib import clock

    return raise_missing(clock.now())


def deliver_notices() -> int:
    """Bring out what waits in the outbox, as long as whole batches are due."""
    from linggong.notices.channels import SmsGateway
    from linggong.notices.operations import BATCH, deliver

    gateway, handled = SmsGateway(), 0
    while handled < 20 * BATCH:
        batch = deliver(gateway, telephone_of)
        handled += batch
        if batch < BATCH:
            break
    return handled


def telephone_of(notice: "Notice") -> str:
    """The number a notice goes to, looked up when it is sent; empty where there is none."""
    from linggong.accounts import queries as accounts
    from linggong.employers import queries as employers
    from linggong.workers import queries as workers

    if notice.recipient == "telephone" and notice.about_id:
        return accounts.telephone_of_code(notice.about_id)
    looked_up = {"worker": workers.telephone_of, "employer": employers.telephone_of}.get(notice.recipient)
    return looked_up(notice.recipient_id) if looked_up and notice.recipient_id else ""


def _done(duty: Callable[[], int]) -> int:
    from django.db import close_old_connections

    try:
        return duty()
    except Exception:
        log.exception("%s failed; it is tried again in the next round", duty.__name__)
        return 0
    finally:
        close_old_connections()
