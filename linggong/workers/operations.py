"""Registering workers and changing what is known of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.foundation.personal import Sealed
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib.text import plain
from linggong.places.models import Site
from linggong.workers import consent, keeping, queries
from linggong.workers.errors import AlreadyRegistered, ConsentMissing, KnownNumber, NotFound, OutsideScope, ValueRefused
from linggong.workers.models import Worker
from linggong.workers.reading import Draft, division_of, read
from linggong.workers.records import Changes, NewWorker

REVEALED = ("telephone", "identity_number", "address", "contact_telephone")


def register(*, new: NewWorker, by: Viewer, site: Site | None = None, source: str = "desk") -> Worker:
    """Register a person: by a clerk in their division, or by the person themselves (`by` without a login).

    Raises AlreadyRegistered (KnownNumber to the public), ConsentMissing, or a refusal that names the field.
    """
    require(by, "worker.register")
    with within(by):
        draft = _read_for(by, new)
        _refuse_known(draft, by)
        if not new.consent:
            raise ConsentMissing
        with _one_person_once(draft, by), within(_writer(by, draft)):
            return keeping.keep([draft], by=by, site=site, source=source, shown=consent.PERSON)[0]


def update(*, worker: Worker, changes: Changes, by: Viewer) -> Worker:
    """Change some fields, named as in `NewWorker`; everything is read again as at registration."""
    require(by, "worker.update")
    with within(by):
        kept = _locked(worker.id)
        draft = _read_for(by, replace(keeping.as_typed(kept), **_with_position(changes)))
        with _one_person_once(draft, by), within(by):
            keeping.change(kept, draft)
        record("worker.updated", by=by, about=kept, division=kept.division, fields=sorted(changes))
        return kept


def reveal(*, worker: Worker, field: str, by: Viewer, why: str) -> str:
    """The plain value of a sealed field; who saw it and why is recorded."""
    require(by, "worker.reveal")
    reason = plain(why)[:200]
    if field not in REVEALED or not reason:
        raise ValueRefused(_("请写明为什么要看。"), field="why")
    with within(by):
        kept = queries.worker(worker.id, by)
        record("worker.revealed", by=by, about=kept, division=kept.division, field=field, why=reason)
        sealed: Sealed = getattr(kept, field)
        return sealed.open() if sealed else ""


def set_state(*, worker: Worker, state: str, by: Viewer) -> Worker:
    """Looking for work, pausing, or archived."""
    require(by, "worker.set_state")
    if state not in Worker.State.values:
        raise ValueRefused(_("请从列表里选状态。"), field="state")
    with within(by):
        kept = _locked(worker.id)
        record("worker.state_changed", by=by, about=kept, division=kept.division, before=kept.state, after=state)
        kept.state = state
        kept.save(update_fields=["state"])
        return kept


def _read_for(by: Viewer, new: NewWorker) -> Draft:
    home = division_of(new.division)
    draft = read(new, home)
    if by.division is not None and not by.covers(home.code):
        raise OutsideScope
    return draft


def _refuse_known(draft: Draft, by: Viewer) -> None:
    found = queries.find_duplicate(draft.identity_number, by)
    if found is None:
        return
    raise KnownNumber if by.division is None else AlreadyRegistered(found)


@contextmanager
def _one_person_once(draft: Draft, by: Viewer) -> Iterator[None]:
    """Where somebody else registers the person at this very moment, the unique index speaks: a refusal as well."""
    try:
        yield
    except IntegrityError:
        _refuse_known(draft, by)
        raise


def _writer(by: Viewer, draft: Draft) -> Viewer:
    """Somebody without a login reaches no row; their own registration is written by the market."""
    return by if by.division is not None else system("registration", division=draft.values["division"])


def _locked(worker_id: UUID) -> Worker:
    found = Worker.objects.select_for_update(no_key=True).filter(id=worker_id).first()
    if found is None:
        raise NotFound
    return found


def _with_position(changes: Changes) -> Changes:
    """Whoever moves is no longer where they were, unless a new position comes along."""
    return {"latitude": None, "longitude": None, **changes} if "division" in changes else changes
