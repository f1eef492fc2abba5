"""/hall/…: the screens."""

from django.urls import path

from linggong.web.hall import views

app_name = "hall"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:code>/", views.hall, name="hall"),
    path("<slug:code>/data.json", views.data, name="data"),
]
