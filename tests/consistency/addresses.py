"""Every address of the program, and which row of the scene stands in it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from linggong.foundation.scope import within
from tests import cast
from tests.consistency.scene import BY, Scene

QUERIES = {"api:sites": "?division=1404", "api:find_workers": "?q=1001"}
_EMPLOYER_ROWS = {"jobs": "job", "shifts": "shift", "offers": "applied", "people": "arrived", "pay": "unpaid"}


def names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """`desk:worker` and so on: every named address, in the order of the resolver."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def parameters(name: str) -> set[str]:
    """What the address names: `worker_id` and so on."""
    return set(_parts(name)[1])


def address(name: str, told: Scene) -> str:
    """Where this name leads to, with rows of the scene that the page can be about."""
    route, wanted = _parts(name)
    with within(BY):
        return reverse(name, kwargs={key: _value(name, key, route, told) for key in wanted}) + QUERIES.get(name, "")


def _parts(name: str) -> tuple[str, list[str]]:
    """The route and its parameters."""
    *namespaces, own = name.split(":")
    resolver = get_resolver()
    for part in namespaces:
        resolver = resolver.namespace_dict[part][1]
    [(route, wanted)] = resolver.reverse_dict.getlist(own)[0][0]
    return route, wanted


def _value(name: str, key: str, route: str, told: Scene) -> Any:
    own = {
        "worker:cancel": told.coming,
        "worker:arrived": told.coming,
        "worker:contest": told.failed,
        "worker:rate": told.done,
        "worker:arrive": told.arrived.shift,
        "worker:job": told.open_shift,
        "worker:apply": told.open_shift,
        "employer:hours": told.arrived.shift,
        "employer:roll_call": told.arrived.shift,
        "employer:code": told.arrived.shift,
        "employer:shift_pay": told.unpaid.placement.shift,
        "employer:person_cancel": told.coming,
        "employer:rate": told.done,
        "employer:receipt": told.payment,
        "desk:placement_cancel": told.coming,
        "desk:missing_decide": told.late,
        "desk:message_register": told.seeker,
    }
    if name in own and key.endswith("id"):
        return own[name].pk
    words = {
        "kind": "trades",
        "number": told.worker.card_number,
        "state": "refused",
        "code": told.code,
        "part": "trades",
        "step": "who",
    }
    if name.startswith("hall:"):
        return cast.COUNTY
    if key in words:
        return words[key]
    rows = {
        "worker_id": told.worker,
        "employer_id": told.employer,
        "job_id": told.job,
        "shift_id": told.shift,
        "offer_id": told.offer,
        "placement_id": told.arrived,
        "missing_id": told.missing,
        "call_id": told.call,
        "wage_id": told.unpaid,
        "case_id": told.case,
        "roster_id": told.roster,
        "site_id": told.market,
        "draft_id": told.draft,
        "message_id": told.chatter,
        "source_id": told.source,
    }
    return (rows[key] if key in rows else getattr(told, _EMPLOYER_ROWS[route.split("/")[0]])).pk
