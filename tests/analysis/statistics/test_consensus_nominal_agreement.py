"""nominal_agreement: how concentrated the choices among unordered options are."""

import pytest
from hypothesis import given

from analysis.statistics import Status, nominal_agreement
from tests.analysis.statistics.strategies import few, histogram


def test_every_figure_of_a_histogram():
    # R 4.2.2: x <- c(.8, .1, .1); -sum(x * log2(x)) = 0.921928094887; by hand 1 - (.64 + .01 + .01) = .34, IQV .34 * 3/2
    result = nominal_agreement([8, 1, 1])
    assert (result.modal_share, result.modes, result.n) == (0.8, (0,), 10)
    assert result.entropy_bits == pytest.approx(0.921928094887)
    assert result.entropy_normalised == pytest.approx(0.921928094887 / 1.584962500721)
    assert result.gini_simpson == pytest.approx(0.34)
    assert result.iqv == pytest.approx(0.51)


def test_all_modes_are_named():
    assert nominal_agreement([0.3, 0.1, 0.1 + 0.2]).modes == (0, 2)


@pytest.mark.parametrize(
    ("frequencies", "modal_share", "iqv", "status"),
    [
        ([], None, None, Status.INSUFFICIENT_N),
        ([0, 0], None, None, Status.INSUFFICIENT_N),
        ([3], None, None, Status.NOT_APPLICABLE),
        ([0, 1], 1, 0, Status.OK),
        ([7, 0, 0], 1, 0, Status.OK),
        ([4, 4], 0.5, 1, Status.OK),
    ],
    ids=["empty", "all missing", "one option", "one expert", "all equal", "two options tied"],
)
def test_edges(frequencies, modal_share, iqv, status):
    result = nominal_agreement(frequencies)
    assert (result.modal_share, result.iqv, result.status) == (modal_share, iqv, status)


@pytest.mark.parametrize("frequencies", [[1, -1], [None], 4])
def test_malformed_histograms_are_refused_by_name(frequencies):
    with pytest.raises(ValueError, match="frequencies"):
        nominal_agreement(frequencies)


@few
@given(histogram)
def test_the_order_of_the_options_is_irrelevant(frequencies):
    result, sorted_result = nominal_agreement(frequencies), nominal_agreement(sorted(frequencies))
    for field in ("modal_share", "entropy_bits", "gini_simpson", "iqv"):
        assert getattr(sorted_result, field) == pytest.approx(getattr(result, field))
    assert 0 <= result.iqv <= 1 + 1e-12
