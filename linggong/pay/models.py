"""结算: what is owed to a worker, what was paid, and whether it arrived.

Money goes from employers to workers only; nothing here can hold a sum that a worker would owe.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.dispatch.models import Placement
from linggong.employers.models import Employer
from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped
from linggong.workers.models import Worker


class Wage(Record):
    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class State(models.TextChoices):
        OWED = "owed", _("待发")
        PAID = "paid", _("已发，等本人确认")
        RECEIVED = "received", _("本人已收到")
        DISPUTED = "disputed", _("本人说没收到")

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="wage")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="wages")
    worker_name = models.CharField(max_length=40)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    employer_name = models.CharField(max_length=80)
    division = models.CharField(max_length=12, db_collation="C")
    owed_fen = models.PositiveIntegerField()
    paid_fen = models.PositiveIntegerField(default=0, help_text="the sum of its payments")
    lines = models.JSONField(default=list)
    under_minimum = models.BooleanField(default=False)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    answered_at = models.DateTimeField(null=True)
    dispute = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["division", "due_on"], name="wage_open", condition=models.Q(state__in=["owed", "disputed"])
            ),
            models.Index(fields=["worker", "-created_at"], name="wage_by_worker"),
            models.Index(fields=["employer", "-created_at"], name="wage_by_employer"),
        ]
        constraints = [
            models.CheckConstraint(
                name="never_paid_more_than_owed", condition=models.Q(paid_fen__lte=models.F("owed_fen"))
            )
        ]

    @property
    def left_fen(self) -> int:
        """What is still to be paid."""
        return self.owed_fen - self.paid_fen


class Payment(Record):
    """A payment of an employer to a worker, as the employer states it."""

    scoped_by = Scoped(worker="worker_id", employer="employer_id")

    class Way(models.TextChoices):
        CASH = "cash", _("现金")
        WECHAT = "wechat", _("微信")
        ALIPAY = "alipay", _("支付宝")
        BANK = "bank", _("银行转账")

    wage = models.ForeignKey(Wage, models.PROTECT, related_name="payments")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    division = models.CharField(max_length=12, db_collation="C")
    amount_fen = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    reference = models.CharField(max_length=60, blank=True)
    receipt = models.FileField(upload_to="receipts/%Y/%m/", blank=True)
    recorded_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(name="payment_is_something", condition=models.Q(amount_fen__gt=0))]
