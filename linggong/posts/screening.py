"""The bridge from a job's rows to the screening rules of `linggong.intake.screening`."""

from linggong.intake import read
from linggong.intake.screening import Finding as Found
from linggong.intake.screening import PostFacts, finding, screen_post
from linggong.lib import clock
from linggong.places import queries as places
from linggong.posts.models import Finding, Job
from linggong.posts.records import NewJob


def screen(new: NewJob) -> tuple[Found, ...]:
    """Every rule the job runs into; empty where it may be shown at once."""
    day = clock.local(new.shifts[0].starts).date() if new.shifts else clock.today()
    wage = places.minimum_wage(new.division, day)
    hours = max((s.ends - s.starts).total_seconds() / 3600 for s in new.shifts) - new.break_minutes / 60
    facts = screen_post(
        PostFacts(
            title=new.title,
            description=new.description,
            conditions=" ".join([new.bring, *new.certificates]),
            pay_fen_min=new.pay_fen,
            pay_unit=new.pay_unit,  # type: ignore[arg-type]
            hours_per_day=hours if new.kind == Job.Kind.SHIFT else None,
            age_min=new.age_min,
            gender=new.gender or None,  # type: ignore[arg-type]
            gender_ground=new.gender_ground,
            minimum_wage_fen_per_hour=wage.hourly_fen if wage else None,
            minimum_wage_fen_per_month=wage.monthly_fen if wage else None,
        )
    )
    named = {found.rule for found in facts}
    return (*facts, *(finding(rule) for rule in _said(new) if rule not in named))


def _said(new: NewJob) -> list[str]:
    """Restrictions by sex or of minors that stand only in the words, as the reader of messages sees them."""
    reading = read(f"招{new.title}。{new.description}", clock.now())
    flags = {flag for item in reading.as_schema()["items"] for flag in item["flags"]}
    if new.gender_ground.strip():
        flags.discard("gender_restriction")
    return sorted(flags & {"gender_restriction", "underage"})


def keep(job: Job, found: tuple[Found, ...]) -> None:
    """Store the findings for the clerk who decides."""
    for each in found:
        Finding(
            job=job,
            rule=each.rule,
            sentence_zh=each.sentence_zh,
            sentence_en=each.sentence_en,
            ground=each.ground[:300],
        ).save(force_insert=True)
