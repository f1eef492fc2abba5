"""Standbys in advance: as many as it takes to be sure that a full shift stays full, of those who wish to be called.

Nobody is promised a place there is not, and who stands by may take any other work meanwhile.
"""

import copy
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _t

from linggong.dispatch import pool, wording
from linggong.dispatch.chances import chances_in
from linggong.dispatch.models import Placement, Standby
from linggong.dispatch.people import people
from linggong.dispatch.reach import everywhere
from linggong.dispatch.shifts import shift_for_engine
from linggong.dispatch.standby import stand_by
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.matching import waves as engine
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.posts.models import Shift

JUST_FILLED = timedelta(minutes=5)
"""So long after the last confirmation a full shift is looked at."""
LONGEST_LIST = 60


def keep_standbys(limit: int = 20) -> int:
    """Find the standbys that shifts which have just become full lack; return how many agreed in advance.

    Called by the background work.
    """
    with within(system("standby")):
        due = list(_just_filled()[:limit])
    return sum(_stand_by(shift) for shift in due)


def _just_filled() -> "QuerySet[Shift]":
    now = clock.now()
    lately = Placement.objects.filter(shift=OuterRef("pk"), created_at__gte=now - JUST_FILLED)
    full = Shift.objects.filter(listed=True, state=Shift.State.OPEN, taken__gte=F("places"), starts__gt=now)
    without = full.filter(Exists(lately)).exclude(Exists(Standby.objects.filter(shift=OuterRef("pk"))))
    return without.select_related("job").order_by("starts")


def _stand_by(shift: Shift) -> int:
    wanted = standbys_wanted(shift)
    one_open = copy.copy(shift)
    one_open.taken = shift.places - 1
    likely = pool.shortlist(one_open, limit=LONGEST_LIST).suggestions if wanted else []
    willing = [each.worker for each in likely if each.worker.takes_standby][:wanted]
    for worker in willing:
        by = system("standby", shift.division)
        with within(by):
            stand_by(shift=shift, worker=worker, by=by)
            notices.send(
                "standby",
                _t("%(when)s，%(title)s：有人来不了就叫您顶上。不用等，有别的活照样接。")
                % {"when": wording.when(shift), "title": shift.job.title},
                recipient=Notice.Recipient.WORKER,
                recipient_id=worker.id,
                division=shift.division,
                channels=(Notice.Channel.APP,),
                about_id=shift.id,
                path=f"/worker/jobs/{shift.id}/",
            )
    return len(willing)


def standbys_wanted(shift: Shift) -> int:
    """How many must stand by, by what has been learnt about who comes, to be 90% sure that all places are worked."""
    with everywhere("standby"):
        held = Placement.objects.filter(shift=shift, state__in=Placement.HOLDS_TIME).values_list("worker_id", flat=True)
        confirmed = people(list(held)).values()
        model, asked = chances_in(shift.division).model, shift_for_engine(shift)
    notice = max(int((shift.starts - clock.now()).total_seconds() // 60), 0)
    return engine.standbys_wanted([model.chance_of_arrival(one, asked, notice) for one in confirmed], shift.places)
