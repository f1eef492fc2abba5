"""/employer/…: where each page of the employer lives."""

from django.urls import path

from linggong.web.employer import home, jobs, own, pay, people, posting, register, shifts, work

app_name = "employer"
urlpatterns = [
    path("", home.home, name="home"),
    path("register/", register.register, name="register"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/new/", posting.new, name="job_new"),
    path("jobs/market/", posting.market, name="market"),
    path("jobs/<uuid:id>/", jobs.job, name="job"),
    path("jobs/<uuid:id>/repeat/", posting.repeat, name="repeat"),
    path("jobs/<uuid:id>/withdraw/", jobs.withdraw, name="withdraw"),
    path("shifts/<uuid:id>/", shifts.shift, name="shift"),
    path("shifts/<uuid:id>/places/", shifts.change_places, name="places"),
    path("shifts/<uuid:id>/ask/", shifts.ask_more, name="ask_more"),
    path("shifts/<uuid:id>/by-name/", shifts.by_name, name="by_name"),
    path("shifts/<uuid:id>/code/", shifts.code, name="code"),
    path("shifts/<uuid:id>/roll-call/", shifts.roll_call, name="roll_call"),
    path("shifts/<uuid:id>/cancel/", shifts.cancel, name="shift_cancel"),
    path("shifts/<uuid:id>/hours/", work.hours, name="hours"),
    path("shifts/<uuid:id>/pay/", pay.shift_pay, name="shift_pay"),
    path("offers/<uuid:id>/confirm/", shifts.confirm, name="offer_confirm"),
    path("offers/<uuid:id>/refuse/", shifts.refuse, name="offer_refuse"),
    path("people/<uuid:id>/", people.person, name="person"),
    path("people/<uuid:id>/telephone/", people.telephone, name="telephone"),
    path("people/<uuid:id>/cancel/", people.cancel, name="person_cancel"),
    path("people/<uuid:id>/rate/", people.rate, name="rate"),
    path("people/<uuid:id>/block/", people.block, name="block"),
    path("people/<uuid:id>/hours/", work.correct, name="correct"),
    path("pay/", pay.pay, name="pay"),
    path("pay/<uuid:id>/", pay.wage, name="wage"),
    path("receipts/<uuid:id>/", pay.receipt, name="receipt"),
    path("messages/", own.messages, name="messages"),
    path("me/", own.mine, name="me"),
]
