"""The one screen on which a worker is registered, and changed later."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from linggong.foundation.viewer import Viewer
from linggong.lib import trades
from linggong.lib.errors import Refusal
from linggong.places.queries import name_of
from linggong.web.desk.acts import reach
from linggong.web.desk.reading import read_certificates, read_place, read_trades
from linggong.web.forms import Digits, PlainForm, Telephone, TimeOfDay, YuanField
from linggong.workers.models import PayUnit, PriorityGroup, Skill, Worker
from linggong.workers.records import NewWorker

Read = TypeVar("Read")

WEEKDAYS = [
    (0, _("周一")),
    (1, _("周二")),
    (2, _("周三")),
    (3, _("周四")),
    (4, _("周五")),
    (5, _("周六")),
    (6, _("周日")),
]
AS_TYPED = (
    "name", "identity_number", "telephone", "wishes", "pay_unit", "open_to_less", "takes_standby", "may_be_contacted",
    "contact_name", "contact_telephone", "address", "note", "available_from", "available_until", "division",
)  # fmt: skip


def suggesting(kind: str, **attrs: str) -> forms.TextInput:
    """A field under which suggestions appear while one types; `desk-suggest.js` does it."""
    return forms.TextInput({"data-suggest": f"/desk/suggest/{kind}/", "autocomplete": "off", **attrs})


class WorkerForm(PlainForm):
    """Field names are those of `NewWorker`, so that each refusal finds its field."""

    name = forms.CharField(label=_("姓名"), max_length=80, widget=forms.TextInput({"autocomplete": "off"}))
    identity_number = forms.CharField(label=_("身份证号"), max_length=60, widget=Digits({"class": ""}))
    telephone = forms.CharField(
        label=_("电话"), max_length=40, required=False, widget=Telephone({"class": "", "autocomplete": "off"})
    )
    trades = forms.CharField(
        label=_("会干什么"),
        max_length=300,
        help_text=_("汉字、拼音或首字母，如“瓦工 wg”；名字后加 1 会一点、2 熟练、3 师傅"),
        widget=suggesting("trades", **{"data-many": "1"}),
    )
    division = forms.CharField(
        label=_("住在哪里"), max_length=80, help_text=_("乡镇、街道、村，如“mcz”"), widget=suggesting("places")
    )
    pay_asked_fen = YuanField(label=_("想要多少工钱"), required=False)
    pay_unit = forms.ChoiceField(label=_("按什么算"), choices=PayUnit.choices, initial=PayUnit.DAY)
    reach_m = forms.DecimalField(
        label=_("最远去几公里"), required=False, min_value=Decimal("0.1"), max_value=200, widget=Digits()
    )
    available_from = forms.TimeField(label=_("几点起"), required=False, widget=TimeOfDay)
    available_until = forms.TimeField(label=_("到几点"), required=False, widget=TimeOfDay)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("哪几天能来"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        help_text=_("不勾就是每天都行"),
        widget=forms.CheckboxSelectMultiple,
    )
    priority_groups = forms.MultipleChoiceField(
        label=_("重点群体"), choices=PriorityGroup.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    certificates = forms.CharField(
        label=_("证书"), max_length=300, required=False, help_text=_("有到期日的写在后面，如“健康证 2027-03-01”")
    )
    wishes = forms.CharField(label=_("想找什么活"), max_length=400, required=False)
    address = forms.CharField(label=_("详细住址"), max_length=400, required=False)
    contact_name = forms.CharField(
        label=_("没有电话时找谁"), max_length=80, required=False, help_text=_("亲属或邻居，替他接电话")
    )
    contact_telephone = forms.CharField(
        label=_("这个人的电话"), max_length=40, required=False, widget=Telephone({"class": "", "autocomplete": "off"})
    )
    note = forms.CharField(label=_("备注"), max_length=600, required=False)
    open_to_less = forms.BooleanField(label=_("工钱少一些也可以"), required=False)
    takes_standby = forms.BooleanField(label=_("愿意候补"), required=False)
    may_be_contacted = forms.BooleanField(label=_("同意电话和短信联系"), required=False, initial=True)
    consent = forms.BooleanField(label=_("已读给本人听，本人同意登记"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if reach(viewer):
            self.fields["division"].initial = name_of(reach(viewer))

    def clean_trades(self) -> tuple[tuple[str, int], ...]:
        return read(lambda: read_trades(self.cleaned_data["trades"]))

    def clean_division(self) -> str:
        return read(lambda: read_place(self.cleaned_data["division"], self.viewer)).code

    def clean_certificates(self) -> tuple[tuple[str, date | None], ...]:
        return read(lambda: read_certificates(self.cleaned_data["certificates"]))

    def clean_reach_m(self) -> int | None:
        kilometres = self.cleaned_data["reach_m"]
        return None if kilometres is None else round(kilometres * 1000)

    def values(self) -> dict[str, Any]:
        """What was typed, under the names of `NewWorker`."""
        data = self.cleaned_data
        lists = {name: tuple(data[name]) for name in ("trades", "weekdays", "priority_groups", "certificates")}
        sums = {"pay_asked_fen": data["pay_asked_fen"], "reach_m": data["reach_m"]}
        return {**{name: data[name] for name in AS_TYPED}, **lists, **sums}

    def new(self) -> NewWorker:
        return NewWorker(**self.values(), consent=self.cleaned_data["consent"])


class ChangeForm(WorkerForm):
    """The same screen for somebody registered: what is sealed stays as it is unless it is typed anew."""

    SEALED = ("identity_number", "telephone", "address", "contact_telephone")

    def __init__(self, *args: Any, worker: Worker, **kwargs: Any) -> None:
        super().__init__(*args, initial=typed_of(worker), **kwargs)
        self.worker = worker
        del self.fields["consent"]
        kept = {
            "identity_number": worker.identity_masked,
            "telephone": worker.telephone_masked,
            "contact_telephone": worker.contact_telephone_masked,
            "address": str(worker.address),
        }
        for name, masked in kept.items():
            self.fields[name].required = False
            self.fields[name].widget.attrs["placeholder"] = masked
            self.fields[name].help_text = _("不改就空着")

    def changes(self) -> dict[str, Any]:
        values = self.values()
        if values["division"] == self.worker.division:
            del values["division"]  # moving would take away the exact position
        return {name: value for name, value in values.items() if name not in self.SEALED or value}


def typed_of(worker: Worker) -> dict[str, Any]:
    """A worker as somebody would have typed them, sealed parts left out."""
    same = ("name", "wishes", "pay_asked_fen", "pay_unit", "open_to_less", "takes_standby", "may_be_contacted",
            "contact_name", "note", "available_from", "available_until", "weekdays", "priority_groups")  # fmt: skip
    certificates = [f"{each.name} {each.expires_on or ''}".strip() for each in worker.certificates.all()]
    return {
        **{name: getattr(worker, name) for name in same},
        "trades": "、".join(_graded(row.trade, row.skill) for row in worker.trades.all()),
        "certificates": "、".join(certificates),
        "division": name_of(worker.division),
        "reach_m": None if worker.reach_m is None else f"{worker.reach_m / 1000:g}",
    }


def read(read_it: Callable[[], Read]) -> Read:
    """A refusal while reading a field is an error of that field."""
    try:
        return read_it()
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


def _graded(trade: str, skill: int) -> str:
    name = trades.name(trade)
    return name if skill == Skill.SKILLED else f"{name}{skill}"
