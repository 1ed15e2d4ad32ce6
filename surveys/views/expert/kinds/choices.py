"""Choices: any number of several options, or none of these; a bar for the share that ticked each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.items import ItemSpec
from surveys.strip.shares import Share, yes_share
from surveys.views.expert.kinds.base import Audience, Figures, KindPage, option_texts
from surveys.views.expert.wording import Phrase, Wording


@dataclass(frozen=True)
class Row:
    """One option in one group. `share` None: nobody answered, or it is protected."""

    code: str
    name: Phrase
    share: Share | None
    is_protected: bool


@dataclass(frozen=True)
class Shares:
    """All options in one group. `n` 0: nobody answered, or nothing is shown."""

    name: Phrase | None
    is_own: bool
    rows: tuple[Row, ...]
    n: int
    n_cannot_judge: int

    @property
    def is_protected(self) -> bool:
        """Nothing at all may be shown of this group."""
        return all(row.is_protected for row in self.rows)


@dataclass(frozen=True)
class ChoicesShape:
    everybody: Shares
    panels: tuple[Shares, ...]
    most: int

    @property
    def has_protected(self) -> bool:
        return any(row.is_protected for group in (self.everybody, *self.panels) for row in group.rows)

    @property
    def lines(self) -> list[tuple[Phrase, list[Row]]]:
        """The table twin: an option, and its row in every group."""
        groups = (self.everybody, *self.panels)
        return [(row.name, [group.rows[place] for group in groups]) for place, row in enumerate(self.everybody.rows)]


class ChoicesPage(KindPage):
    picture = "surveys/pictures/choices.html"
    script = "js/kind-choices.js"

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        return {"options": option_texts(spec, wording)}

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        ticked = [text.plain for code, text in option_texts(spec, wording) if code in value]
        return "; ".join(ticked) if ticked else _("None of these")

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        return next((text.plain for known, text in option_texts(spec, wording) if known == code), code)

    def shape(self, spec: ItemSpec, audience: Audience) -> ChoicesShape | None:
        if not audience.groups:
            return None
        options = option_texts(spec, audience.wording)
        everybody = shares_of(options, [audience.everybody(code) for code, _text in options], None, is_own=False)
        by_option = [dict(audience.panels(code)) for code, _text in options]
        panels = tuple(
            shares_of(options, [found[panel] for found in by_option], audience.names[panel], is_own=panel == audience.own_panel)
            for panel in (by_option[0] if by_option else {})
        )
        return ChoicesShape(everybody, panels, spec.at_most or len(options))


def shares_of(options: Sequence[tuple[str, Phrase]], figures: Sequence[Figures | None], name: Phrase | None, *, is_own: bool) -> Shares:
    """`figures`: of each option in turn, None where they are protected."""
    rows = tuple(
        Row(code, text, yes_share(found.get("histogram")) if found else None, found is None)
        for (code, text), found in zip(options, figures, strict=True)
    )
    shown = next((found for found in figures if found), {})
    return Shares(name, is_own, rows, shown.get("n") or 0, shown.get("n_cannot_judge") or 0)
