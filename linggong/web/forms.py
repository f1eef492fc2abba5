"""Plain Django forms in the looks of the design system: `{% load ui %}{% fields form %}` or `{% field form.name %}`."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linggong.lib.errors import Refusal
from linggong.lib.money import Fen, read_yuan


class Day(forms.DateInput):
    """A date, by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeOfDay(forms.TimeInput):
    """Hour and minute, by the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Telephone(forms.TextInput):
    """A telephone number: the phone shows its number keys."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "class": "short", **(attrs or {})})


class Digits(forms.TextInput):
    """A number or a code: the phone shows its number keys, the browser suggests nothing."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "short", **(attrs or {})})


class YuanField(forms.Field):
    """Yuan as people type them ('220', '220.5', '２２０元'); the cleaned value is integer fen, or None where empty."""

    widget = Digits(attrs={"inputmode": "decimal"})
    unit = _("元")

    def __init__(self, *, allow_zero: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_zero = allow_zero

    def to_python(self, value: str | None) -> Fen | None:
        if value in self.empty_values:
            return None
        try:
            return read_yuan(str(value), allow_zero=self.allow_zero)
        except Refusal as refusal:
            raise forms.ValidationError(gettext(str(refusal)), code=refusal.code) from refusal

    def prepare_value(self, value: Any) -> Any:
        """Fen from the program become yuan; what a person typed stays as typed."""
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, 100)
        return f"{whole}.{rest:02d}" if rest else str(whole)


class PlainForm(forms.Form):
    """A form that speaks plainly and takes the refusals of operations to their fields."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _required_sentence(field)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it is about, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, gettext(str(refusal)))


def _required_sentence(field: forms.Field) -> Any:
    match field:
        case forms.BooleanField():
            return _("请打勾。")
        case forms.ChoiceField():
            return _("请选一个。")
        case _other:
            return _("请填写。")
