"""A request as the views see it: with its viewer."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from linggong.accounts.models import Account
from linggong.foundation.viewer import Viewer


class Request(HttpRequest):
    """What the middleware has made of a request; used as the type of every view's argument."""

    viewer: Viewer
    htmx: HtmxDetails
    user: Account
