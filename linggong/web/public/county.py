"""Which county a public page speaks of: one that has an open market. With a single one nobody has to choose."""

from dataclasses import dataclass
from urllib.parse import urlencode

from linggong.places import queries as places
from linggong.places.models import Site
from linggong.web.requests import Request

COUNTY_DIGITS = 6
SERVING = (Site.State.OPEN, Site.State.TRIAL)


@dataclass(frozen=True)
class County:
    """A county with its market; `query` ('?county=…') keeps the choice in addresses where there are several."""

    code: str
    name: str
    market: Site
    query: str = ""


def counties() -> list[County]:
    """Every county with an open market, the first of its markets being the one nearest to the top."""
    open_markets = Site.objects.filter(kind=Site.Kind.MARKET, state__in=SERVING).order_by("division", "name")
    first: dict[str, Site] = {}
    for market in open_markets:
        first.setdefault(market.division[:COUNTY_DIGITS], market)
    several = len(first) > 1
    return [_county(code, market, several) for code, market in first.items()]


def chosen(request: Request) -> County | None:
    """The county of the address, or the only one; None where there is a choice to make, or nothing yet."""
    known = counties()
    if len(known) == 1:
        return known[0]
    return next((county for county in known if county.code == request.GET.get("county")), None)


def sites_of(county: County) -> list[Site]:
    """The county's markets, then its stations and riders' homes, that serve people now."""
    order = list(Site.Kind.values)
    serving = [site for site in places.sites(county.code) if site.state in SERVING]
    return sorted(serving, key=lambda site: (order.index(site.kind), site.division, site.name))


def _county(code: str, market: Site, several: bool) -> County:
    query = "?" + urlencode({"county": code}) if several else ""
    return County(code, places.division(code).name, market, query)
