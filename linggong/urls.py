"""All addresses, surface by surface."""

from django.urls import include, path

urlpatterns = [
    path("", include("linggong.web.urls")),
    path("", include("linggong.api.urls")),
]
