"""收到的消息: what came in as plain words, what was read in it, and what a clerk made of it.

Texts, senders and secrets are sealed. What was read is not stored: the reader gives the same reading of the same
text, so only what lists and searches need stands beside it, and nothing of that can be called or written to.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.foundation.records import Record, SealedField
from linggong.foundation.scope import Scoped
from linggong.intake import Item
from linggong.posts.models import Job
from linggong.workers.models import Worker


class Severity(models.TextChoices):
    OFF = "off", _("不启用")
    ASK = "ask", _("由工作人员决定")
    STOP = "stop", _("不能发布")


class Source(Record):
    """A group assistant or mini-program that sends messages by signed calls."""

    scoped_by = Scoped()

    division = models.CharField(max_length=12, db_collation="C")
    name = models.CharField(max_length=80)
    secret = SealedField("webhook")
    by_name = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name


class Delivery(Record):
    """One paste, file or call, with how many messages it brought that were not known."""

    scoped_by = Scoped()

    class Way(models.TextChoices):
        PASTE = "paste", _("粘贴")
        FILE = "file", _("文件")
        API = "api", _("接口")
        HOOK = "hook", _("群助手")

    division = models.CharField(max_length=12, db_collation="C")
    way = models.CharField(max_length=6, choices=Way)
    label = models.CharField(max_length=80, blank=True, help_text="the group, file or program it came from")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="deliveries")
    signature = models.CharField(max_length=64, null=True, unique=True, help_text="of a signed call, taken once")
    by_name = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=0)


class Message(Record):
    """One message (条). `kind` is empty until it has been read: these rows are the queue of what is to be read."""

    scoped_by = Scoped()

    class Kind(models.TextChoices):
        JOB = "job", _("招工")
        SEEKER = "seeker", _("求职")
        OTHER = "other", _("其他")

    class Kinship(models.TextChoices):
        SAME = "same", _("重复")
        CHANGED = "changed", _("有变化")
        CORRECTION = "correction", _("更正")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="messages")
    division = models.CharField(max_length=12, db_collation="C")
    sent_at = models.DateTimeField()
    sender = SealedField("name")
    sender_index = models.CharField(max_length=64, blank=True)
    text = SealedField("message")
    fingerprint = models.CharField(max_length=64, help_text="of text, sender and time")

    kind = models.CharField(max_length=6, choices=Kind, blank=True)
    gist = models.CharField(max_length=160, blank=True, help_text="a line for lists, digits hidden")
    trades = ArrayField(models.CharField(max_length=24), default=list)
    phones = ArrayField(models.CharField(max_length=64), default=list, help_text="indexes of the telephones")

    like = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    like_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    kinship = models.CharField(max_length=10, choices=Kinship, blank=True)
    likeness = models.FloatField(default=0)
    changes = models.JSONField(default=list, help_text="item, field, before, after")
    forgotten_at = models.DateTimeField(null=True, help_text="when its words were wiped")

    items: tuple[Item, ...] = ()
    """While it is being read."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "fingerprint"], name="message_once_a_division")]
        indexes = [
            models.Index(fields=["created_at"], name="message_to_read", condition=models.Q(kind="")),
            models.Index(fields=["division", "sent_at"], name="message_by_division"),
            models.Index(fields=["created_at"], name="message_to_forget", condition=models.Q(forgotten_at=None)),
            GinIndex(fields=["phones"], name="message_by_phone"),
        ]

    def words(self) -> str:
        """The text in plain, empty once it has been wiped."""
        return self.text.open() if self.text else ""

    def sent_by(self) -> str:
        """The sender in plain, empty where the export names none."""
        return self.sender.open() if self.sender else ""


class Draft(Record):
    """What one message asks for, before a clerk has settled it: a job for each kind of work, or a registration."""

    scoped_by = Scoped()

    class State(models.TextChoices):
        NEW = "new", _("待处理")
        PUBLISHED = "published", _("已发布")
        REGISTERED = "registered", _("已登记")
        APPLIED = "applied", _("已改到原岗位")
        DUPLICATE = "duplicate", _("重复")
        DROPPED = "dropped", _("没有发布")

    message = models.ForeignKey(Message, models.CASCADE, related_name="drafts")
    division = models.CharField(max_length=12, db_collation="C")
    number = models.PositiveSmallIntegerField(help_text="which item of the message, from 0")
    sent_at = models.DateTimeField()
    gist = models.CharField(max_length=160, blank=True)
    rules = ArrayField(models.CharField(max_length=30), default=list, help_text="flags of the text")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    reason = models.CharField(max_length=200, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="drafts")
    worker = models.ForeignKey(Worker, models.SET_NULL, null=True, related_name="+")
    handled_by = models.CharField(max_length=80, blank=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at", "message", "number"]
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="draft_once_an_item")]
        indexes = [models.Index(fields=["division", "state", "sent_at"], name="draft_by_state")]


class Judgement(Record):
    """What a clerk decided about one rule that a draft ran into."""

    scoped_by = Scoped()

    class Decision(models.TextChoices):
        ALLOWED = "allowed", _("可以发布")
        UPHELD = "upheld", _("不能发布")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="judgements")
    division = models.CharField(max_length=12, db_collation="C")
    rule = models.CharField(max_length=30)
    severity = models.CharField(max_length=4, choices=Severity)
    decision = models.CharField(max_length=8, choices=Decision)
    reason = models.CharField(max_length=200, blank=True)
    by_name = models.CharField(max_length=80)


class RuleSetting(Record):
    """How a division (and all below it) takes a screening rule, where it differs from the rule's own severity."""

    division = models.CharField(max_length=12, db_collation="C")
    rule = models.CharField(max_length=30)
    severity = models.CharField(max_length=4, choices=Severity)
    reason = models.CharField(max_length=200)
    by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "rule"], name="rule_set_once_a_division")]


class Example(Record):
    """A message as a clerk has corrected its reading, telephones, names and numbers replaced by invented ones."""

    scoped_by = Scoped()

    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="example")
    division = models.CharField(max_length=12, db_collation="C")
    posted_at = models.DateTimeField()
    text = models.TextField()
    gold = models.JSONField()
    corrected = ArrayField(models.CharField(max_length=20), default=list)
