"""上岗: who came, how it is known, how long they worked, and who is missing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.dispatch.models import Placement
from linggong.employers.models import Employer
from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped
from linggong.workers.models import Worker


class Attendance(Record):
    """The arrival (打卡) of one placement, and the hours or pieces that followed."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class Way(models.TextChoices):
        CODE = "code", _("扫码")
        EMPLOYER = "employer", _("用工主体点名")
        CLERK = "clerk", _("工作人员登记")

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="attendance")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    arrived_at = models.DateTimeField()
    arrived_way = models.CharField(max_length=8, choices=Way)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    left_at = models.DateTimeField(null=True)
    break_minutes = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveIntegerField(null=True)
    night_minutes = models.PositiveIntegerField(null=True)
    pieces = models.PositiveIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True, help_text="the hours or pieces were confirmed")
    confirmed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["division", "arrived_at"], name="arrival_by_division"),
            models.Index(fields=["arrived_at"], name="arrival_by_time"),
        ]


class MissingArrival(Record):
    """Somebody who did not come in time: raised by the clock, decided by a person, open to contest."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class State(models.TextChoices):
        OPEN = "open", _("未到，待核实")
        ARRIVED = "arrived", _("后来到了")
        EXCUSED = "excused", _("有正当理由")
        NO_SHOW = "no_show", _("记为未到岗")
        CONTESTED = "contested", _("本人申诉中")

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="missing")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    contested_at = models.DateTimeField(null=True)
    contest = models.CharField(max_length=300, blank=True)
    contest_decided_by = models.CharField(max_length=80, blank=True)
    contest_decided_at = models.DateTimeField(null=True)
    contest_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["division", "state", "-created_at"], name="missing_by_division")]
