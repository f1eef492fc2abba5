"""Registration of an employer: a proven telephone, one page, and then the market looks at it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from linggong.accounts.models import Role
from linggong.accounts.operations import account_for
from linggong.employers import operations
from linggong.employers.models import Employer
from linggong.employers.records import NewEmployer
from linggong.foundation.viewer import PUBLIC, system
from linggong.places.queries import division
from linggong.web.acting import attempt
from linggong.web.employer.pages import show
from linggong.web.forms import PlainForm
from linggong.web.requests import Request
from linggong.web.signin import PROVEN, enter
from linggong.web.worker.profile_forms import choices_of, homes


class RegisterForm(PlainForm):
    """Field names are those of `NewEmployer`, so that each refusal finds its field."""

    kind = forms.ChoiceField(label=_("您是？"), choices=Employer.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("和营业执照上一样；家庭请写户主姓名"))
    register_number = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        help_text=_("18 位，在营业执照上；家庭请写户主的身份证号，加密保存"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    contact_name = forms.CharField(
        label=_("联系人姓名"), max_length=40, widget=forms.TextInput({"autocomplete": "name"})
    )
    division = forms.ChoiceField(label=_("在哪个乡镇、街道？"))
    address = forms.CharField(
        label=_("详细地址"), max_length=200, required=False, help_text=_("发布的时候，默认就在这里干活")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self, "division", [("", _t("请选一个")), *homes()])

    def new(self, telephone: str) -> NewEmployer:
        """As the operation takes it; the address stands at its town until somebody knows better."""
        place = division(self.cleaned_data["division"])
        return NewEmployer(**self.cleaned_data, telephone=telephone, latitude=place.latitude, longitude=place.longitude)


@never_cache
@sensitive_post_parameters("register_number")
@require_http_methods(["GET", "POST"])
def register(request: Request) -> HttpResponse:
    """One page; everything else is asked where it is needed."""
    if request.viewer.employer_id is not None:
        return redirect("employer:home")
    telephone = request.session.get(PROVEN)
    if not telephone:
        return redirect("signin:employer")
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.new(telephone)
        made = attempt(form, request, lambda: operations.register(new=new, by=PUBLIC, source="phone"))
        if made:
            return _enter(request, made)
    return show(request, "register", form=form)


def _enter(request: Request, employer: Employer) -> HttpResponse:
    role = Role.AGENCY if employer.kind == Employer.Kind.AGENCY else Role.EMPLOYER
    account = account_for(role=role, subject_id=employer.id, name=employer.name, by=system("registration"))
    messages.success(request, _t("登记好了，接下来由工作人员核验。"))
    return enter(request, account)
