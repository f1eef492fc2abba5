"""零工人员: who they are, what they can and want, and how their records came in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.foundation.records import Record, SealedField
from linggong.foundation.scope import Scoped
from linggong.places.models import Site


class Sex(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class PayUnit(models.TextChoices):
    HOUR = "hour", _("每小时")
    DAY = "day", _("一天")
    MONTH = "month", _("一个月")
    PIECE = "piece", _("一件")
    JOB = "job", _("整个活")


class PriorityGroup(models.TextChoices):
    """重点群体, as the employment documents name them."""

    GRADUATE = "graduate", _("高校毕业生")
    MIGRANT = "migrant", _("农民工")
    OUT_OF_POVERTY = "out_of_poverty", _("脱贫人口")
    DEMOBILISED = "demobilised", _("退役军人")
    DISABLED = "disabled", _("残疾人")
    HARD_TO_PLACE = "hard_to_place", _("就业困难人员")
    ZERO_EMPLOYMENT = "zero_employment", _("零就业家庭成员")
    OVER_AGE = "over_age", _("大龄失业人员")


class Worker(Record):
    scoped_by = Scoped(worker="id")

    class State(models.TextChoices):
        ACTIVE = "active", _("求职中")
        PAUSED = "paused", _("暂不找活")
        ARCHIVED = "archived", _("已停用")

    card_number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=40)
    sort_key = models.CharField(max_length=120, db_collation="C")
    identity_number = SealedField("identity")
    identity_index = models.CharField(max_length=64, unique=True)
    identity_masked = models.CharField(max_length=18)
    birth_date = models.DateField()
    sex = models.CharField(max_length=6, choices=Sex)
    telephone = SealedField("telephone", default="")
    telephone_index = models.CharField(max_length=64, blank=True, db_index=True)
    telephone_masked = models.CharField(max_length=20, blank=True)
    contact_name = models.CharField(max_length=40, blank=True, help_text="a neighbour or relative who takes calls")
    contact_telephone = SealedField("telephone", default="")
    contact_telephone_masked = models.CharField(max_length=20, blank=True)
    division = models.CharField(max_length=12, db_collation="C")
    address = SealedField("address", default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    in_town = models.BooleanField(default=True)

    wishes = models.CharField(max_length=200, blank=True)
    pay_asked_fen = models.PositiveIntegerField(null=True)
    pay_unit = models.CharField(max_length=6, choices=PayUnit, default=PayUnit.DAY)
    open_to_less = models.BooleanField(default=False)
    reach_m = models.PositiveIntegerField(null=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="0 is Monday; empty: any"
    )
    available_from = models.TimeField(null=True)
    available_until = models.TimeField(null=True)
    priority_groups = ArrayField(models.CharField(max_length=16, choices=PriorityGroup), default=list, blank=True)
    may_be_contacted = models.BooleanField(default=True)
    takes_standby = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    source = models.CharField(max_length=12)
    registered_at = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    last_worked_on = models.DateField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["division", "-created_at"], name="worker_by_division"),
            models.Index(
                fields=["latitude", "longitude"], name="worker_by_position", condition=models.Q(state="active")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Skill(models.IntegerChoices):
    LEARNING = 0, _("在学")
    BASIC = 1, _("会一点")
    SKILLED = 2, _("熟练")
    MASTER = 3, _("师傅")


class WorkerTrade(Record):
    """A trade the worker can do."""

    scoped_by = Scoped(worker="worker_id")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="trades")
    division = models.CharField(max_length=12, db_collation="C")
    trade = models.CharField(max_length=24)
    skill = models.PositiveSmallIntegerField(choices=Skill, default=Skill.SKILLED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "trade"], name="trade_once_a_worker")]
        indexes = [models.Index(fields=["trade", "division"], name="worker_by_trade")]


class Certificate(Record):
    """健康证, 低压电工证 ..., with the day it runs out."""

    scoped_by = Scoped(worker="worker_id")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="certificates")
    division = models.CharField(max_length=12, db_collation="C")
    name = models.CharField(max_length=40)
    expires_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "name"], name="certificate_once_a_worker")]


class Consent(Record):
    """What the person agreed to: the words shown, when, and who asked."""

    scoped_by = Scoped(worker="worker_id", append_only=True)

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="consents")
    division = models.CharField(max_length=12, db_collation="C")
    version = models.CharField(max_length=20)
    shown = models.TextField()
    way = models.CharField(max_length=12)
    asked_by = models.CharField(max_length=80)


class WorkerKey(Record):
    """Under which a worker is found: name, pinyin, initials, card, last four digits. Compared byte by byte."""

    scoped_by = Scoped(worker="worker_id")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="keys")
    division = models.CharField(max_length=12, db_collation="C")
    key = models.CharField(max_length=120, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "key"], name="key_once_a_worker")]
        indexes = [models.Index(fields=["key", "division"], name="worker_by_key")]


class RosterImport(Record):
    """A roster on its way in. Each row is settled once, so the work can stop and go on anywhere."""

    scoped_by = Scoped()

    class State(models.TextChoices):
        MAPPING = "mapping", _("核对列名")
        RUNNING = "running", _("导入中")
        DONE = "done", _("导入完成")

    division = models.CharField(max_length=12, db_collation="C")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    filename = models.CharField(max_length=120)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    merge_duplicates = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.MAPPING)
    by_account = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)


class RosterRow(Record):
    """One row of a roster: sealed as it came, and what became of it."""

    scoped_by = Scoped()

    class State(models.TextChoices):
        WAITING = "waiting", _("待导入")
        ADDED = "added", _("新登记")
        MERGED = "merged", _("已合并")
        KNOWN = "known", _("已登记过")
        REFUSED = "refused", _("有错误")

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    division = models.CharField(max_length=12, db_collation="C")
    number = models.PositiveIntegerField()
    cells = SealedField("roster")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    column = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=200, blank=True)
    worker = models.ForeignKey(Worker, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="row_once_a_roster")]
        indexes = [models.Index(fields=["roster", "state", "number"], name="row_by_state")]
