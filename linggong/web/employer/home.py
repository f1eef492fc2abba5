"""今天: each shift with how far it is and the one next act."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from linggong.web.employer.board import boards, days_shifts, money
from linggong.web.employer.pages import me, show
from linggong.web.employer.posting import earlier_jobs
from linggong.web.guards import employer_only
from linggong.web.requests import Request


@require_GET
@employer_only
def home(request: Request) -> HttpResponse:
    """What needs a hand now, then what goes by itself."""
    employer = me(request)
    rows = boards(days_shifts(request.viewer))
    return show(
        request,
        "home",
        employer=employer,
        now=[row for row in rows if not row.over],
        done=[row for row in rows if row.over and (row.arrived or row.to_pay_fen)],
        money=money(request.viewer),
        again=earlier_jobs(employer, request.viewer),
    )
