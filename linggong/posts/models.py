"""岗位: what is offered, in shifts with places, and what the screening found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer
from linggong.foundation.records import Record, SealedField
from linggong.places.models import Site
from linggong.workers.models import PayUnit, Sex


class Job(Record):
    """An advert (条). Public once open; where and when the work is stands in its shifts."""

    class Kind(models.TextChoices):
        SHIFT = "shift", _("到场干活")
        PIECEWORK = "piecework", _("手工活带回家")

    class State(models.TextChoices):
        CHECKING = "checking", _("待审核")
        OPEN = "open", _("招人中")
        REFUSED = "refused", _("未通过")
        CLOSED = "closed", _("已结束")
        WITHDRAWN = "withdrawn", _("已撤下")

    class Settlement(models.TextChoices):
        DAILY = "daily", _("日结")
        WEEKLY = "weekly", _("周结")
        MONTHLY = "monthly", _("月结")
        ON_COMPLETION = "on_completion", _("干完就结")

    class Source(models.TextChoices):
        DESK = "desk", _("窗口代发")
        PHONE = "phone", _("手机发布")
        SHEET = "sheet", _("表格导入")
        REPEAT = "repeat", _("再招一次")
        API = "api", _("接口")
        MESSAGE = "message", _("群消息")

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="jobs")
    employer_name = models.CharField(max_length=80)
    entrusted_to = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="entrusted_jobs")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SHIFT)
    trade = models.CharField(max_length=24)
    title = models.CharField(max_length=60)
    description = models.TextField(blank=True, max_length=1000)
    division = models.CharField(max_length=12, db_collation="C")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    place_name = models.CharField(max_length=80)
    latitude = models.FloatField()
    longitude = models.FloatField()
    in_town = models.BooleanField(default=True)
    contact_name = models.CharField(max_length=40)
    contact_telephone = SealedField("telephone")
    contact_masked = models.CharField(max_length=20)

    pay_fen = models.PositiveIntegerField()
    pay_unit = models.CharField(max_length=6, choices=PayUnit)
    settlement = models.CharField(max_length=14, choices=Settlement, default=Settlement.DAILY)
    break_minutes = models.PositiveSmallIntegerField(default=0)
    pieces = models.PositiveIntegerField(null=True, help_text="piecework: how many in all")
    due_on = models.DateField(null=True, help_text="piecework: when it is handed in")

    certificates = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    age_min = models.PositiveSmallIntegerField(default=16)
    age_max = models.PositiveSmallIntegerField(null=True)
    gender = models.CharField(max_length=6, choices=Sex, blank=True)
    gender_ground = models.CharField(max_length=200, blank=True, help_text="the lawful ground of a restriction")
    meals = models.BooleanField(null=True)
    lodging = models.BooleanField(null=True)
    transport = models.BooleanField(null=True)
    bring = models.CharField(max_length=100, blank=True)

    instant_confirmation = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    state_reason = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=8, choices=Source)
    repeated_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["division", "state", "-created_at"], name="job_by_division"),
            models.Index(fields=["employer", "-created_at"], name="job_by_employer"),
            models.Index(fields=["trade"], name="open_job_by_trade", condition=models.Q(state="open")),
        ]
        constraints = [models.CheckConstraint(name="job_from_sixteen", condition=models.Q(age_min__gte=16))]

    def __str__(self) -> str:
        return self.title


class Shift(Record):
    """When a job's work is done and by how many. `taken` places can never pass `places`.

    Piecework has one shift from its opening to its due date, which keeps nobody from other work.
    """

    class State(models.TextChoices):
        OPEN = "open", _("招人中")
        CANCELLED = "cancelled", _("已取消")

    job = models.ForeignKey(Job, models.CASCADE, related_name="shifts")
    trade = models.CharField(max_length=24)
    division = models.CharField(max_length=12, db_collation="C")
    latitude = models.FloatField()
    longitude = models.FloatField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    places = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    lent = models.PositiveIntegerField(default=0, help_text="places added for standbys while somebody is missing")
    listed = models.BooleanField(default=False, help_text="its job is open to the public")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    filled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(name="shift_never_oversold", condition=models.Q(taken__lte=models.F("places"))),
            models.CheckConstraint(name="shift_has_places", condition=models.Q(places__gte=1)),
            models.CheckConstraint(name="shift_ends_after_start", condition=models.Q(ends__gt=models.F("starts"))),
        ]
        indexes = [
            models.Index(
                fields=["trade", "latitude", "longitude"],
                name="open_shift_by_trade",
                condition=models.Q(listed=True, state="open", taken__lt=models.F("places")),
            ),
            models.Index(
                fields=["division", "starts"],
                name="open_shift_by_start",
                condition=models.Q(listed=True, state="open"),
            ),
            models.Index(fields=["starts"], name="shift_by_start"),
        ]


class Finding(Record):
    """What a screening rule found in a job, and what a clerk decided about it."""

    class Decision(models.TextChoices):
        WAITING = "", _("待定")
        ALLOWED = "allowed", _("可以发布")
        UPHELD = "upheld", _("不能发布")

    job = models.ForeignKey(Job, models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=30)
    sentence_zh = models.CharField(max_length=200)
    sentence_en = models.CharField(max_length=300)
    ground = models.CharField(max_length=300)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
