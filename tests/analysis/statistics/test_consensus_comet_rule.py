"""comet_rule: in when every stakeholder group calls an outcome critical."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, comet_rule
from tests.analysis.statistics.strategies import few, rating


def test_seventy_per_cent_high_and_fewer_than_fifteen_low_in_every_group():
    # Williamson et al. 2017, Trials 18(S3):280: 70 % or more rate 7 to 9 and fewer than 15 % rate 1 to 3
    groups = {"patients": [7, 8, 9, 9, 7, 8, 9, 5, 4, 1], "clinicians": [7, 7, 7, 8, 8, 9, 9, 4, 5, 6]}
    result = comet_rule(groups)
    assert (result.by_group, result.consensus) == ({"patients": True, "clinicians": True}, True)
    assert result.high_share == {"patients": 0.7, "clinicians": 0.7}
    assert result.low_share == {"patients": 0.1, "clinicians": 0}
    assert result.n == 20


@pytest.mark.parametrize(("high", "low", "meets"), [(14, 2, True), (13, 0, False), (14, 3, False), (17, 3, False), (18, 2, True)])
def test_the_limits_themselves(high, low, meets):
    # of 20: 70 % are 14 (enough), 15 % are 3 (too many)
    ratings = [8] * high + [2] * low + [5] * (20 - high - low)
    assert comet_rule({"experts": ratings}).consensus is meets


def test_one_dissenting_group_is_enough_to_refuse_even_beside_a_silent_one():
    result = comet_rule({"kr": [8, 9], "jp": [1, 9], "us": []})
    assert (result.by_group, result.consensus) == ({"kr": True, "jp": False, "us": None}, False)


@pytest.mark.parametrize(
    ("groups", "by_group"),
    [({}, {}), ({"kr": []}, {"kr": None}), ({"kr": [8], "jp": [None, None]}, {"kr": True, "jp": None})],
    ids=["no group", "empty", "all missing"],
)
def test_silent_groups_leave_it_open(groups, by_group):
    result = comet_rule(groups)
    assert (result.by_group, result.consensus, result.status) == (by_group, None, Status.INSUFFICIENT_N)
    assert result.reason


@pytest.mark.parametrize(("ratings", "meets"), [([9], True), ([5, 5, 5], False), ([1, 9], False)])
def test_one_expert_all_equal_and_two_categories(ratings, meets):
    assert comet_rule({"experts": ratings}).consensus is meets


def test_other_scales_by_their_bands():
    assert comet_rule({"experts": [4, 5, 5, 3]}, high=(4, 5), low=(1, 2)).consensus is True
    with pytest.raises(ValueError, match="scale from 1 to 5"):
        comet_rule({"experts": [6]}, high=(4, 5), low=(1, 2))


@pytest.mark.parametrize(
    ("groups", "options", "named"),
    [
        ({"kr": [0]}, {}, "groups"),
        ({"kr": [10]}, {}, "groups"),
        ([[7, 8]], {}, "groups"),
        ({"kr": [7]}, {"high": (9, 7)}, "high"),
        ({"kr": [7]}, {"at_least": 70}, "at_least"),
        ({"kr": [7]}, {"below": -1}, "below"),
    ],
)
def test_malformed_arguments_are_named(groups, options, named):
    with pytest.raises(ValueError, match=named):
        comet_rule(groups, **options)


@few
@given(st.dictionaries(st.sampled_from("abcd"), st.lists(rating, min_size=1, max_size=12), min_size=1))
def test_the_order_of_experts_and_groups_is_irrelevant_and_all_groups_must_agree(groups):
    result = comet_rule(groups)
    other = comet_rule({name: sorted(groups[name]) for name in reversed(groups)})
    assert (other.by_group, other.consensus) == (result.by_group, result.consensus)
    assert result.consensus is all(result.by_group.values())
