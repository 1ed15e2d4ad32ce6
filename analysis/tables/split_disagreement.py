"""The experts' disagreement split within and between panels, by component and over all items: what disagreement.csv and influence.csv are made of.

It is drawn once, with every change also worked out without each panel in turn, and both tables take their rows from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem, PublishedRound
from analysis.round_data import RoundData
from analysis.rules import NOT_ASSESSED
from analysis.statistics.gaps.disagreements import Apportioned, overall_disagreement, question_disagreement
from analysis.tables.families import is_about_the_question
from analysis.tables.panel_answers import Asked, Comparison, PanelAnswers

KEY = "split disagreement"
Name = tuple[str, str]


@dataclass(frozen=True)
class SplitDisagreement:
    """`since`: the change, over the panels of which all of it may be told."""

    comparison: Comparison
    now: Apportioned
    since: Apportioned

    @property
    def verdict(self) -> str | None:
        """None where nothing may be told of a change, or there is none."""
        if not self.comparison.n_panels or not self.comparison.n_panels_since:
            return None
        return self.since.verdict if self.comparison.may_be_judged else NOT_ASSESSED

    def verdict_without(self, panel: str) -> str | None:
        """None where the panel is not one of those compared, or one of two."""
        if self.verdict in (None, NOT_ASSESSED):
            return None
        return dict(zip(self.since.panels_before, self.since.verdicts_without, strict=True)).get(self.comparison.codes.index(panel))


def groups_of_panels(data: RoundData) -> list[Group]:
    """Those whose panels are compared."""
    return [group for group in data.groups if group.kind in ("all", "theatre")]


def split_of_item(item: PublishedItem) -> Mapping[str, Sequence[SplitDisagreement]]:
    """By component, for each group of panels; none for a component whose answers have no distance."""
    if KEY not in item.worked_out:
        item.worked_out[KEY] = {component.code: _split_of_component(item, component) for component in item.components}
    found: Mapping[str, Sequence[SplitDisagreement]] = item.worked_out[KEY]
    return found


def _split_of_component(item: PublishedItem, component: PublishedComponent) -> list[SplitDisagreement]:
    answers = PanelAnswers(item.data, [Asked(item, component)])
    if not answers.asked[0].has_distance:
        return []
    comparisons, scopes = _compared(answers)
    now = question_disagreement(answers.questions_now[0], answers.panels, scopes)
    since = now if component.previous is None else question_disagreement(answers.questions[0], answers.panels, scopes)
    return [SplitDisagreement(*found) for found in zip(comparisons, now, since, strict=True)]


def split_of_round(published: PublishedRound) -> Sequence[SplitDisagreement]:
    """Over all items, each of which weighs the same; for each group of panels."""
    if KEY not in published.worked_out:
        published.worked_out[KEY] = _split_of_round(published)
    found: Sequence[SplitDisagreement] = published.worked_out[KEY]
    return found


def _split_of_round(published: PublishedRound) -> list[SplitDisagreement]:
    every = (Asked(item, component) for item in published.items for component in item.components)
    answers = PanelAnswers(published.data, [asked for asked in every if asked.has_distance and is_about_the_question(asked.item.kind, asked.component.code)])
    if not answers.asked:
        return []
    comparisons, scopes = _compared(answers)
    now = overall_disagreement(answers.questions_now, answers.panels, scopes)
    looks_back = any(comparison.looks_back for comparison in comparisons)
    since = overall_disagreement(answers.questions, answers.panels, scopes) if looks_back else now
    return [SplitDisagreement(*found) for found in zip(comparisons, now, since, strict=True)]


def _compared(answers: PanelAnswers) -> tuple[list[Comparison], list[Any]]:
    comparisons = [Comparison(answers, group) for group in groups_of_panels(answers.data)]
    return comparisons, [each.scope for each in comparisons]
