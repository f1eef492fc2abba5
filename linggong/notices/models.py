"""What must reach whom: the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped


class Notice(Record):
    """A message to one recipient by one channel. It waits in the outbox until the channel has taken it."""

    scoped_by = Scoped(
        anyone_adds=True, also="recipient_id = (SELECT scope_worker()) OR recipient_id = (SELECT scope_employer())"
    )

    class Recipient(models.TextChoices):
        WORKER = "worker", _("零工人员")
        EMPLOYER = "employer", _("用工主体")
        DESK = "desk", _("窗口")
        TELEPHONE = "telephone", _("电话号码")

    class Channel(models.TextChoices):
        APP = "app", _("站内消息")
        SMS = "sms", _("短信")
        HALL = "hall", _("大厅叫号")

    class State(models.TextChoices):
        WAITING = "waiting", _("待发")
        SENT = "sent", _("已发")
        FAILED = "failed", _("发送失败")
        CANCELLED = "cancelled", _("已取消")

    recipient = models.CharField(max_length=10, choices=Recipient)
    recipient_id = models.UUIDField(null=True)
    division = models.CharField(max_length=12)
    channel = models.CharField(max_length=10, choices=Channel)
    topic = models.CharField(max_length=40)
    about_id = models.UUIDField(null=True)
    text = models.TextField()
    path = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["not_before"], name="notice_outbox", condition=models.Q(state="waiting")),
            models.Index(fields=["recipient_id", "-created_at"], name="notice_by_recipient"),
            models.Index(fields=["about_id"], name="notice_by_subject"),
            models.Index(fields=["division", "-created_at"], name="notice_in_hall", condition=models.Q(channel="hall")),
        ]
