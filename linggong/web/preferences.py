"""What a reader prefers, kept in a cookie: the size of the text on the worker's pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

TEXT_SIZES = (18, 20, 24, 30)
DEFAULT_TEXT_SIZE = 20
COOKIE = "text_size"
A_YEAR = 365 * 24 * 3600


def text_size_of(request: HttpRequest | None) -> int:
    """The size chosen, in px; the usual one where nothing sensible was chosen."""
    chosen = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return next((size for size in TEXT_SIZES if str(size) == chosen), DEFAULT_TEXT_SIZE)


@require_POST
def set_text_size(request: HttpRequest) -> HttpResponse:
    """Remembers the size and goes back to the page."""
    page = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(page if safe else "/")
    chosen = request.POST.get("size", "")
    if chosen in {str(size) for size in TEXT_SIZES}:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax")
    return response
