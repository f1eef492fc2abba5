"""回访: what both sides thought of it, and the calls that are due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.dispatch.models import Placement
from linggong.employers.models import Employer
from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped
from linggong.workers.models import Worker


class Rating(Record):
    """What one side says of the other after the work."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class Side(models.TextChoices):
        WORKER = "worker", _("零工人员")
        EMPLOYER = "employer", _("用工主体")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="ratings")
    side = models.CharField(max_length=8, choices=Side, help_text="who rates")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    stars = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300, blank=True)
    as_advertised = models.BooleanField(null=True, help_text="worker's side: was the job what the advert said")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "side"], name="one_rating_a_side"),
            models.CheckConstraint(name="stars_one_to_five", condition=models.Q(stars__gte=1, stars__lte=5)),
        ]


class CallBack(Record):
    """A call that is due to a worker after a placement, and what came of it."""

    scoped_by = Scoped()

    class Kind(models.TextChoices):
        FIRST_DAY = "first_day", _("首日回访")
        WEEK = "week", _("一周回访")

    class State(models.TextChoices):
        DUE = "due", _("待回访")
        DONE = "done", _("已回访")
        GIVEN_UP = "given_up", _("多次未接通")

    class Outcome(models.TextChoices):
        WORKING = "working", _("在干，一切正常")
        FINISHED_WELL = "finished_well", _("干完了，已结清")
        UNPAID = "unpaid", _("工钱没结清")
        OUT_OF_WORK = "out_of_work", _("又没活了，要再服务")
        TROUBLE = "trouble", _("有纠纷或受伤")
        NOT_LOOKING = "not_looking", _("暂时不找活")
        NO_ANSWER = "no_answer", _("没接通")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="call_backs")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="call_backs")
    worker_name = models.CharField(max_length=40)
    card_number = models.PositiveIntegerField()
    job_title = models.CharField(max_length=60)
    employer_name = models.CharField(max_length=80)
    worked_on = models.DateField()
    division = models.CharField(max_length=12, db_collation="C", help_text="of the worker, whose market calls")
    kind = models.CharField(max_length=10, choices=Kind)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    note = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)
    followed_at = models.DateTimeField(null=True, help_text="what it brought to light was taken up")

    class Meta:
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["placement", "kind"], name="one_call_of_a_kind")]
        indexes = [
            models.Index(fields=["division", "due_at"], name="call_due", condition=models.Q(state="due")),
            models.Index(fields=["worker", "kind", "due_at"], name="call_by_worker"),
            models.Index(
                fields=["done_at"],
                name="call_to_follow",
                condition=models.Q(state="done", followed_at=None, outcome__in=["unpaid", "trouble"]),
            ),
        ]
