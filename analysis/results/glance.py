"""A round at a glance: which questions are settled, which split, which still move, what moved most, who left. From published rows alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.exports.columns import RowContext
from analysis.models import AnalysisRun, ItemTable
from analysis.results.part_words import ToldPart
from analysis.stored_tables import Values, unpacked

MIXED, NOT_ASSESSED, PROTECTED = "mixed", "not_assessed", "protected"
FIRST_TIME, AGAIN = ("reached", "not_reached"), ("reached_again", "not_reached_again")  # of AGAIN it can't be told whether they are settled
SETTLED = ("stable_consensus", "stable_dissent")
OPEN = ("unstable_consensus", "unstable_dissent", *FIRST_TIME)  # not settled; neither settled nor open is what can't be told
CLASSES = ("stable_consensus", "unstable_consensus", "stable_dissent", "unstable_dissent", MIXED, *FIRST_TIME, *AGAIN, NOT_ASSESSED, PROTECTED)
MOST_MOVED = 3


@dataclass
class Question:
    """An item with its rows over everybody; a ranking's row as a whole stands for it."""

    item: Any  # surveys.models.Item
    definition: Mapping[str, Any]
    figures: list[Mapping[str, Any]] = field(default_factory=list)
    protected: int = 0
    has_whole: bool = False
    level: str = ""  # of its first number
    told: list[ToldPart] = field(default_factory=list)  # the numbers of its answer that are shown, a ranking's options too

    def add(self, row: RowContext) -> None:
        self.level = self.level or row.result.level
        if row.result.component and not row.result.suppressed:
            self.told.append(ToldPart(row.result.component, row.result.level, row.result.figures))
        self.add_figures(row.result.component, row.result.suppressed, row.result.figures)

    def add_figures(self, component: str, is_protected: bool, figures: Mapping[str, Any]) -> None:
        if component == "":
            self.has_whole = True
        if self.has_whole and component != "":
            return
        if is_protected:
            self.protected += 1
        else:
            self.figures.append(figures)

    @property
    def outcome(self) -> str:
        """One of CLASSES. Without stability, as in round 1, the verdict on consensus; "mixed" where an answer's numbers differ."""
        if not self.figures:
            return PROTECTED
        found = {class_of(figures) for figures in self.figures}
        return found.pop() if len(found) == 1 else MIXED

    @property
    def parts(self) -> int:
        return len(self.figures) + self.protected

    @property
    def agreed(self) -> int:
        return sum(figures.get("consensus") == "reached" for figures in self.figures)

    @property
    def settled(self) -> int:
        return sum(figures.get("stability") == "stable" for figures in self.figures)

    @property
    def is_open(self) -> bool:
        """Is a part not settled, as far as that is told?"""
        return any(class_of(figures) in OPEN for figures in self.figures)

    @property
    def is_settled(self) -> bool:
        """Parts that differ in agreement alone are as settled as a question that has one."""
        return bool(self.figures) and all(class_of(figures) in SETTLED for figures in self.figures)

    @property
    def was_asked_before(self) -> bool:
        """In words that compare."""
        return any(figures.get("previous_round") is not None for figures in self.figures)

    @property
    def percent_changed(self) -> float | None:
        """Of those who answered twice; of an answer with several numbers their mean."""
        return sum(self.changes) / len(self.changes) if self.changes else None

    @property
    def changes(self) -> list[float]:
        """Of each part: of those who answered it twice, how many per cent changed it, as far as that is told."""
        return [figures["percent_changed"] for figures in self.figures if figures.get("percent_changed") is not None]

    @property
    def is_rough(self) -> bool:
        return any(figures.get("paired_coarse") == "yes" for figures in self.figures)


def class_of(figures: Mapping[str, Any]) -> str:
    """Of one number: both verdicts together; without stability that on consensus, and whether it was asked before."""
    outcome, consensus = (str(figures.get(name) or NOT_ASSESSED) for name in ("outcome", "consensus"))
    if outcome != NOT_ASSESSED:
        return outcome
    was_asked_before = consensus != NOT_ASSESSED and figures.get("previous_round") is not None
    return f"{consensus}_again" if was_asked_before else consensus


def questions_of(rows: Iterable[RowContext]) -> list[Question]:
    """The items of a round, in the questionnaire's order, from its rows over everybody."""
    found: dict[int, Question] = {}
    for row in rows:
        result = row.result
        if result.asked_item_id not in found:
            found[result.asked_item_id] = Question(row.item, result.asked_item.item_version.definition)
        found[result.asked_item_id].add(row)
    return list(found.values())


def by_class(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The classes that occur, each with its questions."""
    listed = list(questions)
    found = {name: [question for question in listed if question.outcome == name] for name in CLASSES}
    return {name: held for name, held in found.items() if held}


def most_moved(questions: Iterable[Question]) -> list[Question]:
    """The questions that most experts answered differently, the most first."""
    moved = [question for question in questions if question.percent_changed]
    return sorted(moved, key=lambda question: -(question.percent_changed or 0))[:MOST_MOVED]


def still_open(questions: Iterable[Question]) -> int:
    """How many are not settled."""
    return sum(question.is_open for question in questions)


@dataclass(frozen=True)
class Together:
    """What the further tables say of the round as a whole; None, or nothing, where they are not there yet."""

    disagreement: Values | None
    attrition: Mapping[str, Values]  # by panel
    are_there: bool
    everybody: Values | None = None  # attrition over all panels


def together_of(run: AnalysisRun) -> Together:
    """From the rows about all items (1 query)."""
    names = ("disagreement", "attrition")
    stored = {table.name: list(unpacked(table.content)) for table in ItemTable.objects.filter(run=run, asked_item=None, name__in=names)}
    overall = next((row for row in stored.get("disagreement", ()) if row["group_type"] == "all" and row["between_share"] is not None), None)
    left = {row["group"]: row for row in stored.get("attrition", ()) if row["group_type"] == "panel"}
    everybody = next((row for row in stored.get("attrition", ()) if row["group_type"] == "all"), None)
    return Together(overall, left, bool(stored), everybody)
