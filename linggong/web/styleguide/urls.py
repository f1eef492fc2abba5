"""/styleguide/ and /styleguide/<surface>/."""

from django.urls import path

from linggong.web.styleguide import views

app_name = "styleguide"
urlpatterns = [
    path("", views.show, {"surface": "public"}, name="public"),
    path("worker/", views.show, {"surface": "worker"}, name="worker"),
    path("employer/", views.show, {"surface": "employer"}, name="employer"),
    path("desk/", views.show, {"surface": "desk"}, name="desk"),
    path("hall/", views.show, {"surface": "hall"}, name="hall"),
]
