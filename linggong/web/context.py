"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from linggong.foundation.viewer import PUBLIC


def surface(request: HttpRequest) -> dict[str, object]:
    """`viewer`: who looks; `demo`: whether this copy shows the demo county."""
    return {"viewer": getattr(request, "viewer", PUBLIC), "demo": settings.DEMO}
