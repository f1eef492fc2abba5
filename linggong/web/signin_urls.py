"""The pages of signing in and out."""

from django.urls import path

from linggong.web import signin

app_name = "signin"
urlpatterns = [
    path("signin/", signin.doors, name="doors"),
    path("signin/staff/", signin.staff, name="staff"),
    path("signin/worker/", signin.telephone, {"door": "worker"}, name="worker"),
    path("signin/worker/code/", signin.code, {"door": "worker"}, name="worker_code"),
    path("signin/worker/who/", signin.who, {"door": "worker"}, name="worker_who"),
    path("signin/employer/", signin.telephone, {"door": "employer"}, name="employer"),
    path("signin/employer/code/", signin.code, {"door": "employer"}, name="employer_code"),
    path("signin/employer/who/", signin.who, {"door": "employer"}, name="employer_who"),
    path("signout/", signin.signout, name="signout"),
]
