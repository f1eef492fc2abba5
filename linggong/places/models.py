"""Divisions, the sites of the network, and what holds at a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linggong.foundation.records import Record


class Division(models.Model):
    """行政区划, by the digits that carry meaning: 2 province, 4 prefecture, 6 county, 9 township, 12 village."""

    class Level(models.IntegerChoices):
        PROVINCE = 2, _("省")
        PREFECTURE = 4, _("市")
        COUNTY = 6, _("县区")
        TOWNSHIP = 9, _("乡镇街道")
        VILLAGE = 12, _("村社区")

    code = models.CharField(max_length=12, primary_key=True, db_collation="C")
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level)
    sort_key = models.CharField(max_length=240, db_collation="C")
    initials = models.CharField(max_length=60, db_collation="C")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    in_town = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"], name="division_by_level")]

    def __str__(self) -> str:
        return self.name


class Site(Record):
    """零工市场, 零工驿站 or 骑手之家."""

    class Kind(models.TextChoices):
        MARKET = "market", _("零工市场")
        STATION = "station", _("零工驿站")
        RIDERS_HOME = "riders_home", _("骑手之家")

    class State(models.TextChoices):
        PLANNED = "planned", _("规划中")
        BUILDING = "building", _("建设中")
        FITTING_OUT = "fitting_out", _("装修中")
        TRIAL = "trial", _("试运行")
        OPEN = "open", _("开放")
        CLOSED = "closed", _("停用")

    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    division = models.CharField(max_length=12, db_collation="C")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    latitude = models.FloatField()
    longitude = models.FloatField()
    hours = models.CharField(max_length=80)
    telephone = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    windows = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["division", "name"]
        indexes = [models.Index(fields=["division"], name="site_by_division")]

    def __str__(self) -> str:
        return self.name


class Facility(Record):
    """What a site offers: water, rest, a tool store, a talk room ..."""

    class Kind(models.TextChoices):
        LOUNGE = "lounge", _("休息区")
        WATER = "water", _("热水")
        WIFI = "wifi", _("无线网")
        CHARGING = "charging", _("充电")
        CANTEEN = "canteen", _("便民食堂")
        TALK_ROOM = "talk_room", _("洽谈室")
        TOOL_STORE = "tool_store", _("工具间")
        TRAINING_ROOM = "training_room", _("培训室")
        TOILET = "toilet", _("卫生间")
        CONSULTATION = "consultation", _("政策咨询窗口")

    site = models.ForeignKey(Site, models.CASCADE, related_name="facilities")
    kind = models.CharField(max_length=16, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "kind"], name="facility_once_a_site")]


class MinimumWage(Record):
    """最低工资 of a division (and all below it) from a day on, with the document it comes from."""

    division = models.CharField(max_length=12, db_collation="C")
    valid_from = models.DateField()
    hourly_fen = models.PositiveIntegerField()
    monthly_fen = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "valid_from"], name="one_minimum_wage_a_day")]
