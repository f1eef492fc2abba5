"""The form of a job as it was read from a message, to be corrected by keyboard; and the forms around it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import F, Value
from django.db.models.functions import Length
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.employers.models import Employer
from linggong.employers.records import NewEmployer
from linggong.foundation.viewer import Viewer
from linggong.intake import Item
from linggong.intake.registration import DraftRegistration
from linggong.lib import trades
from linggong.lib.errors import Refusal
from linggong.messages.models import Severity
from linggong.messages.opening import Opened
from linggong.places.models import Division, Site
from linggong.places.queries import name_of
from linggong.posts.models import Job
from linggong.web.desk.acts import reach
from linggong.web.desk.job_form import PROVIDED, JobForm
from linggong.web.desk.messages_words import read_fields, unsure
from linggong.web.desk.worker_form import suggesting
from linggong.web.forms import Digits, PlainForm, Telephone

KINDS = [choice for choice in Employer.Kind.choices if choice[0] != Employer.Kind.AGENCY]
FIRST = (
    "employer", "trade", "title", "pay", "pay_unit", "settlement", "places", "day", "days", "starts", "ends",
    "break_minutes", "spot", "place_name", "contact_telephone",
)  # fmt: skip
"""What every message should say, in the order in which it is checked."""
TOLD = ("trade", "pay", "settlement", "places", "day", "starts", "ends", "place_name", "contact_telephone")
"""Where the text is silent about one of these, the form says so."""
NEWCOMER = ("new_kind", "new_name", "new_number", "new_contact")
AT_NEWCOMER = {"kind": "new_kind", "name": "new_name", "register_number": "new_number", "contact_name": "new_contact"}
RARE = (
    "position", "contact_name", "bring", "instant", "certificates", "age_min", "age_max", "gender", "gender_ground",
    "kind", "pieces", "due_on",
)  # fmt: skip


class OneOfThese(forms.CharField):
    """Asked for like any other, but not by itself: the form says what is missing when its neighbours are empty too."""

    def validate(self, value: Any) -> None:
        """Nothing is wrong with nothing."""


class MessageForm(JobForm):
    """The same form as at the window, filled in from the text; what needs a look says so and takes the cursor.

    `quiet` leaves the cursor to the acts beside the form.
    """

    employer = OneOfThese(label=_("谁要人"), max_length=120, widget=suggesting("employers"))
    new_kind = forms.ChoiceField(label=_("类型"), choices=KINDS, initial=Employer.Kind.SHOP)
    new_name = OneOfThese(label=_("名称"), max_length=160)
    new_number = OneOfThese(label=_("统一社会信用代码"), max_length=60, help_text=_("18 位；家庭用工填户主的身份证号"))
    new_contact = OneOfThese(label=_("联系人"), max_length=80)
    break_minutes = forms.IntegerField(
        label=_("休息几分钟"), min_value=0, max_value=240, required=False, initial=0, widget=Digits()
    )
    contact_telephone = forms.CharField(
        label=_("现场电话"), max_length=40, required=False, widget=Telephone({"class": "", "autocomplete": "off"})
    )
    reason = OneOfThese(label=_("为什么可以发布"), max_length=200)

    def __init__(self, *args: Any, opened: Opened, viewer: Viewer, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, initial=typed_of(opened, viewer), **kwargs)
        self.item = opened.item
        self.asked = any(each.asks for each in opened.judged)
        self.quiet = quiet
        for name in FIRST:
            self.fields[name].help_text = ""  # beside the words of the message these hints only take room
        self.look_at = unsure(opened.item)
        self.silent = {name for name in FIRST if self._is_silent(name)}
        self._mark()

    def _is_silent(self, name: str) -> bool:
        """Whether a field that must be filled in stands empty."""
        needed = self.fields[name].required or name == "employer"
        return needed and self.get_initial_for_field(self.fields[name], name) in (None, "")

    def _mark(self) -> None:
        """The cursor stands where a hand is needed first; a form without such a place leaves it to the button."""
        said = read_fields(self.item)
        for name in self.look_at & set(self.fields):
            self.fields[name].help_text = _t("没把握，请核对")
        for name in TOLD:
            if name not in said:
                self.fields[name].help_text = _t("原文没写")
        first = self.first()
        if first and not self.is_bound and not self.quiet:
            self.fields[first].widget.attrs["autofocus"] = True

    def asks(self) -> bool:
        """Whether a rule wants a reason: by what was read, or by what was sent."""
        return self.asked or (self.is_bound and ("reason" in self.errors or bool(self.data.get("reason"))))

    def first(self) -> str:
        """The first field that needs a hand, empty where there is none."""
        if self.is_bound:
            return next((name for name in self.fields if name in self.errors), "")
        needing = self.silent | self.look_at | ({"reason"} if self.asked else set())
        return next((name for name in (*FIRST, "reason", *RARE) if name in needing), "")

    def main(self) -> Iterator[tuple[forms.BoundField, str]]:
        """What stands open, each with its looks."""
        return ((self[name], self._css(name)) for name in FIRST)

    def rare(self) -> Iterator[tuple[forms.BoundField, str]]:
        return ((self[name], self._css(name)) for name in RARE)

    def newcomer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in NEWCOMER]

    def opens_newcomer(self) -> bool:
        return "employer" in self.silent or any(self.data.get(name) for name in NEWCOMER[1:])

    def opens_rare(self) -> bool:
        return any(name in self.errors for name in RARE) if self.is_bound else bool(self.look_at & set(RARE))

    def _css(self, name: str) -> str:
        return "unsure" if not self.is_bound and name in self.look_at | self.silent else ""

    def clean_employer(self) -> Employer:
        """Chosen from the list, or (empty) registered with this post."""
        if self.cleaned_data["employer"]:
            return super().clean_employer()
        if not self.data.get("new_name", "").strip():
            raise forms.ValidationError(_t("请选一家已经登记的，或者在下面登记一家。"))
        return Employer()

    def newcomer(self) -> NewEmployer | None:
        """Who is registered with this post, where nobody known was chosen."""
        data = self.cleaned_data
        if data["employer"].name:
            return None
        spot: Site | Division = data["spot"]
        return NewEmployer(
            kind=data["new_kind"] or Employer.Kind.SHOP,
            name=data["new_name"],
            register_number=data["new_number"],
            contact_name=data["new_contact"],
            telephone=data["contact_telephone"],
            division=spot.division if isinstance(spot, Site) else spot.code,
            address=data["place_name"],
            latitude=spot.latitude,
            longitude=spot.longitude,
        )

    def refuse(self, refusal: Refusal) -> None:
        """A refusal about the newcomer stands at the newcomer's fields."""
        if "employer" in self.cleaned_data and not self.cleaned_data["employer"].name:
            refusal.field = {**AT_NEWCOMER, "telephone": "contact_telephone"}.get(refusal.field or "", refusal.field)
        super().refuse(refusal)


class PasteForm(PlainForm):
    """Anything with messages in it."""

    text = OneOfThese(
        label=_("消息原文"),
        max_length=1_000_000,
        help_text=_("群里的一条消息，或者导出的整段聊天，都可以直接贴；同样的话贴两遍也只收一次"),
        widget=forms.Textarea({"rows": 9, "lang": "zh"}),
    )
    label = forms.CharField(label=_("从哪里来"), max_length=80, required=False, help_text=_("群名、公告栏、谁打的电话"))
    file = forms.FileField(
        label=_("或者上传文件"), required=False, help_text=_("txt、CSV 或 Excel，公告、电话记录都行")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not (data.get("text") or "").strip():
            self.add_error("text", _t("请贴上消息，或者选一个文件。"))
        return data


class RuleForm(PlainForm):
    """How the division takes one rule."""

    rule = forms.CharField(widget=forms.HiddenInput, max_length=30)
    severity = forms.ChoiceField(label=_("怎么处理"), choices=Severity.choices)
    reason = forms.CharField(label=_("为什么改"), max_length=200, required=False)


class SourceForm(PlainForm):
    name = forms.CharField(label=_("群助手的名称"), max_length=80)


def typed_of(opened: Opened, viewer: Viewer) -> dict[str, Any]:
    """What was read, as somebody would have typed it; what the text leaves out stays empty."""
    item = opened.item
    told: dict[str, Any] = {
        "settlement": Job.Settlement.DAILY,
        "trade": trades.trade(item.trade.value).zh if item.trade else "",
        "pay": round(item.pay_min.value * 100) if item.pay_min else None,
        "places": item.headcount.value if item.headcount else None,
        "starts": item.start_time.value if item.start_time else None,
        "ends": item.end_time.value if item.end_time else None,
        "place_name": item.place.value.strip()[:80] if item.place else "",
        "contact_telephone": item.phone[0].value if item.phone else "",
        "provided": [name for name, _label in PROVIDED if (found := getattr(item, name)) and found.value],
        "certificates": "、".join(each.value for each in item.certificates),
        "description": _rest(item),
    }
    for name, field in (("pay_unit", item.pay_unit), ("settlement", item.settlement), ("day", item.start_date),
                        ("days", item.days), ("gender", item.gender), ("age_min", item.age_min),
                        ("age_max", item.age_max)):  # fmt: skip
        if field is not None:
            told[name] = field.value
    if spot := _spot(item, viewer):
        told["spot"] = spot
    if opened.employers:
        told["employer"] = f"{opened.employers[0].name} {opened.employers[0].telephone_masked[-4:]}"
    return told


def registration_of(draft: DraftRegistration, viewer: Viewer) -> dict[str, Any]:
    """A seeker's message as the clerk would have typed it into the registration."""
    place = _place_in(draft.place or "", viewer)
    return {
        "telephone": draft.phones[0] if draft.phones else "",
        "trades": "、".join(trades.name(code) for code in draft.trades),
        "certificates": "、".join(draft.certificates),
        "pay_asked_fen": draft.pay_fen_min,
        **({"pay_unit": draft.pay_unit} if draft.pay_unit else {}),
        **({"division": name_of(place.code)} if place else {}),
        "wishes": _wishes(draft),
    }


def _wishes(draft: DraftRegistration) -> str:
    parts = [draft.place or "", _t("要管住") if draft.wants_lodging else ""]
    return "，".join(part for part in parts if part)


def _rest(item: Item) -> str:
    """A post has one figure for its pay; a range stands in its words."""
    if not item.pay_min or not item.pay_max or item.pay_min.value == item.pay_max.value:
        return ""
    return f"工钱 {item.pay_min.value:g} 到 {item.pay_max.value:g} 元"


def _spot(item: Item, viewer: Viewer) -> str:
    found = _place_in(item.place.value, viewer) if item.place else None
    return name_of(found.code) if found else ""


def _place_in(text: str, viewer: Viewer) -> Division | None:
    """The smallest division of the viewer's reach whose name stands in the text."""
    if not text:
        return None
    below = Division.objects.filter(code__startswith=reach(viewer), level__gte=Division.Level.TOWNSHIP)
    named = below.annotate(said=Value(text)).filter(said__contains=F("name"))
    return named.order_by("-level", Length("name").desc(), "code").first()
