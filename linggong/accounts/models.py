"""People who log in: staff by password, workers and employers by a code sent to their telephone."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.foundation.records import Record, SealedField
from linggong.lib import clock


class Role(models.TextChoices):
    WINDOW_CLERK = "window_clerk", _("窗口人员")
    STATION_CLERK = "station_clerk", _("驿站人员")
    CALL_AGENT = "call_agent", _("话务员")
    AGENCY = "agency", _("人力资源服务机构")
    RIGHTS_OFFICER = "rights_officer", _("维权专员")
    TRAINER = "trainer", _("培训老师")
    BUREAU_OFFICER = "bureau_officer", _("人社局")
    AUDITOR = "auditor", _("审计")
    ADMINISTRATOR = "administrator", _("管理员")
    WORKER = "worker", _("零工人员")
    EMPLOYER = "employer", _("用工主体")


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A login. Staff have a division and perhaps a site; a worker's or employer's login names whom it stands for."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role)
    division = models.CharField(max_length=12, blank=True)
    site_id = models.UUIDField(null=True)
    worker_id = models.UUIDField(null=True, unique=True)
    employer_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_has_its_reach",
                condition=(
                    models.Q(role="worker", worker_id__isnull=False, division="")
                    | models.Q(role="employer", employer_id__isnull=False, division="")
                    | models.Q(role="agency", employer_id__isnull=False, division="")
                    | (~models.Q(role__in=["worker", "employer", "agency"]) & ~models.Q(division=""))
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class LoginCode(Record):
    """A code on its way to a telephone; the code itself is kept only as a fingerprint."""

    telephone = SealedField("telephone")
    telephone_index = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["telephone_index", "-created_at"], name="code_by_telephone")]


class ApiKey(Record):
    """A key by which a program acts as a login. Only its fingerprint is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="api_keys")
    client = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)
