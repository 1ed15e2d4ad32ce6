"""adjust_p_values: p values of a family of tests adjusted for their number."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import adjust_p_values
from tests.analysis.statistics.strategies import few

METHODS = ["holm", "hochberg", "hommel", "bonferroni", "bh", "by"]
P = [0.01, 0.02, None, 0.03, 0.04, 0.05, 0.2]
# McDonald 2014, Handbook of Biological Statistics (Garcia-Arenzana et al. 2014): 25 dietary variables
DIET = [
    *(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269),
    *(0.275, 0.34, 0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986),
]
p_values = st.lists(st.one_of(st.floats(0, 1), st.none()), max_size=8)


@pytest.mark.parametrize(
    ("method", "adjusted"),
    [
        # R 4.2.2: p.adjust(c(.01, .02, NA, .03, .04, .05, .2), method)
        ("holm", (0.06, 0.1, None, 0.12, 0.12, 0.12, 0.2)),
        ("hochberg", (0.06, 0.1, None, 0.1, 0.1, 0.1, 0.2)),
        ("hommel", (0.06, 0.0666666666666667, None, 0.075, 0.08, 0.1, 0.2)),
        ("bonferroni", (0.06, 0.12, None, 0.18, 0.24, 0.3, 1)),
        ("bh", (0.06, 0.06, None, 0.06, 0.06, 0.06, 0.2)),
        ("by", (0.147, 0.147, None, 0.147, 0.147, 0.147, 0.49)),
    ],
)
def test_a_missing_p_does_not_count(method, adjusted):
    assert adjust_p_values(P, method) == pytest.approx(adjusted)


@pytest.mark.parametrize(
    ("method", "first_eight"),
    [
        # R: p.adjust(p, method)[1:8]
        ("holm", (0.025, 0.192, 0.897, 0.902, 0.902, 1, 1, 1)),
        ("hochberg", (0.025, 0.192, 0.882, 0.882, 0.882, 0.986, 0.986, 0.986)),
        ("hommel", (0.025, 0.192, 0.682, 0.697, 0.714, 0.84, 0.962, 0.986)),
        ("bonferroni", (0.025, 0.2, 0.975, 1, 1, 1, 1, 1)),
        ("bh", (0.025, 0.1, 0.21, 0.21, 0.21, 0.25, 0.264285714285714, 0.491071428571429)),
        ("by", (0.0953989544438377, 0.381595817775351, *(0.801351217328236,) * 3, 0.953989544438377, 1, 1)),
    ],
)
def test_mcdonalds_dietary_variables(method, first_eight):
    assert adjust_p_values(DIET, method)[:8] == pytest.approx(first_eight)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("p", "adjusted"),
    [
        ([], ()),
        ([0.03], (0.03,)),
        ([None, None], (None, None)),
        ([1, 1, 1], (1, 1, 1)),
        ([0, 0], (0, 0)),
    ],
    ids=["empty", "one test", "all missing", "all one", "all zero"],
)
def test_edges(method, p, adjusted):
    assert adjust_p_values(p, method) == adjusted


@pytest.mark.parametrize(
    ("arguments", "named"), [(([0.5, 1.2], "holm"), "p must"), (([-0.1], "bh"), "p must"), (([0.5], "sidak"), "method")]
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        adjust_p_values(*arguments)


@few
@given(p_values, st.sampled_from(METHODS))
def test_adjusted_is_never_smaller_and_keeps_the_order(p, method):
    adjusted = adjust_p_values(p, method)
    assert [value is None for value in adjusted] == [value is None for value in p]
    pairs = sorted((raw, new) for raw, new in zip(p, adjusted, strict=True) if raw is not None)
    assert all(raw <= new <= 1 for raw, new in pairs)
    assert all(one[1] <= other[1] + 1e-12 for one, other in itertools.pairwise(pairs))


@few
@given(p_values)
def test_the_methods_stand_in_their_known_order(p):
    tables = {method: [value for value in adjust_p_values(p, method) if value is not None] for method in METHODS}
    for stricter, laxer in (
        ("bonferroni", "holm"),
        ("holm", "hochberg"),
        ("hochberg", "hommel"),
        ("by", "bh"),
        ("hommel", "bh"),
    ):
        assert all(a >= b - 1e-12 for a, b in zip(tables[stricter], tables[laxer], strict=True))


@few
@given(p_values, st.sampled_from(METHODS), st.randoms())
def test_the_order_given_does_not_matter(p, method, random):
    order = list(range(len(p)))
    random.shuffle(order)
    expected = adjust_p_values(p, method)
    assert adjust_p_values([p[place] for place in order], method) == pytest.approx(tuple(expected[i] for i in order))
