"""Why the engine brings two together, and whom it asked in which order: in words, and whole for the auditor."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linggong.dispatch import pool
from linggong.dispatch.models import Offer, Wave
from linggong.matching import explanation
from linggong.posts import queries as posts
from linggong.web.desk.acts import found
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language
from linggong.workers import queries as workers

CHANNELS: dict[str, str | Promise] = {"message": _("发消息问"), "call": _("打电话问"), "hall": _("大厅叫号")}


@staff
def pair(request: Request, shift_id: UUID, worker_id: UUID) -> HttpResponse:
    """One worker and one shift: what speaks for them, term by term, and what speaks against."""
    shift = found(lambda: posts.shift(shift_id, viewer=request.viewer))
    worker = found(lambda: workers.worker(worker_id, request.viewer))
    against, suggestion = pool.judge(worker, shift)
    ranked, spoken = suggestion.ranked, _language()
    context = {
        "shift": shift,
        "worker": worker,
        "against": [explanation.refusal_sentence(reason, spoken) for reason in against],
        "sentence": pool.why(ranked, spoken, "clerk"),
        "terms": explanation.table(ranked.fit, spoken),
        "suggestion": suggestion,
    }
    return render(request, "desk/matching_pair.html", context)


@staff
def waves(request: Request, shift_id: UUID) -> HttpResponse:
    """Every wave of a shift: who was asked, in which order and why, and what it was reckoned from."""
    shift = found(lambda: posts.shift(shift_id, viewer=request.viewer))
    asked = list(Offer.objects.filter(shift=shift, wave__isnull=False))
    told = [(wave, CHANNELS.get(wave.channel, wave.channel), _asked(wave, asked)) for wave in shift.waves.all()]
    return render(request, "desk/matching_waves.html", {"shift": shift, "waves": told})


def _asked(wave: Wave, offers: list[Offer]) -> list[tuple[Offer, int | None]]:
    """The offers of a wave in the order of asking, with the chance of a yes in percent where it is known."""
    chances = {line[0]: round(100 * line[2]) for line in wave.considered}
    of_wave = {str(offer.worker_id): offer for offer in offers if offer.wave_id == wave.id}
    in_order = [worker_id for worker_id in chances if worker_id in of_wave]
    return [(of_wave[worker_id], chances.get(worker_id)) for worker_id in dict.fromkeys([*in_order, *of_wave])]


def _language() -> explanation.Language:
    return "en" if language() == "en" else "zh"
