"""What a worker says of themselves, a few questions at a time: for the registration and for the resume.

Each form gives `values()`, named as in `workers.records.NewWorker`, and is filled from them again.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.lib import trades
from linggong.lib.trades import Trade
from linggong.places import queries as places
from linggong.web.forms import Digits, PlainForm, Telephone, TimeOfDay, YuanField
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language
from linggong.workers.models import PayUnit, PriorityGroup, Skill

Values = Mapping[str, Any]

GROUPS = {
    "construction": _("盖房、装修"),
    "logistics": _("搬运、仓库"),
    "domestic": _("家政、护理"),
    "catering": _("餐饮"),
    "service": _("服务"),
    "repair": _("修理"),
    "manufacturing": _("工厂"),
    "farming": _("农活"),
    "transport": _("开车、送货"),
    "retail": _("店铺"),
    "office": _("办公"),
}
WEEKDAYS = [
    (0, _("周一")),
    (1, _("周二")),
    (2, _("周三")),
    (3, _("周四")),
    (4, _("周五")),
    (5, _("周六")),
    (6, _("周日")),
]
REACHES = [
    (3_000, _("3 公里，走路能到")),
    (5_000, _("5 公里")),
    (10_000, _("10 公里")),
    (20_000, _("20 公里")),
    (0, _("多远都行")),
]
UNITS = [unit for unit in PayUnit.choices if unit[0] in ("day", "hour", "month")]


def home_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("您住在哪里？"),
        help_text=_("选乡镇、街道，按这个给您找近的活。"),
        widget=forms.Select(attrs={"lang": "zh"}),
    )


class ProfileForm(PlainForm):
    """A few questions; `known` is what the person has said before."""

    def __init__(self, data: Any = None, *, known: Values, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.initial_of(known), **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        self.known = known
        self.prepare()

    def initial_of(self, known: Values) -> dict[str, Any]:
        return dict(known)

    def prepare(self) -> None:
        """Choices that depend on the day or on what is known."""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WhoForm(ProfileForm):
    name = forms.CharField(
        label=_("您叫什么名字？"),
        help_text=_("和身份证上一样。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    identity_number = forms.CharField(
        label=_("身份证号"),
        help_text=_("18 位。加密保存，用工方看不到。"),
        widget=Digits(attrs={"inputmode": "text", "maxlength": 30, "class": ""}),
    )
    division = home_field()

    def prepare(self) -> None:
        choices_of(self, "division", [("", _t("请选一个")), *homes()])


class HomeForm(ProfileForm):
    division = home_field()

    def prepare(self) -> None:
        known = self.known.get("division", "")
        offered = homes()
        if known and not any(known == code for _county, options in offered for code, _name in options):
            offered.append((places.name_of(known), [(known, places.name_of(known))]))
        choices_of(self, "division", offered)


class TradesForm(ProfileForm):
    """What one can do, ticked from groups; what was typed to find a trade narrows nothing that is ticked."""

    find = forms.CharField(
        label=_("找一个活"), required=False, max_length=30, help_text=_("写“瓦工”“做饭”都行，再按“找”。")
    )
    trades = forms.MultipleChoiceField(
        label=_("您会干什么？"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以选好几个。"),
    )

    def initial_of(self, known: Values) -> dict[str, Any]:
        return {"trades": [code for code, _skill in known.get("trades", ())]}

    def prepare(self) -> None:
        choices_of(self, "trades", [(code, code) for code in trades.TRADES])

    def values(self) -> dict[str, Any]:
        skills = dict(self.known.get("trades", ()))
        chosen = self.cleaned_data["trades"]
        return {"trades": tuple((code, skills.get(code, int(Skill.SKILLED))) for code in chosen)}

    @property
    def ticked(self) -> list[Trade]:
        return [trades.TRADES[code] for code in self["trades"].value() or () if code in trades.TRADES]

    @property
    def found(self) -> list[Trade]:
        """What the typed word finds, without what is ticked already."""
        ticked = self.ticked
        return [trade for trade in trades.find_trades(self["find"].value() or "") if trade not in ticked]

    @property
    def groups(self) -> list[tuple[str, list[Trade]]]:
        """Every other trade, by group."""
        shown = [*self.ticked, *self.found]
        rest = [trade for trade in trades.TRADES.values() if trade not in shown]
        grouped = [(str(label), [trade for trade in rest if trade.group == group]) for group, label in GROUPS.items()]
        return [(label, members) for label, members in grouped if members]


class SkillsForm(ProfileForm):
    """How well, trade by trade."""

    def prepare(self) -> None:
        for code, skill in self.known.get("trades", ()):
            self.fields[code] = forms.TypedChoiceField(
                label=trades.name(code, language()),
                coerce=int,
                choices=Skill.choices,
                widget=forms.RadioSelect,
                initial=skill,
            )

    def values(self) -> dict[str, Any]:
        return {"trades": tuple((code, self.cleaned_data[code]) for code, _skill in self.known.get("trades", ()))}


class TermsForm(ProfileForm):
    pay_asked_fen = YuanField(label=_("想要多少工钱？"), required=False)
    pay_unit = forms.ChoiceField(label=_("按什么算？"), widget=forms.RadioSelect, choices=UNITS, initial="day")
    open_to_less = forms.BooleanField(label=_("活合适，少一点也去"), required=False)
    reach_m = forms.TypedChoiceField(
        label=_("最远去多远？"), coerce=int, widget=forms.RadioSelect, choices=REACHES, initial=10_000
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("哪几天能干？"),
        help_text=_("一个都不选，就是每天都行。"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=WEEKDAYS,
    )
    available_from = forms.TimeField(label=_("最早几点能开始？"), required=False, widget=TimeOfDay)
    available_until = forms.TimeField(label=_("最晚干到几点？"), required=False, widget=TimeOfDay)

    def initial_of(self, known: Values) -> dict[str, Any]:
        reach = known.get("reach_m", 10_000) or 0
        nearest = next((metres for metres, _label in REACHES if metres >= reach > 0), 0)
        return {"pay_unit": "day", **known, "reach_m": nearest}

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "reach_m": said["reach_m"] or None, "weekdays": tuple(said["weekdays"])}


class ContactForm(ProfileForm):
    may_be_contacted = forms.BooleanField(label=_("有合适的活就发消息给我"), required=False, initial=True)
    takes_standby = forms.BooleanField(label=_("有人临时来不了，可以叫我顶上"), required=False)
    priority_groups = forms.MultipleChoiceField(
        label=_("您是不是这些情况？"),
        help_text=_("是的话，同样合适的活会先问您。用工方看不到。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=PriorityGroup.choices,
    )
    contact_name = forms.CharField(
        label=_("您接不到电话时，找谁？"), help_text=_("比如儿子、邻居。"), required=False, max_length=40
    )
    contact_telephone = forms.CharField(label=_("他的电话"), required=False, max_length=20, widget=Telephone)

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "priority_groups": tuple(self.cleaned_data["priority_groups"])}


class ConsentForm(ContactForm):
    consent = forms.BooleanField(label=_("我同意"))


def searched(request: Request) -> dict[str, Any]:
    """What was ticked and typed when a trade was searched: no answer yet, so nothing is wrong yet."""
    return {"trades": request.POST.getlist("trades"), "find": request.POST.get("find", "")}


def choices_of(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def homes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Towns and streets of every county that has a site, under their county's name."""
    counties = sorted({site.division[:6] for site in places.sites("") if len(site.division) >= 6})
    return [(places.name_of(county), _towns(county)) for county in counties]


def _towns(county: str) -> list[tuple[str, str]]:
    towns = [(town.code, town.name) for town in places.children(county)]
    return [*towns, (county, _t("%(county)s，别的地方") % {"county": places.name_of(county)})]
