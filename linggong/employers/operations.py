"""Registering employers, vetting them, and showing what is masked to those who need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.employers.models import Employer, EmployerKey
from linggong.employers.queries import NotFound
from linggong.employers.records import NewEmployer
from linggong.employers.states import STEPS
from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock, identity
from linggong.lib.credit_code import read_credit_code
from linggong.lib.errors import Refusal
from linggong.lib.telephone import masked, read_telephone
from linggong.lib.text import plain, read_name, search_keys, sort_key
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.places.models import Division, Site
from linggong.places.queries import name_of, path_of

LONGEST_NAME = 80
LONGEST_KEY = 240


class EmployerRefused(Refusal):
    """What was given about the employer cannot be kept; the field says which part."""

    code = "employer"


@dataclass(frozen=True)
class Found:
    """An employer that is registered already. `employer_id` is None where it lies outside the scope of who asks."""

    employer_id: UUID | None
    name: str
    division_name: str
    registered_on: date


class AlreadyRegistered(Refusal):
    """This licence or identity number is known."""

    code = "already_registered"

    def __init__(self, found: Found) -> None:
        words = _("%(name)s 已在%(place)s登记过（%(day)s），不用再登记。")
        facts = {"name": found.name, "place": found.division_name, "day": found.registered_on.isoformat()}
        super().__init__(words % facts, field="register_number")
        self.found = found


class StateRefused(Refusal):
    """The employer's state does not allow this act."""

    code = "employer_state"


class ReasonMissing(Refusal):
    """The act needs a reason."""

    code = "reason_missing"


# ---------------------------------------------------------------------------- registration


def register(*, new: NewEmployer, by: Viewer, source: str, site: Site | None = None) -> Employer:
    """Keep a new employer, which then waits to be vetted.

    Raises a Refusal at the field that is wrong (EmployerRefused, TelephoneRefused ...), DivisionUnknown, NotAllowed,
    AlreadyRegistered.
    """
    require(by, "employer.register")
    place = name_of(new.division)
    if by.is_staff and not by.covers(new.division):
        raise NotAllowed(_("%(place)s不在您负责的区域。") % {"place": place}, field="division")
    draft = _read(new)
    draft.source, draft.registered_at = source, site
    # somebody from the street sees no employers, not even the row they bring: the market itself keeps it
    with within(by if by.is_staff else system("employer registers")):
        _insert(draft, by)
        EmployerKey.objects.bulk_create(
            EmployerKey(employer=draft, division=draft.division, key=key) for key in _keys(draft)
        )
        record("employer.registered", by=by, about=draft, division=draft.division, source=source, kind=draft.kind)
        _tell_desk(draft)
    return draft


def _read(new: NewEmployer) -> Employer:
    """The employer that the typed texts describe."""
    if new.kind not in Employer.Kind.values:
        raise EmployerRefused(_("请选择用工主体的类型。"), field="kind")
    if len(new.division) < Division.Level.COUNTY:
        raise EmployerRefused(_("请选到县区，最好选到乡镇街道。"), field="division")
    name = plain(new.name)
    if not name or len(name) > LONGEST_NAME:
        raise EmployerRefused(_("请填写名称，最多 80 个字。"), field="name")
    with _at("contact_name"):
        contact = read_name(new.contact_name)
    with _at("telephone"):
        telephone = read_telephone(new.telephone)
    return Employer(
        kind=new.kind,
        name=name,
        sort_key=sort_key(name)[:LONGEST_KEY],
        **_register_number(new),
        contact_name=contact,
        telephone=personal.seal(telephone, "telephone"),
        telephone_index=personal.index(telephone, "telephone"),
        telephone_masked=masked(telephone),
        division=new.division,
        address=plain(new.address)[:200],
        latitude=new.latitude,
        longitude=new.longitude,
    )


def _register_number(new: NewEmployer) -> dict[str, Any]:
    """A licence is public and stands open; a household's identity number is sealed."""
    with _at("register_number"):
        if new.kind == Employer.Kind.HOUSEHOLD:
            number = identity.read_identity_number(new.register_number).number
            kept: dict[str, Any] = {"identity_number": number, "identity_masked": identity.masked(number)}
        else:
            number = read_credit_code(new.register_number)
            kept = {"credit_code": number}
    return kept | {"register_index": personal.index(number, "register")}


@contextmanager
def _at(field: str) -> Iterator[None]:
    """What is refused inside is about this field."""
    try:
        yield
    except Refusal as refusal:
        refusal.field = field
        raise


def _insert(draft: Employer, by: Viewer) -> None:
    """The database decides who was first with a licence or identity number."""
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        with within(system("duplicate employer")):
            known = Employer.objects.get(register_index=draft.register_index)
        raise AlreadyRegistered(_found(known, by)) from None


def _found(known: Employer, by: Viewer) -> Found:
    seen = by.covers(known.division)
    hidden = known.kind == Employer.Kind.HOUSEHOLD and not seen
    return Found(
        employer_id=known.id if seen else None,
        name=known.name[:1] + "*" if hidden else known.name,
        division_name=name_of(known.division),
        registered_on=clock.local(known.created_at).date(),
    )


def _keys(employer: Employer) -> list[str]:
    """The name with and without the places it begins with, their pinyin and initials; the telephone's last digits."""
    name = employer.name
    for place in path_of(employer.division):
        name = name.removeprefix(place.name).removeprefix(place.name[:-1]) or name
    keys = [*search_keys(employer.name), *search_keys(name), employer.telephone_masked[-4:]]
    return list(dict.fromkeys(key[:LONGEST_KEY] for key in keys))


def _tell_desk(employer: Employer) -> None:
    notices.send(
        "employer.registered",
        _t("新用工主体等待核验：%(name)s") % {"name": employer.name},
        recipient=Notice.Recipient.DESK,
        recipient_id=None,
        division=employer.division,
        channels=(Notice.Channel.APP,),
        about_id=employer.id,
        path=f"/desk/employers/{employer.id}/",
    )


# ---------------------------------------------------------------------------- vetting


def approve(*, employer: Employer, by: Viewer, reason: str = "") -> Employer:
    """The employer may post."""
    return _step("approve", employer, by, reason)


def refuse(*, employer: Employer, by: Viewer, reason: str = "") -> Employer:
    """The employer did not pass; the reason says what to put right."""
    return _step("refuse", employer, by, reason)


def suspend(*, employer: Employer, by: Viewer, reason: str = "") -> Employer:
    """No new posts until the employer is reinstated."""
    return _step("suspend", employer, by, reason)


def blacklist(*, employer: Employer, by: Viewer, reason: str = "") -> Employer:
    """No posts any more."""
    return _step("blacklist", employer, by, reason)


def reinstate(*, employer: Employer, by: Viewer, reason: str = "") -> Employer:
    """The employer may post again."""
    return _step("reinstate", employer, by, reason)


def _step(act: str, employer: Employer, by: Viewer, reason: str) -> Employer:
    """Take one step of the status graph. Raises NotAllowed, NotFound, StateRefused, ReasonMissing."""
    require(by, "employer.vet")
    step, reason = STEPS[act], plain(reason)[:200]
    if step.needs_reason and not reason:
        raise ReasonMissing(_("请写明原因，用工主体会看到。"), field="reason")
    with within(by):
        current = _locked(employer.pk)
        if current.state not in step.sources:
            words = _("%(name)s现在是“%(state)s”，不能这样处理。")
            raise StateRefused(words % {"name": current.name, "state": current.get_state_display()})
        before = current.state
        current.state, current.state_reason, current.vetted_at = step.target, reason, clock.now()
        current.save(update_fields=["state", "state_reason", "vetted_at"])
        about = {"division": current.division, "before": before, "after": current.state, "reason": reason}
        record(f"employer.{act}", by=by, about=current, **about)
        _tell_employer(current, str(step.words) % {"reason": reason})
    return current


def _locked(employer_id: UUID) -> Employer:
    found = Employer.objects.select_for_update().filter(pk=employer_id).first()
    if found is None:
        raise NotFound(_("没有找到这个用工主体。"))
    return found


def _tell_employer(employer: Employer, text: str) -> None:
    notices.send(
        "employer.state",
        text,
        recipient=Notice.Recipient.EMPLOYER,
        recipient_id=employer.id,
        division=employer.division,
        about_id=employer.id,
        path="/employer/",
    )


# ---------------------------------------------------------------------------- unmasking


def reveal(*, employer: Employer, field: str, by: Viewer, why: str) -> str:
    """The telephone or identity number in full, with who saw it and why in the audit. Raises NotAllowed, NotFound."""
    require(by, "employer.reveal")
    if field not in ("telephone", "identity_number"):
        raise EmployerRefused(_("只能查看电话或身份证号。"), field="field")
    if not (why := plain(why)[:200]):
        raise ReasonMissing(_("请写明为什么要看。"), field="why")
    with within(by):
        found = _locked(employer.pk)
        record("employer.revealed", by=by, about=found, division=found.division, field=field, why=why)
    sealed: personal.Sealed = getattr(found, field)
    return sealed.open() if sealed else ""
