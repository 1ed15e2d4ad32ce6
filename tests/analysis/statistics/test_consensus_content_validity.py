"""content_validity: Lawshe's ratio, the item-level index and its kappa."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, content_validity
from tests.analysis.statistics.strategies import few


@pytest.mark.parametrize(("n", "critical"), [(5, 5), (6, 6), (7, 7), (8, 7), (9, 8), (10, 9), (15, 12), (20, 15), (30, 20), (40, 26)])
def test_the_critical_counts_of_ayre_and_scally(n, critical):
    # Ayre & Scally 2014, Measurement and Evaluation in Counseling and Development 47:79, table 1
    assert content_validity(n, n).critical_count == critical
    assert content_validity(critical, n).p_value <= 0.05 < content_validity(critical - 1, n).p_value


def test_no_unanimity_of_four_is_significant():
    assert content_validity(4, 4).critical_count is None


@pytest.mark.parametrize(
    ("relevant", "n", "i_cvi", "kappa"),
    [(3, 3, 1, 1), (2, 3, 0.67, 0.47), (4, 5, 0.80, 0.76), (5, 6, 0.83, 0.81), (4, 6, 0.67, 0.56), (6, 8, 0.75, 0.72)],
)
def test_the_modified_kappa_of_polit_beck_and_owen(relevant, n, i_cvi, kappa):
    # Polit, Beck & Owen 2007, Research in Nursing & Health 30:459, table III (computed there from rounded steps)
    result = content_validity(relevant, n)
    assert round(result.i_cvi, 2) == i_cvi
    assert result.modified_kappa == pytest.approx(kappa, abs=0.0065)


def test_lawshes_ratio_and_its_chance_by_hand():
    # 9 of 10: (9 - 5)/5; P(X >= 9) = (10 + 1)/1024
    result = content_validity(9, 10)
    assert (result.cvr, result.p_value) == (0.8, pytest.approx(11 / 1024))


@pytest.mark.parametrize(
    ("essential", "n", "cvr", "status"),
    [
        (0, 0, None, Status.INSUFFICIENT_N),
        (0, 1, -1, Status.OK),
        (1, 1, 1, Status.OK),
        (0, 7, -1, Status.OK),
        (4, 8, 0, Status.OK),
    ],
    ids=["empty", "one says no", "one says yes", "none", "half"],
)
def test_edges(essential, n, cvr, status):
    result = content_validity(essential, n)
    assert (result.cvr, result.status) == (cvr, status)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [((5, 4), "essential"), ((-1, 4), "essential"), ((1.5, 4), "essential"), ((1, None), "n must")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        content_validity(*arguments)


@few
@given(st.integers(1, 50), st.data())
def test_more_experts_in_favour_never_lower_anything(n, data):
    count = data.draw(st.integers(0, n - 1))
    result, more = content_validity(count, n), content_validity(count + 1, n)
    assert more.cvr > result.cvr and more.i_cvi > result.i_cvi and more.p_value < result.p_value
    assert content_validity(n - count, n).cvr == pytest.approx(-result.cvr)
