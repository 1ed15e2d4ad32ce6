"""What the chapters write of: the counted rounds, their published rows over everybody and the tables about them, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from analysis.exports.aggregates import published_rows
from analysis.exports.columns import RowContext
from analysis.exports.provenance import provenance
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisRun
from analysis.publication import Standing, closed_at, standing_of
from analysis.results.convergence import Convergence, convergence_of
from analysis.results.gaps import PerceptionGaps, gaps_of
from analysis.results.glance import Question, Together, questions_of, together_of
from analysis.results.glance_words import people_by_panel
from analysis.results.roles import StoredRoles, stored_roles
from surveys.models import AskedItem, AuditEvent, Round, Study
from surveys.queries import Groups, groups_of
from surveys.templatetags.organizer import marked
from surveys.workflow.deviations import Deviation, deviations_of


@dataclass(frozen=True, eq=False)
class CountedRound:
    """A round whose figures are shown. `asked` has open questions too, which have no figures, and no question that is there to practise."""

    run: AnalysisRun
    asked: Sequence[AskedItem]
    rows: Sequence[RowContext]
    questions: Sequence[Question]
    together: Together
    people: Sequence[Mapping[str, Any]]
    closed_at: datetime | None  # when the answers that the figures count were frozen; the round itself may have been closed again since
    standing: Standing

    @property
    def round(self) -> Round:
        return self.run.round

    @property
    def number(self) -> int:
        return self.run.round.number

    @cached_property
    def rows_by_item(self) -> dict[int, list[RowContext]]:
        """Item id → its rows over everybody: one, or one for each number of an answer."""
        found: dict[int, list[RowContext]] = {}
        for row in self.rows:
            found.setdefault(row.item.pk, []).append(row)
        return found


@dataclass(frozen=True)
class Asked:
    """A question with the last round that asked it: its verdict is that round's."""

    held: CountedRound
    question: Question

    @property
    def code(self) -> str:
        return str(self.question.item.code)

    @property
    def rows(self) -> list[RowContext]:
        return self.held.rows_by_item[self.question.item.pk]


@dataclass(frozen=True)
class Material:
    """A study as its report tells it, in the language that is active."""

    study: Study
    language: str
    rounds: Sequence[CountedRound]
    groups: Groups

    @property
    def last(self) -> CountedRound:
        return self.rounds[-1]

    @cached_property
    def last_asked(self) -> list[Asked]:
        """Every question with its latest figures, in the questionnaire's order: one that was dropped keeps its last verdict."""
        found = {question.item.code: Asked(held, question) for held in self.rounds for question in held.questions}
        return sorted(found.values(), key=lambda asked: (asked.question.item.section.position, asked.question.item.position))

    @cached_property
    def panels(self) -> dict[str, str]:
        return {panel["code"]: str(marked(self.study, panel["name"])) for panel in self.groups.panels}

    @cached_property
    def theatres(self) -> dict[str, str]:
        return {theatre["code"]: str(marked(self.study, theatre["name"])) for theatre in self.groups.theatres}

    @cached_property
    def compared(self) -> CountedRound:
        """The round that tells most of the gaps between panels: the one that compares most questions, of several the latest."""
        return max(self.rounds, key=lambda held: ((held.together.disagreement or {}).get("n_items") or 0, held.number))

    @cached_property
    def gaps(self) -> PerceptionGaps:
        return gaps_of(self.study, self.compared.run)

    @cached_property
    def provenance(self) -> dict[str, Any]:
        return provenance(self.study)

    @property
    def incomplete_rounds(self) -> list[int]:
        """Of which some further figures could not be worked out, because somebody's answers were erased before."""
        return [told["round"] for told in self.provenance["rounds"] if told.get("not_worked_out")]

    @cached_property
    def deviations(self) -> list[Deviation]:
        """Of the rounds that the report holds."""
        numbers = {held.number for held in self.rounds}
        return [deviation for deviation in deviations_of(self.study) if deviation.round in numbers]

    @cached_property
    def is_answered_here(self) -> bool:
        """By people on the study's own pages: no answer is simulated, or was collected elsewhere and taken up from a file."""
        return not self.study.is_simulated and not AuditEvent.objects.filter(study=self.study, act="import_answers").exists()

    @cached_property
    def convergence(self) -> Convergence:
        """Every question as its latest round asked it, with all rounds that compare."""
        return convergence_of(self.study, self.last.number)

    @cached_property
    def roles(self) -> list[tuple[int, StoredRoles]]:
        """Each role grid as the last round that asked it says, with that round's number."""
        found = {grid.code: (held.number, grid) for held in self.rounds for grid in stored_roles(self.study, held.number)}
        return list(found.values())

    def earlier(self, held: CountedRound) -> CountedRound | None:
        """The counted round before."""
        place = self.rounds.index(held)
        return self.rounds[place - 1] if place else None


def material_of(study: Study) -> Material:
    """Raises NotReady where no round is counted. What is read counts as shown from now on."""
    shown = what_is_shown(study)
    rows: dict[int, list[RowContext]] = {run.round.number: [] for run in shown.runs}
    for row in published_rows(study, group_type="all"):
        rows.get(row.round, []).append(row)
    rounds = tuple(_counted(study, run, rows[run.round.number]) for run in shown.runs)
    return Material(study, get_language() or "en", rounds, groups_of(study))


def _counted(study: Study, run: AnalysisRun, rows: Sequence[RowContext]) -> CountedRound:
    run.round.study = study
    entries = AskedItem.objects.filter(round=run.round_id).select_related("item_version__item__section").order_by("position")
    asked = [entry for entry in entries if not entry.item_version.definition.get("practice")]
    together = together_of(run)
    return CountedRound(run, asked, rows, questions_of(rows), together, people_by_panel(study, run, together),
                        closed_at(run, run.round), standing_of(run, run.round))
