"""overall_disagreement: what many questions come to, from the same draws of experts throughout."""

import numpy as np
import pytest

from analysis.statistics import disagreement, disagreement_change
from analysis.statistics.gaps.apportionment import Scale
from analysis.statistics.gaps.disagreements import Question, Scope, overall_disagreement, question_disagreement

NOBODY = np.full(4, np.nan)
PANELS = np.array([0, 0, 1, 1])
FIVE = Scale(np.arange(1.0, 6.0), 4.0)


def question(item, after, before=None):
    return Question(item, FIVE, NOBODY if before is None else np.array(before, dtype=float), np.array(after, dtype=float))


def everywhere(questions, panels=2):
    everything = np.ones((questions, panels), dtype=bool)
    return Scope(everything, everything)


def test_every_item_weighs_the_same_and_so_does_every_component_of_an_item():
    # By hand, in quarters: W 0 and 0 everywhere, C = 4, 2 and 0; between = C/2 = 2, 1 and 0; mean of (2 + 1)/2 and 0 = 3/4
    questions = [question("a", [1, 1, 5, 5]), question("a", [1, 1, 3, 3]), question("b", [2, 2, 2, 2])]
    (found,) = overall_disagreement(questions, PANELS, [everywhere(3)])
    assert found.figures["between"].value == pytest.approx(3 / 16)
    assert (found.n_items, found.n_items_before) == (2, 0)
    assert found.figures["between_change"].value is None


def test_the_share_over_all_items_is_that_of_the_mean_figures():
    # By hand, in quarters: item a: W 0, C 4, total 2; item b: W 1 and 1, C 1/2 + 1/2 = 1/2: 1, 0, 0, 1 on average 1/2, total 3/4
    (found,) = overall_disagreement([question("a", [1, 1, 5, 5]), question("b", [1, 2, 1, 2])], PANELS, [everywhere(2)])
    assert found.figures["between_share"].value == pytest.approx((2 - 1 / 4) / (2 + 3 / 4))


def test_over_one_question_it_is_that_questions():
    random = np.random.default_rng(5)
    panels = np.repeat([0, 1, 2], [6, 9, 7])
    asked = Question("a", FIVE, *random.integers(1, 6, (2, 22)).astype(float))
    (alone,), (overall,) = question_disagreement(asked, panels, [everywhere(1, 3)]), overall_disagreement([asked], panels, [everywhere(1, 3)])
    assert (overall.figures, overall.verdict, overall.main_cause) == (alone.figures, alone.verdict, alone.main_cause)
    changed, now = disagreement_change(asked.before, asked.after, panels, (1, 5)), disagreement({n: asked.after[panels == n] for n in range(3)}, (1, 5))
    assert (alone.figures["between_change"].value, alone.figures["between_change"].low) == (changed.between.change, changed.between.interval[0])
    assert alone.figures["total"].value == now.total


def test_the_overall_interval_uses_the_same_experts_for_all_items():
    # Asked twice the same: the mean varies just as each of them does, not less as two unrelated ones would
    answers = [1.0, 3.0, 4.0, 5.0]
    (both,) = overall_disagreement([question("a", answers), question("b", answers)], PANELS, [everywhere(2)])
    (alone,) = question_disagreement(question("a", answers), PANELS, [everywhere(1)])
    assert both.figures["between"] == alone.figures["between"]


def test_items_that_were_not_asked_before_have_no_part_in_the_change():
    # By hand, in quarters: item a from C 4 to C 2: between from 2 to 1
    questions = [question("a", [1, 1, 3, 3], before=[1, 1, 5, 5]), question("b", [1, 1, 5, 5])]
    (found,) = overall_disagreement(questions, PANELS, [everywhere(2)])
    assert found.figures["between_change"].value == pytest.approx(-1 / 4)
    assert found.figures["between_revision"].value == pytest.approx(-1 / 4)
    assert (found.n_items, found.n_items_before) == (2, 1)
    (new,) = question_disagreement(questions[1], PANELS, [everywhere(1)])
    assert new.verdict is None


def test_each_scope_compares_its_own_panels():
    # By hand, in quarters: panels at 1, 2 and 5; a and b: C 1, between 1/2; a and c: C 4, between 2; b unpublished before
    answers = [1, 1, 2, 2, 5, 5]
    asked = Question("a", FIVE, np.array(answers, dtype=float), np.array(answers, dtype=float))
    first, second = (np.array([mask], dtype=bool) for mask in ([1, 1, 0], [1, 0, 1]))
    found = question_disagreement(asked, np.repeat([0, 1, 2], 2), [Scope(first, second), Scope(second, first & second)])
    assert [one.figures["between"].value for one in found] == pytest.approx([1 / 8, 2 / 4])
    assert [one.panels for one in found] == [(0, 1), (0, 2)]
    assert [one.panels_before for one in found] == [(0, 2), (0,)]
    assert [one.verdict for one in found] == ["no_clear_change", None]


def test_experts_of_no_panel_and_without_answers_are_nobody():
    asked = question("a", [1, 2, 4, 5])
    (one,) = overall_disagreement([asked], PANELS, [everywhere(1)])
    more = Question("a", FIVE, np.full(7, np.nan), np.array([1, 2, np.nan, 3, 4, 5, np.nan]))
    (other,) = overall_disagreement([more], np.array([0, 0, 0, -1, 1, 1, 1]), [everywhere(1)])
    assert other == one


def test_no_question_at_all():
    (found,) = overall_disagreement([], PANELS, [everywhere(0)])
    assert (found.figures["between"].value, found.n_items) == (None, 0)


@pytest.mark.parametrize("panels", [(20, 20), (6, 6, 6)])
def test_panels_that_do_not_differ_are_seldom_said_to(panels):
    # 60 drawn studies whose panels all follow the same law: a 95 % interval that misses 0 in more than 8 has probability < 1 %
    missed = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        groups = {place: random.integers(1, 6, size) for place, size in enumerate(panels)}
        low, high = disagreement(groups, (1, 5), draws=199, seed=seed).between_interval
        missed += not low <= 0 <= high
    assert missed <= 8
