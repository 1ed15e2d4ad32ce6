import pytest

from analysis.disclosure import coarse_kappa, coarse_p, coarse_percent, needs_coarsening, tells_nobody_changed


@pytest.mark.parametrize(
    ("leavers", "joiners", "minimum", "expected"),
    [
        (0, 0, 5, False),
        (1, 0, 5, True),
        (4, 0, 5, True),
        (5, 0, 5, False),
        (0, 1, 5, True),
        (0, 4, 5, True),
        (5, 5, 5, False),
        (7, 2, 5, True),
        (2, 2, 3, True),
        (3, 3, 3, False),
        (1, 1, 1, False),
        (30, 1, 1, False),
    ],
)
def test_one_to_k_minus_1_leavers_or_joiners_need_coarsening(leavers, joiners, minimum, expected):
    assert needs_coarsening(leavers, joiners, minimum) is expected


@pytest.mark.parametrize(
    ("percent", "middle"),
    [
        (0, 10),
        (0.001, 10),
        (19.999999, 10),
        (20, 10),
        (20.000001, 30),
        (33.333333333333336, 30),
        (40, 30),
        (50, 50),
        (60, 50),
        (80, 70),
        (80.1, 90),
        (96.55172413793103, 90),
        (100, 90),
    ],
)
def test_a_percentage_becomes_the_middle_of_its_fifth_and_a_boundary_counts_down(percent, middle):
    assert coarse_percent(percent) == middle


def test_a_boundary_missed_by_floating_point_is_still_the_boundary():
    # 7 / 100 * 100 is 7.000000000000001: percentages can come out a hair above the exact figure
    assert coarse_percent(60.00000000000001) == 50
    assert coarse_percent(100.00000000000001) == 90


@pytest.mark.parametrize(
    ("kappa", "coarse"),
    [(0.15, 0.2), (0.25, 0.2), (0.35, 0.4), (0.449, 0.4), (0.451, 0.5), (-0.25, -0.2), (1.0, 1.0), (0.0, 0.0)],
)
def test_kappa_is_rounded_half_even_to_one_decimal(kappa, coarse):
    assert coarse_kappa(kappa) == coarse


def test_a_kappa_that_rounds_to_zero_has_no_sign():
    assert str(coarse_kappa(-0.04)) == "0.0"


@pytest.mark.parametrize(
    ("p", "told"),
    [(0.0, "< 0.01"), (0.00999, "< 0.01"), (0.01, "< 0.05"), (0.0499, "< 0.05"), (0.05, None), (1.0, None)],
)
def test_a_p_value_is_told_as_below_one_or_five_per_cent_or_not_at_all(p, told):
    assert coarse_p(p) == told


@pytest.mark.parametrize(
    ("rule", "threshold", "n_pairs", "expected"),
    [
        ("percent_changed", 15, 6, True),  # one of six is 16.7 per cent: stable means nobody
        ("percent_changed", 15, 7, False),  # one of seven is 14.3 per cent: stable may mean one
        ("percent_changed", 20, 5, False),  # one of five is just within
        ("percent_changed", 0, 500, True),
        ("percent_changed", 0.1, 1000, False),  # 100 exactly, whatever floating point makes of it
        ("scheibe", 15, 6, False),
        ("iqr_change", 0, 6, False),
    ],
)
def test_a_stable_verdict_tells_that_nobody_changed_where_one_change_is_too_many(rule, threshold, n_pairs, expected):
    assert tells_nobody_changed(rule, threshold, n_pairs) is expected
