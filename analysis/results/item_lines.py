"""The published rows of one part as a table of every group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.results.item import GroupRow, ItemOfRound, Part
from analysis.results.item_words import group_name
from analysis.results.lines import DASH, SHOWN, shown_figure
from analysis.results.value_words import ValueWords
from analysis.verdicts import in_words


@dataclass(frozen=True)
class GroupLine:
    """`shown` has the figures as text; hidden and undefined ones are a dash."""

    name: str
    suppressed: bool
    coarse: bool
    shown: Mapping[str, str]
    modal: str
    consensus: str
    stability: str


def group_lines(item: ItemOfRound, part: Part, words: ValueWords) -> list[GroupLine]:
    return [_line(item, part, words, row) for row in part.rows]


def _line(item: ItemOfRound, part: Part, words: ValueWords, row: GroupRow) -> GroupLine:
    figures: Mapping[str, Any] = row.figures
    modal = figures.get("modal")
    return GroupLine(group_name(item, row), row.suppressed, figures.get("paired_coarse") == "yes",
                     {name: shown_figure(name, figures.get(name)) for name in SHOWN}, words.modal(part.code, part.level, modal) if modal else DASH,
                     in_words(figures.get("consensus")), in_words(figures.get("stability")))
