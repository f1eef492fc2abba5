"""What an employer types to get hands: one short page, and the same again for work taken home."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer
from linggong.lib import clock, trades
from linggong.lib.trades import TRADES
from linggong.places.queries import division
from linggong.posts.models import Job
from linggong.posts.records import NewJob, NewShift
from linggong.web.desk.acts import RequestKey
from linggong.web.desk.job_form import shift_of
from linggong.web.desk.reading import read_trade
from linggong.web.desk.worker_form import read
from linggong.web.forms import Day, Digits, PlainForm, Telephone, TimeOfDay, YuanField
from linggong.web.templatetags.ui import language
from linggong.web.worker.profile_forms import choices_of, homes
from linggong.web.worker.slips import said
from linggong.workers.models import PayUnit

A_DAY = timedelta(days=1)
BETWEEN = re.compile(r"[,，、;；\n]+")
OWN, ELSEWHERE = "own", "elsewhere"
PROVIDED = [("meals", _("管饭")), ("lodging", _("管住")), ("transport", _("有车接送"))]
INSTANT = [("yes", _("谁报名谁来，最快")), ("no", _("我一个一个挑"))]
UNITS = [unit for unit in PayUnit.choices if unit[0] != PayUnit.PIECE]
AS_TYPED = ("settlement", "bring", "contact_name", "contact_telephone", "description")


class TradeList(forms.TextInput):
    """A text with the trades as suggestions of the browser itself."""

    def __init__(self) -> None:
        super().__init__({"list": "trades", "autocomplete": "off"})


class JobForm(PlainForm):
    """What both kinds of work ask. Field names are those of the refusals of `posts.operations.post`."""

    kind = Job.Kind.SHIFT

    request_key = RequestKey()
    trade = forms.CharField(
        label=_("要干什么活？"), max_length=60, help_text=_("如搬运、保洁；写几个字再选"), widget=TradeList
    )
    title = forms.CharField(
        label=_("怎么叫这个活？"), max_length=60, required=False, help_text=_("如“卸两车水泥”；不填就用工种的名字")
    )
    places = forms.IntegerField(label=_("要几个人？"), min_value=1, max_value=500, widget=Digits())
    pay = YuanField(label=_("工钱多少？"))
    settlement = forms.ChoiceField(label=_("怎么结？"), choices=Job.Settlement.choices)
    where = forms.ChoiceField(label=_("在哪里干？"), widget=forms.RadioSelect)
    division = forms.ChoiceField(label=_("哪个乡镇、街道？"), required=False, help_text=_("在别处干才要选"))
    place_name = forms.CharField(
        label=_("具体在哪儿？"), max_length=80, required=False, help_text=_("工人找得到的说法，如“物流园东门”")
    )
    provided = forms.MultipleChoiceField(
        label=_("管什么？"), choices=PROVIDED, required=False, widget=forms.CheckboxSelectMultiple
    )
    instant = forms.ChoiceField(label=_("怎么定人？"), choices=INSTANT, widget=forms.RadioSelect)
    bring = forms.CharField(label=_("要带什么？"), max_length=100, required=False, help_text=_("如手套、雨鞋"))
    certificates = forms.CharField(label=_("要什么证？"), max_length=200, required=False, help_text=_("如健康证"))
    contact_name = forms.CharField(label=_("现场找谁？"), max_length=40, required=False, help_text=_("不填就是您自己"))
    contact_telephone = forms.CharField(
        label=_("他的电话"), max_length=40, required=False, widget=Telephone({"autocomplete": "off"})
    )
    description = forms.CharField(
        label=_("还有什么要说的？"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    ask_first: tuple[str, ...] = ("trade", "title")
    ask_when: tuple[str, ...] = ()
    ask_pay: tuple[str, ...] = ("pay", "settlement")
    ask_where: tuple[str, ...] = ("where", "division", "place_name")
    ask_more: tuple[str, ...] = (
        "provided", "bring", "certificates", "contact_name", "contact_telephone", "description", "instant",
    )  # fmt: skip

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        usual = {
            "settlement": Job.Settlement.DAILY,
            "where": OWN,
            "instant": "yes" if employer.instant_confirmation else "no",
        }
        super().__init__(*args, **{**kwargs, "initial": {**usual, **(kwargs.get("initial") or {})}})
        self.employer = employer
        address = employer.address or division(employer.division).name
        choices_of(self, "where", [(OWN, _own_address(address)), (ELSEWHERE, _("别的地方"))])
        choices_of(self, "division", [("", "—"), *homes()])

    @property
    def trade_names(self) -> list[str]:
        """Every trade in the reader's language, to choose from."""
        return [trades.name(code, language()) for code in TRADES]

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The questions under their headings."""
        named = [
            (_("什么活"), self.ask_first),
            (_("什么时候"), self.ask_when),
            (_("工钱"), self.ask_pay),
            (_("地方"), self.ask_where),
        ]
        return [(label, [self[name] for name in names]) for label, names in named]

    @property
    def more(self) -> list[forms.BoundField]:
        """What need not be said."""
        return [self[name] for name in self.ask_more]

    @property
    def more_is_wrong(self) -> bool:
        return any(bound.errors for bound in self.more)

    def clean_trade(self) -> str:
        return read(lambda: read_trade(self.cleaned_data["trade"]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("where") == ELSEWHERE:
            for name in ("division", "place_name"):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
        return data

    def new(self) -> NewJob:
        """What was typed, as the operation takes it."""
        data, employer = self.cleaned_data, self.employer
        elsewhere = data["where"] == ELSEWHERE
        place = division(data["division"] if elsewhere else employer.division)
        known = None if elsewhere else employer.latitude
        return NewJob(
            employer_id=employer.id,
            kind=self.kind,
            trade=data["trade"],
            title=data["title"] or trades.name(data["trade"]),
            place_name=data["place_name"] or employer.address or place.name,
            division=place.code,
            latitude=(place.latitude if known is None else known) or 0.0,
            longitude=(place.longitude if known is None else employer.longitude) or 0.0,
            in_town=place.in_town,
            pay_fen=data["pay"],
            pay_unit=data.get("pay_unit") or PayUnit.PIECE,
            certificates=tuple(part.strip() for part in BETWEEN.split(data["certificates"]) if part.strip()),
            instant_confirmation=data["instant"] == "yes",
            **{name: data[name] for name in AS_TYPED},
            meals="meals" in data["provided"] or None,
            lodging="lodging" in data["provided"] or None,
            transport="transport" in data["provided"] or None,
        )


class ShiftForm(JobForm):
    """Work at a place, on one day or several."""

    day = forms.DateField(label=_("哪天？"), widget=Day)
    starts = forms.TimeField(label=_("几点到？"), widget=TimeOfDay)
    ends = forms.TimeField(label=_("几点下班？"), widget=TimeOfDay, help_text=_("比上班早，就是第二天"))
    days = forms.IntegerField(label=_("连着几天？"), min_value=1, max_value=31, initial=1, widget=Digits())
    break_minutes = forms.IntegerField(
        label=_("中间休息几分钟？"), min_value=0, max_value=240, required=False, widget=Digits()
    )
    pay_unit = forms.ChoiceField(label=_("按什么算？"), choices=UNITS, initial=PayUnit.DAY)

    ask_when = ("day", "starts", "ends", "days", "break_minutes", "places")
    ask_pay = ("pay", "pay_unit", "settlement")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.today() + A_DAY

    def new(self) -> NewJob:
        data = self.cleaned_data
        shifts = [
            shift_of(data["day"] + n * A_DAY, data["starts"], data["ends"], data["places"]) for n in range(data["days"])
        ]
        return replace(super().new(), shifts=tuple(shifts), break_minutes=data["break_minutes"] or 0)


class PieceworkForm(JobForm):
    """手工活: taken home, counted in pieces."""

    kind = Job.Kind.PIECEWORK

    pieces = forms.IntegerField(label=_("一共几件？"), min_value=1, max_value=1_000_000, widget=Digits())
    due_on = forms.DateField(label=_("哪天交？"), widget=Day)

    ask_when = ("pieces", "due_on", "places")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pay"].label = _("一件多少钱？")
        self.fields["where"].label = _("在哪里领、在哪里交？")
        self.initial["settlement"] = self.initial.get("settlement") or Job.Settlement.ON_COMPLETION

    def new(self) -> NewJob:
        data, now = self.cleaned_data, clock.now()
        until_due = NewShift(now, now + A_DAY, data["places"])  # the operation stretches it to the day it is due
        return replace(super().new(), shifts=(until_due,), pieces=data["pieces"], due_on=data["due_on"])


FORMS: dict[str, type[JobForm]] = {Job.Kind.SHIFT: ShiftForm, Job.Kind.PIECEWORK: PieceworkForm}


def as_typed(job: Job) -> dict[str, Any]:
    """An earlier job as the form shows it, to be changed and posted anew."""
    first = next(iter(job.shifts.all()), None)
    known: dict[str, Any] = {name: getattr(job, name) for name in ("title", "settlement", "bring", "description")}
    known |= {
        "trade": trades.name(job.trade, language()),
        "pay": job.pay_fen,
        "pay_unit": job.pay_unit,
        "where": ELSEWHERE,
        "division": job.division,
        "place_name": job.place_name,
        "provided": [name for name, _label in PROVIDED if getattr(job, name)],
        "certificates": "、".join(job.certificates),
        "instant": "yes" if job.instant_confirmation else "no",
        "break_minutes": job.break_minutes,
        "pieces": job.pieces,
    }
    if first is not None:
        starts, ends = clock.local(first.starts), clock.local(first.ends)
        known |= {"places": first.places, "starts": starts.time(), "ends": ends.time()}
    return known


def _own_address(address: str) -> SafeString:
    return format_html(_t("我的地址：{}"), said(address))
