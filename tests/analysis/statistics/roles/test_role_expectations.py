"""role_expectations: what a group means to do against what the others expect of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, adjust_p_values, role_expectations
from tests.analysis.statistics.strategies import few, rating_or_missing

# Three allies; each row a rater: (name, ally, score of JP, of KR, of US)
RATERS = [
    ("j1", "JP", 7, 4, 8),
    ("j2", "JP", 8, 5, 8),
    ("j3", "JP", 6, 6, 9),
    ("j4", "JP", 9, 7, 7),
    ("k1", "KR", 4, 6, 9),
    ("k2", "KR", 5, 5, 9),
    ("k3", "KR", 6, 7, 8),
    ("u1", "US", 7, 5, 4),
    ("u2", "US", 5, 4, 5),
    ("u3", "US", 6, 4, 6),
    ("u4", "US", 8, 3, 5),
]
TARGETS = ("JP", "KR", "US")


def long_table(raters):
    rows = [
        (name, ally, target, score)
        for name, ally, *scores in raters
        for target, score in zip(TARGETS, scores, strict=True)
    ]
    return [list(column) for column in zip(*rows, strict=True)]


@st.composite
def panels(draw):
    members = draw(st.lists(st.tuples(st.sampled_from(TARGETS), *[rating_or_missing] * 3), min_size=1, max_size=10))
    return [(f"rater {place}", *member) for place, member in enumerate(members)]


def test_means_gaps_and_p_by_hand_and_r():
    result = role_expectations(*long_table(RATERS))
    assert (result.groups, result.targets) == (TARGETS, TARGETS)
    assert result.mean_matrix == (
        (7.5, 5.5, 8.0),
        (5.0, 6.0, pytest.approx(26 / 3)),
        (6.5, 4.0, 5.0),
    )
    assert result.median_matrix == ((7.5, 5.5, 8), (5, 6, 9), (6.5, 4, 5))
    assert result.n_matrix == ((4, 4, 4), (3, 3, 3), (4, 4, 4))
    assert result.self_expectation == (7.5, 6.0, 5.0)
    assert result.others_equal_weight == pytest.approx((5.75, 4.75, 25 / 3))
    assert result.others_pooled == pytest.approx((41 / 7, 38 / 8, 58 / 7))
    assert result.gap == pytest.approx((1.75, 1.25, -10 / 3))
    # R 4.2.2: wilcox.test(c(7,8,6,9), c(4,5,6,7,5,6,8), exact = FALSE, correct = FALSE)$p.value
    assert result.p_mann_whitney[0] == pytest.approx(0.0838874649588877)
    assert result.p_holm == adjust_p_values(result.p_mann_whitney, "holm")
    assert (result.n, result.n_missing) == (33, 0)


def test_equal_weight_and_pooled_differ_with_panel_sizes():
    table = [["a1", "b1", "b2", "b3", "c1"], ["A", "B", "B", "B", "C"], ["A"] * 5, [5, 2, 2, 2, 8]]
    result = role_expectations(*table)
    assert (result.others_equal_weight, result.others_pooled) == ((5,), (3.5,))


def test_a_target_that_does_not_judge_itself_has_no_gap():
    result = role_expectations(["a", "b"], ["A", "B"], ["C", "C"], [3, 5])
    assert (result.targets, result.self_expectation, result.others_equal_weight) == (("C",), (None,), (4,))
    assert (result.gap, result.p_mann_whitney, result.p_holm) == ((None,), (None,), (None,))


def test_a_target_judged_only_by_itself_has_no_gap():
    result = role_expectations(["a", "b"], ["A", "A"], ["A", "A"], [3, 5])
    assert (result.self_expectation, result.others_equal_weight, result.gap) == ((4,), (None,), (None,))


def test_one_rater():
    result = role_expectations(["a"], ["A"], ["B"], [3])
    assert (result.mean_matrix, result.gap, result.status) == (((3,),), (None,), Status.OK)


@pytest.mark.parametrize("table", [([], [], [], []), (["a"], ["A"], ["A"], [None])])
def test_no_judgement(table):
    assert role_expectations(*table).status == Status.INSUFFICIENT_N


def test_a_group_whose_scores_are_all_missing_stays_as_an_empty_row():
    result = role_expectations(["a", "b"], ["A", "B"], ["A", "A"], [4, None])
    assert (result.groups, result.mean_matrix, result.n_matrix) == (("A", "B"), ((4,), (None,)), ((1,), (0,)))


def test_all_scores_equal_have_a_gap_of_0_and_no_p():
    result = role_expectations(["a", "b"], ["A", "B"], ["A", "A"], [4, 4])
    assert (result.gap, result.p_mann_whitney) == ((0,), (None,))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ((["a"], ["A", "B"], ["A"], [1]), "rater_group"),
        ((["a"], ["A"], ["A"], [1, 2]), "score"),
        ((["a"], ["A"], [None], [1]), "target"),
        ((["a"], ["A"], ["A"], ["high"]), "score"),
        ((["a", "a"], ["A", "B"], ["A", "B"], [1, 2]), "rater_group"),
        ((["a", "a"], ["A", "A"], ["B", "B"], [1, 2]), "rater must"),
        (("abc", ["A"], ["A"], [1]), "rater must"),
    ],
)
def test_malformed_arguments_are_named(table, named):
    with pytest.raises(ValueError, match=named):
        role_expectations(*table)


@few
@given(panels(), st.randoms())
def test_the_order_of_raters_changes_nothing(raters, random):
    shuffled = list(raters)
    random.shuffle(shuffled)
    one, other = role_expectations(*long_table(raters)), role_expectations(*long_table(shuffled))
    assert other.n_matrix == one.n_matrix
    assert other.gap == pytest.approx(one.gap)
    assert other.p_holm == pytest.approx(one.p_holm)


@few
@given(panels())
def test_gap_is_self_minus_others(raters):
    result = role_expectations(*long_table(raters))
    for own, others, gap in zip(result.self_expectation, result.others_equal_weight, result.gap, strict=True):
        assert gap == (None if own is None or others is None else pytest.approx(own - others))
