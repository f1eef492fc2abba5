"""A registration under way: what was typed, sealed in the session until it is whole."""

import json
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.datastructures import MultiValueDict

from linggong.foundation.personal import Sealed, seal
from linggong.lib.sealing import SealBroken
from linggong.web.worker.profile_forms import (
    ConsentForm,
    ProfileForm,
    SkillsForm,
    TermsForm,
    TradesForm,
    WhoForm,
)

KEY = "registration"

STEPS: dict[str, type[ProfileForm]] = {
    "who": WhoForm,
    "trades": TradesForm,
    "skills": SkillsForm,
    "terms": TermsForm,
    "consent": ConsentForm,
}
ORDER = list(STEPS)


class Draft:
    """What was typed at each step, as it was typed. It lives in the session, sealed: it holds an identity number."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.typed: dict[str, dict[str, list[str]]] = _opened(session.get(KEY, ""))
        self._walk()

    def keep(self, step: str, data: MultiValueDict[str, str]) -> None:
        self.typed[step] = {name: data.getlist(name) for name in data if name != "csrfmiddlewaretoken"}
        self.session[KEY] = seal(json.dumps(self.typed), KEY).text
        self._walk()

    def forget(self) -> None:
        self.session.pop(KEY, None)

    def _walk(self) -> None:
        """The form of each step up to the first that is open, and what they say, named as in `NewWorker`."""
        self.forms: dict[str, ProfileForm] = {}
        self.known: dict[str, Any] = {}
        self.first_open = ORDER[-1]
        for step in ORDER:
            data = MultiValueDict(self.typed[step]) if step in self.typed else None
            form = self.forms[step] = STEPS[step](data, known=dict(self.known))
            if not form.is_valid():
                self.first_open = step
                return
            self.known.update(form.values())


def _opened(text: str) -> dict[str, dict[str, list[str]]]:
    try:
        found: dict[str, dict[str, list[str]]] = json.loads(Sealed(text, KEY).open()) if text else {}
    except SealBroken:
        return {}
    return found
