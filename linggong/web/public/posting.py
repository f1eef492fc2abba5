"""A job as search engines and other programs read it: schema.org JobPosting in JSON-LD."""

import json
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from linggong.lib import clock, trades
from linggong.places.queries import path_of
from linggong.posts.models import Job, Shift
from linggong.web.public.slips import sentence

PER = {"hour": "HOUR", "day": "DAY", "month": "MONTH"}
"""schema.org's unitText knows no pay by the piece or for a whole job: such pay is told in the description only."""


def json_ld(shift: Shift, address: str) -> SafeString:
    """What stands between `<script type="application/ld+json">` and its end; no text in it can close the tag."""
    text = json.dumps(posting(shift, address), ensure_ascii=False)
    safe = text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(safe)  # nosec: the three characters that markup is made of are escaped


def posting(shift: Shift, address: str) -> dict[str, Any]:
    """https://schema.org/JobPosting of one shift; `address` is its page."""
    job = shift.job
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": "\n".join(filter(None, [strip_tags(sentence(shift)), job.description])),
        "identifier": {"@type": "PropertyValue", "name": "linggong", "value": str(shift.id)},
        "url": address,
        "datePosted": clock.local(job.opened_at or job.created_at).isoformat(),
        "validThrough": clock.local(shift.ends).isoformat(),
        "jobStartDate": clock.local(shift.starts).date().isoformat(),
        "employmentType": ["TEMPORARY", "PER_DIEM"],
        "occupationalCategory": trades.name(job.trade),
        "totalJobOpenings": shift.places - shift.taken,
        "directApply": True,
        "hiringOrganization": {"@type": "Organization", "name": job.employer_name},
        "jobLocation": _place(job),
        **_salary(job),
    }


def _place(job: Job) -> dict[str, Any]:
    names = [division.name for division in path_of(job.division)]
    region = dict(zip(("addressRegion", "addressLocality"), (names[0], "".join(names[1:])), strict=True))
    return {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressCountry": "CN", **region, "streetAddress": job.place_name},
        "geo": {"@type": "GeoCoordinates", "latitude": job.latitude, "longitude": job.longitude},
    }


def _salary(job: Job) -> dict[str, Any]:
    if job.pay_unit not in PER:
        return {}
    value = {"@type": "QuantitativeValue", "value": job.pay_fen / 100, "unitText": PER[job.pay_unit]}
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "CNY", "value": value}}
