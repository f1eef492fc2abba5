"""A form with one field of every kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linggong.web.forms import Day, Digits, PlainForm, Telephone, TimeOfDay, YuanField


class SampleForm(PlainForm):
    name = forms.CharField(label=_("您叫什么名字？"), help_text=_("和身份证上一样。"), max_length=40)
    telephone = forms.CharField(label=_("电话"), widget=Telephone, required=False)
    card = forms.CharField(label=_("卡号"), widget=Digits, max_length=8)
    pay = YuanField(label=_("一天想要多少工钱？"))
    day = forms.DateField(label=_("哪一天？"), widget=Day)
    starts = forms.TimeField(label=_("几点开始？"), widget=TimeOfDay)
    trade = forms.ChoiceField(
        label=_("做什么活？"), choices=[("loader", _("搬运")), ("bricklayer", _("瓦工")), ("cleaner", _("保洁"))]
    )
    way = forms.ChoiceField(
        label=_("怎么去？"),
        widget=forms.RadioSelect,
        choices=[("foot", _("走路")), ("bike", _("电动车")), ("bus", _("公交"))],
    )
    provided = forms.MultipleChoiceField(
        label=_("管什么？"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("lunch", _("午饭")), ("bus", _("接送")), ("bed", _("住宿"))],
    )
    words = forms.CharField(label=_("还有什么要说的？"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    picture = forms.FileField(label=_("收条照片"), required=False)
    consent = forms.BooleanField(label=_("我同意市场按说明使用我的资料"))
