"""`linggong demo`: make the demo county where it is not there yet; `demo tick` lets its day go on by one step."""

import argparse
import json
import random
import sys
import time

from linggong.commands.ready import program, set_up, told
from linggong.home import home


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="linggong demo", description=__doc__)
    parser.add_argument("act", nargs="?", choices=["make", "tick", "live"], default="make", help="live: tick for ever")
    parser.add_argument("--every", type=float, default=12, help="seconds between two ticks of `live` (12)")
    options = parser.parse_args(argv)
    with told():
        if options.act == "live":
            set_up()
            _live(options.every)
        with program():
            if options.act == "make":
                ensure_demo()
            else:
                print(_tick())
    return 0


def ensure_demo() -> None:
    """Make the demo county once. A making that was cut short is begun again on an empty database."""
    from linggong.commands.migrate import migrate
    from linggong.demo import history, people

    migrate()
    mark = home() / "demo.json"
    state = json.loads(mark.read_text())["state"] if mark.exists() else "none"
    if state == "made":
        return
    if state == "making":
        _empty()
    elif history.workers_count():
        return  # somebody works with this copy already: nothing is put among their rows
    mark.write_text(json.dumps({"state": "making"}))
    print("making the demo county (a minute or two, only the first time) ...", flush=True)
    people.make_places()
    people.make_staff()
    history.History(_told).live()
    mark.write_text(json.dumps({"state": "made"}))
    print("\rthe demo county is there." + " " * 30, flush=True)


def logins() -> list[str]:
    """How to get in, for the one who started the demo."""
    from linggong.demo import material
    from linggong.demo.market import LOOK
    from linggong.employers.models import Employer
    from linggong.foundation.scope import within
    from linggong.workers.models import Worker

    with within(LOOK):
        worker = Worker.objects.exclude(telephone_masked="").filter(placements__state="confirmed").first()
        worker = worker or Worker.objects.exclude(telephone_masked="").first()
        employer = Employer.objects.filter(state="approved").order_by("created_at").first()
        telephones = [(who.name, who.telephone.open()) for who in (worker, employer) if who is not None]
    staff = "、".join(f"{username} ({role})" for username, _, role, _ in material.STAFF)
    lines = [f"staff logins, password {material.PASSWORD}: {staff}"]
    lines += [f"sign in by telephone: {telephone} {name}" for name, telephone in telephones]
    return [*lines, "the codes come to the SMS inbox"]


def _tick() -> str:
    from linggong.demo.live import tick

    return tick(random.Random())  # nosec: a story, no secret


def _live(every: float) -> None:
    import logging

    from django.db import close_old_connections

    while True:
        try:
            _tick()
        except Exception:
            logging.getLogger("linggong.demo").exception("the demo stumbled; it goes on")
        close_old_connections()
        time.sleep(every)


def _empty() -> None:
    """Only for a county that was half made: what it holds was never shown to anybody."""
    from django.apps import apps
    from django.db import connections

    tables = ", ".join(f'"{m._meta.db_table}"' for m in apps.get_models() if m._meta.db_table != "django_migrations")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    connections["owner"].close()


def _told(words: str) -> None:
    if sys.stdout.isatty():
        print(f"\r  {words}   ", end="", flush=True)
