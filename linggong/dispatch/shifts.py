"""Shifts as the matching engine takes them."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from linggong.matching import model as engine
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift

A_CHUNK = 2000
HAZARDOUS_TRADES = frozenset({"scaffolder", "demolition_worker", "electrician", "welder"})
HEAVY_TRADES = frozenset({"loader", "concreter", "rebar_fixer"})


def open_shifts(ids: Iterable[UUID] | None = None) -> Iterator[engine.Shift]:
    """Every shift (or which of `ids`) that the public sees, with places left and time to come."""
    shown = posts.open_shifts() if ids is None else posts.open_shifts().filter(id__in=list(ids))
    return map(shift_for_engine, shown.order_by().iterator(A_CHUNK))


def shift_for_engine(shift: Shift) -> engine.Shift:
    """A shift as the engine takes it. Whom the employer does not want again stands with the workers."""
    job: Job = shift.job
    return engine.Shift(
        id=str(shift.id),
        job_id=str(job.id),
        employer_id=str(job.employer_id),
        trade=shift.trade,
        latitude=shift.latitude,
        longitude=shift.longitude,
        starts=shift.starts,
        ends=shift.ends,
        pay_fen=job.pay_fen,
        pay_unit=job.pay_unit,
        places=shift.places,
        open_places=shift.places - shift.taken,
        certificates=frozenset(job.certificates),
        in_town=job.in_town,
        transport_provided=bool(job.transport),
        age_min=job.age_min,
        age_max=job.age_max,
        heavy=shift.trade in HEAVY_TRADES,
        hazardous=shift.trade in HAZARDOUS_TRADES,
        free_times=job.kind == Job.Kind.PIECEWORK,
    )
