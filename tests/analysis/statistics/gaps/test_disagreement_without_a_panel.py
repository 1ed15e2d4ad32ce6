"""Does the gap between the panels narrow without one of them? By hand, and as if that panel had not been compared at all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.gaps.apportionment import Scale, scale_of
from analysis.statistics.gaps.disagreements import Question, Scope, overall_disagreement, question_disagreement
from tests.analysis.statistics.strategies import few, rating_or_missing

FIVE = Scale(np.arange(1.0, 6.0), 4.0)
LOW, HIGH = [1.0, 1, 1, 2, 2, 2], [4.0, 4, 4, 5, 5, 5]
PANELS = np.repeat([0, 1, 2], 6)


def everywhere(questions, panels=3):
    everything = np.ones((questions, panels), dtype=bool)
    return Scope(everything, everything)


def without(scope, panel):
    since = scope.since.copy()
    since[:, panel] = False
    return Scope(scope.now, since)


@st.composite
def questions_of_three_panels(draw, number=3):
    rows = draw(st.lists(st.tuples(st.sampled_from([0, 1, 2]), *[rating_or_missing] * (2 * number)), min_size=9, max_size=24))
    answers = np.array([[np.nan if value is None else value for value in row[1:]] for row in rows], dtype=float)
    panels = np.array([row[0] for row in rows])
    pairs = [(answers[:, 2 * place], answers[:, 2 * place + 1]) for place in range(number)]
    return [Question(str(place // 2), scale_of(np.concatenate(pair), 8.0), *pair) for place, pair in enumerate(pairs)], panels


def test_one_panel_alone_came_nearer():
    # Panel 2 went from the one end to the middle; 0 and 1 were and are alike, so that nothing changes without it
    before, after = np.array([*LOW, *LOW, *HIGH]), np.array([*LOW, *LOW, *LOW])
    (found,) = question_disagreement(Question("a", FIVE, before, after), PANELS, [everywhere(1)])
    assert (found.verdict, found.panels_before, found.verdicts_without) == ("narrows", (0, 1, 2), ("narrows", "narrows", "no_clear_change"))


def test_of_two_panels_neither_can_be_missed():
    before, after = np.array([*LOW, *HIGH]), np.array([*LOW, *LOW])
    (found,) = question_disagreement(Question("a", FIVE, before, after), PANELS[:12], [everywhere(1, 2)])
    assert (found.verdict, found.verdicts_without) == ("narrows", (None, None))


def test_over_all_questions_one_that_needs_the_panel_falls_away():
    # Question b is compared over the panels 0 and 2 alone: without either it says nothing, and a, on which nobody moved, is left
    still, moved = np.array([*LOW, *HIGH, *LOW]), np.array([*LOW, *LOW, *HIGH])
    questions = [Question("a", FIVE, still, still), Question("b", FIVE, moved, np.array([*LOW, *LOW, *LOW]))]
    since = np.array([[True, True, True], [True, False, True]])
    (found,) = overall_disagreement(questions, PANELS, [Scope(since, since)])
    assert (found.verdict, found.panels_before, found.verdicts_without) == ("narrows", (0, 1, 2), ("no_clear_change", "narrows", "no_clear_change"))


@few
@given(questions_of_three_panels())
def test_it_is_the_verdict_of_a_comparison_that_the_panel_is_not_in(made):
    questions, panels = made
    alone, all_together = everywhere(1), everywhere(len(questions))
    scopes = [alone, *(without(alone, panel) for panel in range(3))]
    found, *less = question_disagreement(questions[0], panels, scopes, draws=40)
    assert list(found.verdicts_without) == [less[panel].verdict for panel in found.panels_before]
    found, *less = overall_disagreement(questions, panels, [all_together, *(without(all_together, panel) for panel in range(3))], draws=40)
    assert list(found.verdicts_without) == [less[panel].verdict for panel in found.panels_before]


def test_answers_on_many_levels_are_taken_as_they_are():
    random = np.random.default_rng(3)
    before, after = random.uniform(0, 100, (2, 90)).round(2)
    after[:30] = before[:30] / 3
    question = Question("a", scale_of(np.concatenate([before, after]), 100.0), before, after)
    scope, panels = everywhere(1), np.repeat([0, 1, 2], 30)
    found, *less = question_disagreement(question, panels, [scope, *(without(scope, panel) for panel in range(3))], draws=60)
    assert list(found.verdicts_without) == [each.verdict for each in less]
