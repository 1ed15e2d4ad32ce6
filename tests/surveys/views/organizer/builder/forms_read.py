"""A page's form as a browser without JavaScript reads it: what it would send, with what somebody types into it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Pairs = dict[str, list[str]]


@dataclass
class Form:
    """`sends`: name → values, but for buttons; `buttons`: values of those called `do`; `choices`: what each select offers."""

    action: str = ""
    sends: Pairs = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    choices: Pairs = field(default_factory=dict)

    def typed(self, do: str = "save", **given: Any) -> Pairs:
        """What is sent when this was typed and that button pressed. None takes a name out; names have `__` for a hyphen."""
        assert do in self.buttons, f"there is no button {do}; there are {self.buttons}"
        found = {**self.sends, "do": [do]}
        for name, value in given.items():
            name = name.replace("__", "-")
            assert name in found or name in self.offered(), f"there is no field {name}"
            found[name] = value if isinstance(value, list) else [value]
        return {name: values for name, values in found.items() if values != [None]}

    def offered(self) -> set[str]:
        return {*self.choices}


class Reader(HTMLParser):
    """Reads the form that has the attribute `mark`."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark, self.form, self.is_inside = mark, Form(), False
        self.select = self.textarea = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_inside = self.mark in given
            self.form.action = given.get("action") or "" if self.is_inside else self.form.action
        elif self.is_inside:
            getattr(self, f"begin_{tag}", lambda given: None)(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea" and self.textarea:
            self.form.sends.setdefault(self.textarea, []).append(self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.textarea = ""
        elif tag == "select" and self.select:
            if self.select not in self.form.sends and self.form.choices[self.select]:
                self.form.sends[self.select] = [self.form.choices[self.select][0]]
            self.select = ""

    def handle_data(self, data: str) -> None:
        self.text += data if self.textarea else ""

    def begin_input(self, given: dict[str, str | None]) -> None:
        name, kind = given.get("name") or "", given.get("type", "text")
        if kind in ("checkbox", "radio"):
            self.form.choices.setdefault(name, []).append(given.get("value") or "on")
        if kind not in ("checkbox", "radio") or "checked" in given:
            self.form.sends.setdefault(name, []).append(given.get("value") or ("on" if kind == "checkbox" else ""))

    def begin_textarea(self, given: dict[str, str | None]) -> None:
        self.textarea, self.text = given.get("name") or "", ""

    def begin_select(self, given: dict[str, str | None]) -> None:
        self.select = given.get("name") or ""
        self.form.choices[self.select] = []

    def begin_option(self, given: dict[str, str | None]) -> None:
        self.form.choices[self.select].append(given.get("value") or "")
        if "selected" in given:
            self.form.sends[self.select] = [given.get("value") or ""]

    def begin_button(self, given: dict[str, str | None]) -> None:
        if given.get("name") == "do" and "disabled" not in given:
            self.form.buttons.append(given.get("value") or "")


def form_in(html: str, mark: str = "data-item-form") -> Form:
    reader = Reader(mark)
    reader.feed(html)
    return reader.form
