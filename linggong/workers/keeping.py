"""Writes registrations that have been read: the worker and all that hangs on it, many at once where there are many."""

from collections.abc import Sequence

from django.db import connection

from linggong.audit.operations import record
from linggong.foundation import personal
from linggong.foundation.personal import Sealed
from linggong.foundation.viewer import Viewer
from linggong.lib import identity, telephone
from linggong.places.models import Site
from linggong.workers.consent import Words
from linggong.workers.keys import keys_of
from linggong.workers.models import Certificate, Consent, Worker, WorkerKey, WorkerTrade
from linggong.workers.reading import Draft
from linggong.workers.records import NewWorker


def identity_index(number: str) -> str:
    """By which a read identity number is found."""
    return personal.index(number, "identity")


def telephone_index(digits: str) -> str:
    """By which a read telephone number is found."""
    return personal.index(digits, "telephone")


def keep(drafts: Sequence[Draft], *, by: Viewer, site: Site | None, source: str, shown: Words) -> list[Worker]:
    """Insert new workers with trades, certificates, keys and consent, and record each. Needs an open scope.

    The database refuses a person whom it has already: IntegrityError.
    """
    workers = [
        _apply(draft, Worker(card_number=number, source=source, registered_at=site))
        for draft, number in zip(drafts, _next_cards(len(drafts)), strict=True)
    ]
    Worker.objects.bulk_create(workers)
    _keep_parts(drafts, workers)
    Consent.objects.bulk_create(
        Consent(
            worker=worker,
            division=worker.division,
            version=shown.version,
            shown=shown.text,
            way=source,
            asked_by=by.name,
        )
        for worker in workers
    )
    for worker in workers:
        record("worker.registered", by=by, about=worker, division=worker.division, source=source)
    return workers


def change(worker: Worker, draft: Draft) -> None:
    """Bring a kept worker to what the draft says. IntegrityError where the number is another person's."""
    _apply(draft, worker).save()
    for parts in (worker.trades, worker.certificates, worker.keys):
        parts.all().delete()
    _keep_parts([draft], [worker])


def as_typed(worker: Worker) -> NewWorker:
    """What is kept, in the form in which it comes in."""
    kept = {name: getattr(worker, name) for name in NewWorker.names() & {f.name for f in Worker._meta.get_fields()}}
    sealed = {name: value.open() if value else "" for name, value in kept.items() if isinstance(value, Sealed)}
    parts = {
        "trades": tuple((row.trade, row.skill) for row in worker.trades.all()),
        "certificates": tuple((row.name, row.expires_on) for row in worker.certificates.all()),
        "weekdays": tuple(worker.weekdays),
        "priority_groups": tuple(worker.priority_groups),
    }
    return NewWorker(**{**kept, **sealed, **parts})


def _next_cards(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('worker_card') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def _apply(draft: Draft, worker: Worker) -> Worker:
    for field, value in draft.values.items():
        setattr(worker, field, value)
    worker.identity_number = personal.seal(draft.identity_number, "identity")
    worker.identity_index = identity_index(draft.identity_number)
    worker.identity_masked = identity.masked(draft.identity_number)
    worker.telephone = personal.seal(draft.telephone, "telephone")
    worker.telephone_index = telephone_index(draft.telephone)
    worker.telephone_masked = telephone.masked(draft.telephone) if draft.telephone else ""
    return worker


def _keep_parts(drafts: Sequence[Draft], workers: Sequence[Worker]) -> None:
    pairs = list(zip(drafts, workers, strict=True))
    WorkerTrade.objects.bulk_create(
        WorkerTrade(worker=worker, division=worker.division, trade=trade, skill=skill)
        for draft, worker in pairs
        for trade, skill in draft.trades.items()
    )
    Certificate.objects.bulk_create(
        Certificate(worker=worker, division=worker.division, name=name, expires_on=expires)
        for draft, worker in pairs
        for name, expires in draft.certificates.items()
    )
    WorkerKey.objects.bulk_create(key for draft, worker in pairs for key in keys_of(worker, draft.telephone))
