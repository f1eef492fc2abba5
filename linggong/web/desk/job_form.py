"""The one screen on which a clerk posts a job in under a minute."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer
from linggong.foundation.viewer import Viewer
from linggong.lib import clock, trades
from linggong.places.models import Division, Site
from linggong.places.queries import division, name_of
from linggong.posts.models import Job
from linggong.posts.records import NewJob, NewShift
from linggong.web.desk.acts import RequestKey, reach
from linggong.web.desk.reading import SEPARATORS, read_employer, read_spot, read_trade
from linggong.web.desk.worker_form import read, suggesting
from linggong.web.forms import Day, Digits, PlainForm, Telephone, TimeOfDay, YuanField
from linggong.workers.models import PayUnit, Sex

MORE_ROWS = (2, 3, 4)
A_DAY = timedelta(days=1)
COORDINATES = re.compile(r"\s*(-?[0-9]{1,2}(?:\.[0-9]+)?)\s*[,，\s]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*")
PROVIDED = [("meals", _("管饭")), ("lodging", _("管住")), ("transport", _("有车接送"))]
INSTANT = [("", _("照用工主体的习惯")), ("yes", _("报名就算数")), ("no", _("由用工主体挑人"))]
AS_TYPED = (
    "title", "description", "kind", "pay_unit", "settlement", "gender", "gender_ground", "bring", "contact_name",
    "contact_telephone", "pieces", "due_on", "age_max", "place_name",
)  # fmt: skip


class JobForm(PlainForm):
    """Field names are those of the refusals of `posts.operations.post`."""

    request_key = RequestKey()
    employer = forms.CharField(
        label=_("谁要人"), max_length=120, help_text=_("名称、拼音首字母或电话"), widget=suggesting("employers")
    )
    trade = forms.CharField(label=_("工种"), max_length=60, help_text=_("如“bygz”"), widget=suggesting("trades"))
    title = forms.CharField(label=_("岗位名称"), max_length=60, required=False, help_text=_("不填就用工种的名字"))
    pay = YuanField(label=_("给多少工钱"))
    pay_unit = forms.ChoiceField(label=_("按什么算"), choices=PayUnit.choices, initial=PayUnit.DAY)
    settlement = forms.ChoiceField(label=_("怎么结"), choices=Job.Settlement.choices)
    spot = forms.CharField(
        label=_("在哪里"), max_length=80, help_text=_("乡镇、街道、村或站点"), widget=suggesting("places")
    )
    place_name = forms.CharField(label=_("具体地点"), max_length=80, help_text=_("工人找得到的说法，如“东门口”"))
    position = forms.CharField(
        label=_("位置"), max_length=60, required=False, help_text=_("纬度，经度；不填就用上面那个地方的")
    )
    day = forms.DateField(label=_("哪天"), widget=Day)
    starts = forms.TimeField(label=_("几点起"), widget=TimeOfDay)
    ends = forms.TimeField(label=_("到几点"), widget=TimeOfDay, help_text=_("比开始早就是第二天"))
    places = forms.IntegerField(label=_("要几个人"), min_value=1, max_value=500, widget=Digits())
    days = forms.IntegerField(label=_("连着几天"), min_value=1, max_value=31, initial=1, widget=Digits())
    break_minutes = forms.IntegerField(
        label=_("中间休息"), min_value=0, max_value=240, required=False, initial=0, widget=Digits()
    )
    provided = forms.MultipleChoiceField(
        label=_("管什么"), choices=PROVIDED, required=False, widget=forms.CheckboxSelectMultiple
    )
    bring = forms.CharField(label=_("要带什么"), max_length=100, required=False)
    contact_name = forms.CharField(
        label=_("现场找谁"), max_length=40, required=False, help_text=_("不填就是登记的联系人")
    )
    contact_telephone = forms.CharField(
        label=_("他的电话"), max_length=40, required=False, widget=Telephone({"class": "", "autocomplete": "off"})
    )
    instant = forms.ChoiceField(label=_("怎么定人"), choices=INSTANT, required=False)
    certificates = forms.CharField(label=_("要什么证"), max_length=200, required=False)
    age_min = forms.IntegerField(label=_("年龄从"), required=False, widget=Digits())
    age_max = forms.IntegerField(label=_("年龄到"), required=False, widget=Digits())
    gender = forms.ChoiceField(label=_("性别"), choices=[("", _("不限")), *Sex.choices], required=False)
    gender_ground = forms.CharField(
        label=_("限性别的法定理由"), max_length=200, required=False, help_text=_("没有法定理由不能限")
    )
    description = forms.CharField(label=_("说明"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))
    kind = forms.ChoiceField(label=_("哪种活"), choices=Job.Kind.choices, initial=Job.Kind.SHIFT)
    pieces = forms.IntegerField(label=_("手工活一共几件"), required=False, min_value=1, widget=Digits())
    due_on = forms.DateField(label=_("手工活哪天交"), required=False, widget=Day)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["day"].initial = clock.today() + A_DAY
        if reach(viewer):
            self.fields["spot"].initial = name_of(reach(viewer))
        if self.data.get("kind") == Job.Kind.PIECEWORK:
            for name in ("day", "starts", "ends"):
                self.fields[name].required = False
        for row in MORE_ROWS:
            self.fields[f"day_{row}"] = forms.DateField(label=_("哪天"), required=False, widget=Day)
            self.fields[f"starts_{row}"] = forms.TimeField(label=_("几点起"), required=False, widget=TimeOfDay)
            self.fields[f"ends_{row}"] = forms.TimeField(label=_("到几点"), required=False, widget=TimeOfDay)
            self.fields[f"places_{row}"] = forms.IntegerField(
                label=_("要几个人"), required=False, min_value=1, max_value=500, widget=Digits()
            )

    def more_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the further shifts, row by row."""
        return [[self[f"{name}_{row}"] for name in ("day", "starts", "ends", "places")] for row in MORE_ROWS]

    def clean_employer(self) -> Employer:
        return read(lambda: read_employer(self.cleaned_data["employer"], self.viewer))

    def clean_trade(self) -> str:
        return read(lambda: read_trade(self.cleaned_data["trade"]))

    def clean_spot(self) -> Site | Division:
        return read(lambda: read_spot(self.cleaned_data["spot"], self.viewer))

    def clean_position(self) -> tuple[float, float] | None:
        typed = self.cleaned_data["position"]
        if not typed:
            return None
        read_out = COORDINATES.fullmatch(typed)
        if read_out is None:
            raise forms.ValidationError(_t("位置请写成“纬度,经度”，例如 36.19,113.12。"))
        return float(read_out[1]), float(read_out[2])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        spot = data.get("spot")
        if spot is not None and data.get("position") is None and spot.latitude is None:
            self.add_error("position", _t("这个地方没有登记位置，请写纬度和经度。"))
        return data

    def new(self) -> NewJob:
        """What was typed, as the operation takes it."""
        data = self.cleaned_data
        spot: Site | Division = data["spot"]
        code = spot.division if isinstance(spot, Site) else spot.code
        latitude, longitude = data["position"] or (spot.latitude or 0.0, spot.longitude or 0.0)
        typed = {name: data[name] for name in AS_TYPED}
        return NewJob(
            **{**typed, "title": data["title"] or trades.name(data["trade"])},
            employer_id=data["employer"].id,
            trade=data["trade"],
            pay_fen=data["pay"],
            division=code,
            latitude=latitude,
            longitude=longitude,
            in_town=division(code).in_town,
            shifts=self._shifts(),
            break_minutes=data["break_minutes"] or 0,
            age_min=16 if data["age_min"] is None else data["age_min"],
            certificates=tuple(part.strip() for part in SEPARATORS.split(data["certificates"]) if part.strip()),
            instant_confirmation={"yes": True, "no": False}.get(data["instant"]),
            meals="meals" in data["provided"] or None,
            lodging="lodging" in data["provided"] or None,
            transport="transport" in data["provided"] or None,
        )

    def _shifts(self) -> tuple[NewShift, ...]:
        data = self.cleaned_data
        if data["kind"] == Job.Kind.PIECEWORK:
            now = clock.now()
            return (NewShift(now, now + A_DAY, data["places"]),)
        first = [(data["day"] + n * A_DAY, data["starts"], data["ends"], data["places"]) for n in range(data["days"])]
        more = [tuple(data[f"{name}_{row}"] for name in ("day", "starts", "ends", "places")) for row in MORE_ROWS]
        return tuple(shift_of(*row) for row in [*first, *(row for row in more if all(row))])


def shift_of(day: date, starts: time, ends: time, places: int) -> NewShift:
    """Times on a wall clock in China; an end not after the start is the next day's."""
    begins = datetime.combine(day, starts, clock.SHANGHAI)
    over = datetime.combine(day + A_DAY if ends <= starts else day, ends, clock.SHANGHAI)
    return NewShift(begins.astimezone(UTC), over.astimezone(UTC), places)
