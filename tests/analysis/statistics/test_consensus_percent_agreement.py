"""percent_agreement: the share in the agreement band with an interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, percent_agreement
from tests.analysis.statistics.strategies import few

METHODS = ["wilson", "clopper_pearson", "agresti_coull", "jeffreys"]


@pytest.mark.parametrize(
    ("method", "agree", "n", "low", "high"),
    [
        ("wilson", 8, 10, 0.490162471537, 0.943317848546),  # R: prop.test(8, 10, correct = FALSE)$conf.int
        ("wilson", 0, 10, 0.0, 0.277532799863),  # R: prop.test(0, 10, correct = FALSE)$conf.int
        ("wilson", 81, 263, 0.2553, 0.3662),  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
        ("clopper_pearson", 8, 10, 0.443904537692, 0.974789273673),  # R: binom.test(8, 10)$conf.int
        ("jeffreys", 8, 10, 0.497225503560, 0.955940586447),  # R: qbeta(c(.025, .975), 8.5, 2.5)
        # By hand: z^2 = 3.84145882; (8 + 1.92072941)/13.84145882 = 0.71674; width = 1.95996 sqrt(p(1-p)/13.84146) = 0.23737
        ("agresti_coull", 8, 10, 0.47937, 0.95411),
    ],
)
def test_intervals_equal_r_and_the_literature(method, agree, n, low, high):
    result = percent_agreement(agree, n, method=method)
    assert (result.low, result.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert result.share == agree / n


@pytest.mark.parametrize("method", METHODS)
def test_no_answers_give_no_share(method):
    result = percent_agreement(0, 0, method=method)
    assert (result.share, result.low, result.high, result.status) == (None, None, None, Status.INSUFFICIENT_N)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("agree", "n"), [(0, 1), (1, 1), (0, 12), (12, 12)], ids=["0/1", "1/1", "none", "all"])
def test_limits_stay_within_0_and_1(method, agree, n):
    result = percent_agreement(agree, n, method=method)
    assert 0 <= result.low < result.high <= 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((5, 4), "agree"),
        ((-1, 4), "agree"),
        ((1, -4), "n must"),
        ((None, 4), "agree"),
        ((1, 4, 95), "level"),
        ((1, 4, 0.95, "wald"), "method"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        percent_agreement(*arguments)


def test_weighted_counts_need_not_be_whole():
    assert percent_agreement(1.5, 3.75).share == 0.4


@few
@given(st.integers(1, 60), st.data(), st.sampled_from(METHODS))
def test_agreement_and_its_opposite_mirror_each_other(n, data, method):
    agree = data.draw(st.integers(0, n))
    result, opposite = percent_agreement(agree, n, method=method), percent_agreement(n - agree, n, method=method)
    assert result.low == pytest.approx(1 - opposite.high, abs=1e-9)
    assert result.high == pytest.approx(1 - opposite.low, abs=1e-9)
    wide = percent_agreement(agree, n, level=0.99, method=method)
    assert wide.low <= result.low and result.high <= wide.high
