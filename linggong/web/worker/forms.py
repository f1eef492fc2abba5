"""What the worker answers about a shift."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linggong.web.forms import PlainForm

CANCEL_REASONS = [
    ("family", _("家里有事")),
    ("ill", _("身体不舒服")),
    ("other_work", _("找到别的活了")),
    ("far", _("路太远，去不了")),
    ("other", _("别的原因")),
]


class CancelForm(PlainForm):
    reason = forms.ChoiceField(
        label=_("为什么去不了？"),
        widget=forms.RadioSelect,
        choices=CANCEL_REASONS,
    )

    @property
    def words(self) -> str:
        """The reason as the employer reads it: in Chinese, whatever the worker's language."""
        with override("zh-hans"):
            return str(dict(CANCEL_REASONS)[self.cleaned_data["reason"]])


class CodeForm(PlainForm):
    code = forms.SlugField(
        label=_("码下面的字"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("只有字母和数字，请看清楚再写一次。")},
    )


class PositionForm(forms.Form):
    """Where the person stands, where they allow it; what is no position is none."""

    latitude = forms.FloatField(required=False)
    longitude = forms.FloatField(required=False)

    def position(self) -> dict[str, float | None]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("latitude", "longitude")}


class ContestForm(PlainForm):
    words = forms.CharField(
        label=_("当时是怎么回事？"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("比如：我到了，在东门干的活，谁能作证。"),
    )


class RateForm(PlainForm):
    stars = forms.TypedChoiceField(
        label=_("这家怎么样？"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (5, _("★★★★★ 很好")),
            (4, _("★★★★ 好")),
            (3, _("★★★ 一般")),
            (2, _("★★ 不太好")),
            (1, _("★ 不好")),
        ],
    )
    as_advertised = forms.TypedChoiceField(
        label=_("活和说的一样吗？"),
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", _("一样")), ("no", _("不一样"))],
    )
    words = forms.CharField(
        label=_("想说什么都可以写"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
