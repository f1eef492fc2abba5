"""用工主体: firms, shops, farms, households and agencies, and whether they have been vetted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.foundation.records import Record, SealedField
from linggong.foundation.scope import Scoped
from linggong.places.models import Site


class Employer(Record):
    scoped_by = Scoped(employer="id")

    class Kind(models.TextChoices):
        FIRM = "firm", _("企业")
        SHOP = "shop", _("个体店铺")
        FARM = "farm", _("农场合作社")
        HOUSEHOLD = "household", _("家庭")
        AGENCY = "agency", _("人力资源服务机构")

    class State(models.TextChoices):
        PENDING = "pending", _("待核验")
        APPROVED = "approved", _("已核验")
        REFUSED = "refused", _("未通过")
        SUSPENDED = "suspended", _("暂停用工")
        BLACKLISTED = "blacklisted", _("黑名单")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=240, db_collation="C")
    credit_code = models.CharField(max_length=18, blank=True)
    identity_number = SealedField("identity", default="")
    identity_masked = models.CharField(max_length=18, blank=True)
    register_index = models.CharField(max_length=64, unique=True, help_text="of the credit code or identity number")
    contact_name = models.CharField(max_length=40)
    telephone = SealedField("telephone")
    telephone_index = models.CharField(max_length=64, db_index=True)
    telephone_masked = models.CharField(max_length=20)
    division = models.CharField(max_length=12, db_collation="C")
    address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    instant_confirmation = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    state_reason = models.CharField(max_length=200, blank=True)
    vetted_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=12)
    registered_at = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["division", "state", "-created_at"], name="employer_by_division")]

    def __str__(self) -> str:
        return self.name


class EmployerKey(Record):
    """Under which an employer is found: name, pinyin, initials, last four digits."""

    scoped_by = Scoped(employer="employer_id")

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="keys")
    division = models.CharField(max_length=12, db_collation="C")
    key = models.CharField(max_length=240, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer", "key"], name="key_once_an_employer")]
        indexes = [models.Index(fields=["key", "division"], name="employer_by_key")]
