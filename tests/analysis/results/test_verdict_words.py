"""Why a verdict is what it is, in a sentence that a reader can't hold for a contradiction."""

from analysis.results.rule_words import asked
from analysis.results.verdict_words import asked_in_words, found_in_words

ENDS = {"rule": "percent_agreement", "band": "either_end", "at_least": 0.75}


def test_who_all_stand_in_the_middle_agree_and_still_fail_a_rule_about_the_ends() -> None:
    assert found_in_words(ENDS, 0.2, {"modal_share": 0.8}).endswith("Most experts gave one and the same answer, but it lies outside this band.")


def test_the_two_ends_of_a_scale_are_not_added_up() -> None:
    """45 % at the top and 40 % at the bottom: the rule looks at the larger of both."""
    assert found_in_words(ENDS, 0.45, {"modal_share": 0.25}) == (
        "At the fuller of the two ends (the two highest or the two lowest points) lie 45 % of the answers.")


def test_nothing_is_said_of_a_majority_within_the_band_or_of_none() -> None:
    assert "lie 70 % of the answers" in found_in_words(ENDS, 0.7, {"modal_share": 0.6})
    for share, modal in ((0.7, 0.6), (0.2, 0.45), (0.2, None)):
        assert "outside" not in found_in_words(ENDS, share, {"modal_share": modal})


def test_a_threshold_is_told_as_it_was_registered() -> None:
    large, exact = {"rule": "iqr", "at_most": 1500000}, {"rule": "modal_share", "at_least": 0.6667}
    assert [found.in_words for found in map(asked, (large, exact)) if found] == ["at most 1500000", "at least 0.6667"]
    assert [asked_in_words(rule).replace("\u00a0", " ") for rule in (large, exact)] == [
        "The rule asks for at most 1500000.", "The rule asks for at least 66.67 %."]
