"""Shows the components with invented content; a form sent to it comes back with its errors."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linggong.lib import clock
from linggong.web.styleguide.sample import SampleForm
from linggong.web.templatetags.ui import sprite, yuan


def show(request: HttpRequest, surface: str) -> HttpResponse:
    """Every component in the looks of one surface."""
    form = SampleForm(request.POST or None, initial={"pay": 22_000})
    form.is_valid()
    messages.success(request, _("已保存。卡正在打印。"))
    messages.warning(request, _("还差 2 个人，8:00 开工。"))
    context = {"form": form, "icons": sorted(sprite()), "surface": surface, **_content()}
    return render(request, f"styleguide/{surface}.html", context)


def _content() -> dict[str, Any]:
    now = clock.now()
    start = clock.local(now).replace(hour=7, minute=30, second=0, microsecond=0) + timedelta(days=1)
    return {
        "start": start,
        "end": start + timedelta(hours=10),
        "facts": [
            (_("姓名"), _("张某某")),
            (_("工种"), _("装卸搬运、瓦工")),
            (_("最远去"), _("5 公里")),
            (_("上次来"), _("3月3日，马厂镇")),
        ],
        "columns": [(_("岗位"), ""), (_("时间"), ""), (_("缺人"), "num"), (_("一天"), "num")],
        "table_rows": [
            {"cells": [_("搬运，华丰建材"), "7:30", 2, yuan(220_00)], "url": "#tables", "mark": "hand"},
            {"cells": [_("保洁，城南小区"), "8:00", 0, yuan(150_00)], "url": "#tables", "mark": ""},
            {"cells": [_("瓦工，东街工地"), "8:30", 5, yuan(320_00)], "url": "#tables", "mark": "trouble"},
        ],
        "steps": [
            {"label": _("已登记"), "state": "done"},
            {"label": _("已确认去"), "state": "done", "text": _("昨天 18:20")},
            {"label": _("到岗打卡"), "state": "now", "text": _("7:30 前到工地东门")},
            {"label": _("结工钱"), "state": "next"},
        ],
        "events": [
            {"at": now - timedelta(hours=1), "text": _("确认去搬运"), "by": _("本人")},
            {"at": now - timedelta(hours=2), "text": _("发出邀请，问了 18 个人"), "by": _("系统")},
        ],
    }
