"""维权: wage arrears and other trouble that somebody must settle by a day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.cases.deadlines import next_due
from linggong.dispatch.models import Placement
from linggong.employers.models import Employer
from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped
from linggong.lib import clock
from linggong.workers.models import Worker


class Case(Record):
    scoped_by = Scoped(worker="worker_id")

    class Kind(models.TextChoices):
        ARREARS = "arrears", _("欠薪")
        DISPUTE = "dispute", _("纠纷")
        INJURY = "injury", _("工伤")

    class State(models.TextChoices):
        OPEN = "open", _("待受理")
        WORKING = "working", _("处理中")
        SETTLED = "settled", _("已办结")

    kind = models.CharField(max_length=10, choices=Kind)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="cases")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    worker_name = models.CharField(max_length=40)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    employer_name = models.CharField(max_length=80)
    division = models.CharField(max_length=12, db_collation="C")
    claim_fen = models.PositiveIntegerField(default=0)
    recovered_fen = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    handler = models.CharField(max_length=80, blank=True, help_text="who has taken it")
    taken_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True, help_text="the first report after it was taken")
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "kind"], name="one_open_case_a_kind", condition=~models.Q(state="settled")
            )
        ]
        indexes = [models.Index(fields=["division", "due_on"], name="case_open", condition=~models.Q(state="settled"))]

    @property
    def next_due_on(self) -> date:
        """The day by which the next act is due."""
        opened_on = clock.local(self.created_at).date()
        return next_due(opened_on, taken=self.taken_at is not None, reported=self.reported_at is not None)


class CaseStep(Record):
    """What was done in a case. Appended, never edited."""

    scoped_by = Scoped(append_only=True)

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    division = models.CharField(max_length=12, db_collation="C")
    by_name = models.CharField(max_length=80)
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["created_at"]
