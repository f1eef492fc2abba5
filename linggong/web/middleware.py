"""What happens around every page: the viewer's scope, and input that is refused before it reaches a view."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from linggong.accounts.queries import viewer_of
from linggong.foundation.scope import within

Respond = Callable[[HttpRequest], HttpResponse]


class BadInputMiddleware:
    """NUL characters and broken encodings in what was sent get a sentence, never a failure in the database."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            texts = [request.path, *request.GET.values()]
            if request.content_type != "multipart/form-data" and request.method == "POST":
                texts += list(request.POST.values())
            bad = any("\0" in str(text) for text in texts)
        except (BadRequest, UnicodeError, ValueError):
            bad = True
        return render(request, "400.html", status=400) if bad else self.get_response(request)


class ScopeMiddleware:
    """Runs each view inside one transaction that reaches what its viewer may reach."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        request.viewer = viewer_of(request.user)  # type: ignore[attr-defined]
        with within(request.viewer):  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)
