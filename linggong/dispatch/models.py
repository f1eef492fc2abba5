"""派工: whom the market asks, what they answer, and who has which place.

Names of people are copied into offers and placements, so that the other side sees whom it deals with and
nothing more of their record.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer
from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped
from linggong.posts.models import Shift
from linggong.workers.models import Worker


class Wave(Record):
    """One round of asking for a shift, with what the engine knew, so that it can be replayed."""

    scoped_by = Scoped(employer="employer_id")

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="waves")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    deadline = models.DateTimeField()
    weights_version = models.CharField(max_length=40)
    model_version = models.CharField(max_length=40, blank=True, help_text="of the chances; empty: the usual ones")
    log_position = models.BigIntegerField(default=0, help_text="the place in the log of changes it was reckoned from")
    plan = models.ForeignKey("DayPlan", models.SET_NULL, null=True, related_name="+")
    considered = models.JSONField(default=list, help_text="worker, points and chance of a yes, in the order of asking")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["shift", "number"], name="wave_number_once_a_shift")]


class Offer(Record):
    """派工单: one worker and one shift, from the first asking to the last word."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id", also="referred_by_id = (SELECT scope_worker())")

    class Origin(models.TextChoices):
        WAVE = "wave", _("系统推荐")
        HALL = "hall", _("大厅叫号")
        DESK = "desk", _("窗口推荐")
        NAMED = "named", _("用工主体点名")
        APPLICATION = "application", _("自己报名")
        REFERRAL = "referral", _("工友介绍")
        STANDBY = "standby", _("候补")

    class State(models.TextChoices):
        WAITING = "waiting", _("等答复")
        APPLIED = "applied", _("等用工主体确认")
        ACCEPTED = "accepted", _("已确认")
        DECLINED = "declined", _("不去")
        REFUSED = "refused", _("用工主体未选")
        PASSED_ON = "passed_on", _("介绍给工友")
        EXPIRED = "expired", _("过时未答")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Decline(models.TextChoices):
        BUSY = "busy", _("那天有事")
        FAR = "far", _("太远")
        PAY = "pay", _("工钱不合适")
        WORK = "work", _("不会干这个")
        HEALTH = "health", _("身体不舒服")
        EMPLOYER = "employer", _("不想去这家")
        OTHER = "other", _("别的原因")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="offers")
    worker_name = models.CharField(max_length=40)
    card_number = models.PositiveIntegerField()
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="offers")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    wave = models.ForeignKey(Wave, models.SET_NULL, null=True, related_name="offers")
    origin = models.CharField(max_length=12, choices=Origin)
    referred_by = models.ForeignKey(Worker, models.SET_NULL, null=True, related_name="referrals")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    deadline = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decline = models.CharField(max_length=10, choices=Decline, blank=True)
    words = models.CharField(max_length=200, blank=True, help_text="what was said with the answer")
    fit = models.JSONField(default=dict, help_text="terms, weights' version, distance in metres")
    reason_zh = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "shift"],
                name="one_live_offer_a_worker_and_shift",
                condition=models.Q(state__in=["waiting", "applied", "accepted"]),
            )
        ]
        indexes = [
            models.Index(fields=["worker", "-created_at"], name="offer_by_worker"),
            models.Index(fields=["shift", "state"], name="offer_by_shift"),
            models.Index(fields=["deadline"], name="offer_by_deadline", condition=models.Q(state="waiting")),
        ]


class Placement(Record):
    """达成意向: a confirmed place. The database keeps one worker's placements from overlapping."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("已确认")
        ARRIVED = "arrived", _("已上岗")
        FINISHED = "finished", _("已完工")
        NO_SHOW = "no_show", _("未到岗")
        CANCELLED_BY_WORKER = "cancelled_by_worker", _("本人取消")
        CANCELLED_BY_EMPLOYER = "cancelled_by_employer", _("用工主体取消")

    HOLDS_TIME = [State.CONFIRMED, State.ARRIVED, State.FINISHED]

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="placements")
    worker_name = models.CharField(max_length=40)
    card_number = models.PositiveIntegerField()
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="placements")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    offer = models.OneToOneField(Offer, models.PROTECT, related_name="placement")
    period = DateTimeRangeField(
        null=True, help_text="[start, end); none for piecework, which keeps nobody from other work"
    )
    starts = models.DateTimeField()
    state = models.CharField(max_length=24, choices=State, default=State.CONFIRMED)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts"]
        constraints = [
            ExclusionConstraint(
                name="worker_never_double_booked",
                expressions=[("worker", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=models.Q(state__in=["confirmed", "arrived", "finished"]),
            ),
            models.UniqueConstraint(
                fields=["worker", "shift"],
                name="one_place_a_worker_and_shift",
                condition=models.Q(state__in=["confirmed", "arrived", "finished"]),
            ),
        ]
        indexes = [
            models.Index(fields=["division", "starts"], name="placement_by_start"),
            models.Index(fields=["shift", "state"], name="placement_by_shift"),
            models.Index(fields=["starts"], name="placement_awaited", condition=models.Q(state="confirmed")),
            models.Index(fields=["worker", "-starts"], name="placement_by_worker"),
            models.Index(fields=["employer", "-starts"], name="placement_by_employer"),
        ]


class Standby(Record):
    """候补: a worker who agreed to step in for a shift that is full."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class State(models.TextChoices):
        WAITING = "waiting", _("候补中")
        CALLED = "called", _("已叫到")
        RELEASED = "released", _("不用等了")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="+")
    worker_name = models.CharField(max_length=40)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="standbys")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "shift"], name="one_standby_a_worker_and_shift", condition=models.Q(state="waiting")
            )
        ]


class Block(Record):
    """A worker and an employer who are not brought together again, and who wished it."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    wished_by = models.CharField(max_length=10, choices=[("worker", _("零工人员")), ("employer", _("用工主体"))])
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "employer"], name="block_once_a_pair")]


class Reputation(Record):
    """A worker's running record: agreed shifts kept and missed, and what employers gave in stars."""

    scoped_by = Scoped(worker="worker_id")

    worker = models.OneToOneField(Worker, models.CASCADE, related_name="reputation")
    division = models.CharField(max_length=12, db_collation="C")
    kept = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)


class DayPlan(Record):
    """Who should go where in a division, with all it was reckoned from, so that it can be reckoned again.

    A plan made from nothing keeps its whole snapshot. Those that go on from it are numbered links with it as their
    `base`, and each keeps what has changed since the link before.
    """

    scoped_by = Scoped()

    division = models.CharField(max_length=12, db_collation="C")
    base = models.ForeignKey("self", models.CASCADE, null=True, related_name="links")
    link = models.PositiveSmallIntegerField(default=0)
    snapshot = models.BinaryField(help_text="compressed: see matching.planning; of a link, matching.replanning.Change")
    placements = models.JSONField(default=dict, help_text="shift to workers")
    places = models.PositiveIntegerField()
    filled = models.PositiveIntegerField()
    total_fit = models.BigIntegerField()
    proved = models.BooleanField(help_text="the certificate of optimality holds")
    weights_version = models.CharField(max_length=40)
    log_position = models.BigIntegerField()
    looked_at = models.DateTimeField(help_text="when it was last found to hold still")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "link"], name="link_once_a_plan")]
        indexes = [models.Index(fields=["division", "-looked_at"], name="plan_by_division")]


class MatchingWeights(Record):
    """The points of a division and all below it, from a moment on; never changed, only followed by another version."""

    scoped_by = Scoped()

    division = models.CharField(max_length=12, db_collation="C")
    version = models.CharField(max_length=40, unique=True)
    valid_from = models.DateTimeField()
    points = models.JSONField(help_text="the fields of matching.model.Weights")
    changed_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["division", "-valid_from"], name="weights_by_division")]


class PlanRule(Record):
    """What a division's plans keep to beyond the fit, from a moment on; never changed, only followed by another."""

    scoped_by = Scoped()

    division = models.CharField(max_length=12, db_collation="C")
    valid_from = models.DateTimeField()
    priority_percent = models.PositiveSmallIntegerField(default=0, help_text="of each shift's places, for those groups")
    week_hours = models.PositiveSmallIntegerField(null=True, help_text="the most one person is planned for in a week")
    changed_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["division", "-valid_from"], name="plan_rule_by_division")]


class AcceptanceModel(Record):
    """How likely people of a division say yes and come, as learnt at one time; with the report on how well."""

    scoped_by = Scoped()

    division = models.CharField(max_length=12, db_collation="C")
    version = models.CharField(max_length=40, unique=True)
    weights = models.TextField(help_text="see matching.acceptance.Model.to_json")
    answers = models.PositiveIntegerField()
    report = models.TextField(help_text="see matching.acceptance_report.Report.to_json")

    class Meta:
        indexes = [models.Index(fields=["division", "-created_at"], name="model_by_division")]


class TransactionId(models.Field):  # type: ignore[type-arg]
    """A transaction's number as the database counts them, without wrapping around."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class Change(models.Model):
    """One entry of the log of what bears on matching: a worker or a shift that a statement touched.

    Written by triggers and by nobody else. `all` stands for a table emptied at once.
    """

    position = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=6, choices=[("worker", "worker"), ("shift", "shift"), ("all", "all")])
    about = models.UUIDField(null=True)
    xid = TransactionId()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["xid"], name="change_by_transaction"),
            models.Index(fields=["made_at"], name="change_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind} {self.about}"
