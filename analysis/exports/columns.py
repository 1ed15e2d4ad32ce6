"""Every column of aggregates.csv: its name, what it means, and where its value comes from.

A new column is one line in COLUMNS (recipe in CONTRIBUTING.md); the code book and docs/files.md are made from this list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis.exports.cells import number_cell, text_cell
from analysis.models import ItemResult

Source = Callable[["RowContext"], Any]


@dataclass(frozen=True)
class RowContext:
    """A result row with the study and item it belongs to."""

    study: str
    round: int
    result: ItemResult
    item: Any  # surveys.models.Item
    version: int
    simulated: bool

    def figure(self, name: str) -> Any:
        return self.result.figures.get(name)


@dataclass(frozen=True)
class Column:
    name: str
    kind: str  # "text" or "number"
    meaning: str
    source: Source

    def cell(self, row: RowContext) -> str:
        value = self.source(row)
        return number_cell(value) if self.kind == "number" else text_cell(value)


def text(name: str, meaning: str, source: Source) -> Column:
    return Column(name, "text", meaning, source)


def figure(name: str, meaning: str, kind: str = "number") -> Column:
    return Column(name, kind, meaning, lambda row: row.figure(name))


COLUMNS: tuple[Column, ...] = (
    text("study", "the study's slug", lambda row: row.study),
    Column("round", "number", "the round's number, from 1", lambda row: row.round),
    text("section", "the section's code", lambda row: row.item.section.code),
    text("item", "the item's code", lambda row: row.item.code),
    Column("item_version", "number", "the version of the item's wording that was asked", lambda row: row.version),
    text("kind", "the item's kind", lambda row: row.item.kind),
    text("component", "which plain number in the answer; empty for one-number kinds", lambda row: row.result.component),
    text("level", "the component's measurement level", lambda row: row.result.level),
    text("group_type", "all, equal_weight, theatre or panel", lambda row: row.result.group_type),
    text("group", "the code of the theatre or panel, else the group type", lambda row: row.result.group),
    figure("n_invited", "panelists of the group invited to the round who neither declined nor withdrew"),
    figure("n_submitted", "their responses that count"),
    figure("n", "valid answers"),
    figure("n_cannot_judge", "experts who said that they cannot judge"),
    figure("n_missing", "submitted responses without an answer to the item"),
    figure("median", "median"),
    figure("q1", "first quartile, in the study's quantile type (7 unless it says otherwise)"),
    figure("q3", "third quartile"),
    figure("iqr", "interquartile range, q3 - q1"),
    figure("mean", "arithmetic mean"),
    figure("sd", "standard deviation, divisor n - 1 (equal_weight: reliability weights)"),
    figure("band_share", "0 to 1: share in the rule's band (percent_agreement) or of the commonest option (modal_share)"),
    figure("consensus_rule", "name of the consensus rule that holds for this component", "text"),
    figure("consensus", "reached, not_reached or not_assessed", "text"),
    figure("n_pairs", "experts with a valid answer in this round and the previous one that asked the item"),
    figure("percent_changed", "0 to 100: of the pairs, how many changed"),
    figure("iqr_change", "IQR of this round minus that of the previous one, over all answers of each"),
    figure("sd_change", "SD of this round minus that of the previous one, over all answers of each"),
    figure("scheibe", "0 to 100: net change of the histogram (Scheibe, Skutsch & Schofer 1975)"),
    figure("stability_rule", "name of the stability rule that holds for this component", "text"),
    figure("stability", "stable, unstable or not_assessed", "text"),
    figure("outcome", "stable_consensus, unstable_consensus, stable_dissent, unstable_dissent or not_assessed", "text"),
    text("suppressed", "yes when the row is protected: showing it could give somebody away",
         lambda row: "yes" if row.result.suppressed else "no"),
    figure("rule_value", "the figure that the consensus rule compares"),
    figure("stability_value", "the figure that the stability rule compares"),
    figure("modal", "the commonest position or option; several are joined by |", "text"),
    figure("modal_share", "0 to 1: its share"),
    figure("paired_coarse",
           "yes when figures over pairs are coarsened, since few experts joined or left, or since fine ones would give away somebody in another group", "text"),
    text("simulated", "yes when the study's experts are simulated", lambda row: "yes" if row.simulated else "no"),
    figure("previous_round", "the earlier round that the row is compared with; empty where none asked the item in a wording that compares"),
    figure("previous_version", "the version of the item's wording that the earlier round asked"),
)
