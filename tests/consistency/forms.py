"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = ("text", "search", "tel", "number", "date", "time")


@dataclass
class Form:
    """A form that is sent: where to, what it holds, what of it is a file, what a person types."""

    action: str
    given: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._page, self._form, self._select = page, None, ""  # type: tuple[str, Form | None, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            sends = given.get("method", "").lower() == "post"
            self._form = Form(given.get("action") or self._page) if sends else None
            self.forms += [self._form] if self._form else []
        elif self._form is not None:
            self._take(self._form, tag, given)

    def _take(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        match tag:
            case "input" if name and kind == "file":
                form.files.append(name)
            case "input" if name and kind in ("radio", "checkbox"):
                if "checked" in given or name not in form.given:
                    form.given[name] = value or "on"
            case "input" if name and name != "csrfmiddlewaretoken":
                form.given[name] = value
                form.typed += [name] if kind in TYPED else []
            case "textarea" if name:
                form.given[name] = ""
                form.typed.append(name)
            case "select" if name:
                self._select = name
                form.given[name] = ""
            case "option" if self._select and ("selected" in given or not form.given[self._select]):
                form.given[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def forms_of(page: str, address: str) -> list[Form]:
    """Every form of the page that changes something; without an action it goes to the page's own address."""
    reader = _Reader(address.split("?")[0])
    reader.feed(page)
    return reader.forms
