"""The pages, surface by surface."""

from django.urls import include, path
from django.views.i18n import set_language

from linggong.web.preferences import set_text_size

urlpatterns = [
    path("", include("linggong.web.public.urls")),
    path("", include("linggong.web.signin_urls")),
    path("worker/", include("linggong.web.worker.urls")),
    path("employer/", include("linggong.web.employer.urls")),
    path("desk/", include("linggong.web.desk.urls")),
    path("hall/", include("linggong.web.hall.urls")),
    path("styleguide/", include("linggong.web.styleguide.urls")),
    path("language/", set_language, name="set_language"),
    path("text-size/", set_text_size, name="set_text_size"),
]
