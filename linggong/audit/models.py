"""Who did what to which row, and which request was already answered."""

from django.db import models

from linggong.foundation.records import Record
from linggong.foundation.scope import Scoped


class Entry(Record):
    """One act. Appended in the same transaction as the change it tells of; never edited."""

    scoped_by = Scoped(anyone_adds=True, append_only=True)

    act = models.CharField(max_length=60)
    account_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    division = models.CharField(max_length=12)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["object_id", "created_at"], name="audit_by_object"),
            models.Index(fields=["created_at"], name="audit_by_time"),
        ]


class AnsweredRequest(Record):
    """The answer to a request that carried a key, so that its repeat gets the same one."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="request_answered_once")]
