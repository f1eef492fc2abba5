"""/worker/…: where each page of the worker lives."""

from django.urls import path

from linggong.web.worker import helping, home, jobs, offers, pay, register, resume, shifts

app_name = "worker"
urlpatterns = [
    path("", home.home, name="home"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:shift_id>/", jobs.job, name="job"),
    path("jobs/<uuid:shift_id>/apply/", jobs.apply, name="apply"),
    path("jobs/<uuid:shift_id>/standby/", jobs.stand_by, name="standby"),
    path("offers/", offers.offers, name="offers"),
    path("offers/<uuid:offer_id>/", offers.offer, name="offer"),
    path("offers/<uuid:offer_id>/accept/", offers.accept, name="accept"),
    path("offers/<uuid:offer_id>/decline/", offers.decline, name="decline"),
    path("offers/<uuid:offer_id>/pass-on/", offers.pass_on, name="pass_on"),
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/<uuid:placement_id>/", shifts.shift, name="shift"),
    path("shifts/<uuid:placement_id>/cancel/", shifts.cancel, name="cancel"),
    path("shifts/<uuid:placement_id>/arrived/", shifts.arrived, name="arrived"),
    path("shifts/<uuid:placement_id>/leave/", shifts.leave, name="leave"),
    path("shifts/<uuid:placement_id>/contest/", shifts.contest, name="contest"),
    path("shifts/<uuid:placement_id>/rate/", shifts.rate, name="rate"),
    path("arrive/<uuid:shift_id>/<slug:code>/", shifts.arrive, name="arrive"),
    path("pay/", pay.pay, name="pay"),
    path("pay/<uuid:wage_id>/", pay.wage, name="wage"),
    path("pay/<uuid:wage_id>/received/", pay.received, name="received"),
    path("pay/<uuid:wage_id>/not-received/", pay.not_received, name="not_received"),
    path("resume/", resume.resume, name="resume"),
    path("resume/looking/", resume.looking, name="looking"),
    path("resume/<slug:part>/", resume.edit, name="resume_edit"),
    path("messages/", helping.messages, name="messages"),
    path("register/", register.begin, name="register"),
    path("register/<slug:step>/", register.answer, name="register_step"),
    path("help/", helping.help_page, name="help"),
]
