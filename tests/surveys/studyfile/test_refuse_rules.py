"""Rules of consensus and stability: names, thresholds, units, bands, levels."""

import pytest

from surveys.studyfile import read_study
from tests.surveys.studyfile.studies import SMALL, refusals_after, refusals_with

CONSENSUS_NAMES = "percent_agreement, iqr, relative_iqr, sd, rand, van_der_eijk, modal_share, kendall_w"
BAND = "positions [low, high], or one of top_two, bottom_two, either_end"


@pytest.mark.parametrize("rule", [
    "consensus: {rule: percent_agreement, band: [4, 5], at_least: 0.75}",
    "consensus: {rule: percent_agreement, band: top_two, at_least: 1}",
    "consensus: {rule: iqr, at_most: 1}",
    "consensus: {rule: iqr, below: 0.5}",
    "consensus: {rule: relative_iqr, at_most: 0.3}",
    "consensus: {rule: sd, at_most: 1.5}",
    "consensus: {rule: rand}",
    "consensus: {rule: van_der_eijk, at_least: -0.5}",
    "consensus: {rule: modal_share, at_least: 0.7}",
    "consensus: {rule: kendall_w, at_least: 0}",
    "consensus: {ordinal: {rule: rand}, binary: {rule: percent_agreement, at_least: 0.75}}",
    "stability: {rule: scheibe, below: 15}",
    "stability: {rule: weighted_kappa, at_least: 0.6}",
    "stability: {rule: percent_changed, at_most: 0}",
    "stability: {nominal: {rule: percent_changed, below: 20}, share: {rule: scheibe, at_most: 15}}",
])
def test_accepted(rule):
    name, _colon, _rest = rule.partition(":")
    assert name in read_study(f"{SMALL}{rule}\n")


@pytest.mark.parametrize(("rule", "expected"), [
    ("{rule: percent_agreement, band: top_two, at_least: 75}",
     ".at_least: is a share, from 0 to 1, not a percentage. For 75 per cent write 0.75."),
    ("{rule: modal_share, at_least: 70}",
     ".at_least: is a share, from 0 to 1, not a percentage. For 70 per cent write 0.7."),
    ("{rule: van_der_eijk, at_least: -2}", ".at_least: must be a number from -1 to 1, not -2."),
    ("{rule: iqr, at_most: 0}", ".at_most: must be a number above 0, not 0."),
    ("{rule: iqr, at_most: .inf}", ".at_most: must be a number above 0, not inf."),
    ("{rule: iqr, at_most: '1'}", '.at_most: must be a number above 0, not the text "1".'),
    ("{rule: iqr, at_most: true}", ".at_most: must be a number above 0, not true."),
    ("{rule: iqr, at_least: 1}", ".at_least: iqr takes no at_least. Use at_most or below."),
    ("{rule: iqr}", ".at_most: is missing: iqr needs a threshold. Give at_most or below."),
    ("{rule: iqr, at_most: 1, below: 2}", ".below: stands beside at_most. Keep one of the two."),
    ("{rule: rand, at_most: 1}", ".at_most: rand takes no at_most. Remove it."),
    ("{rule: kendall_w, below: 0.7}", ".below: kendall_w takes no below. Use at_least."),
    ("{rule: percent_agreement, at_least: 0.7}", f".band: is missing. Give {BAND}."),
    ("{rule: percent_agreement, band: top_three, at_least: 0.7}", f'.band: must be {BAND}, not the text "top_three".'),
    ("{rule: percent_agreement, band: [4], at_least: 0.7}", f".band: must be {BAND}, not a list."),
    ("{rule: percent_agreement, band: [5, 4], at_least: 0.7}",
     f".band: must be {BAND} with 1 ≤ low ≤ high ≤ 21, not [5, 4]."),
    ("{rule: iqr, at_most: 1, bnad: 2}",
     '.bnad: there is no key "bnad" here. Remove it; known here: rule, at_most, below.'),
    ("{rule: quartiles, at_most: 1}",
     f'.rule: there is no consensus rule "quartiles". Use one of {CONSENSUS_NAMES}.'),
    ("{rule: kendal_w, at_least: 1}", '.rule: there is no consensus rule "kendal_w". Did you mean kendall_w?'),
    ("{rule: [iqr]}", f""".rule: there is no consensus rule "['iqr']". Use one of {CONSENSUS_NAMES}."""),
    ("{ordnal: {rule: rand}}", '.ordnal: "ordnal" is no measurement level. Did you mean ordinal?'),
    ("{ordinal: rand}", '.ordinal: must be a rule such as {rule: percent_agreement, …}, not the text "rand".'),
    ("{ordinal: {at_least: 1}}", f".ordinal.rule: is missing. Use one of {CONSENSUS_NAMES}."),
    ("{ordinal: {rule: percent_agreement, at_least: 0.7}}", f".ordinal.band: is missing. Give {BAND}."),
    ("{}", ": is empty. Give a mapping such as {rule: percent_agreement, …}, or from levels to such rules, "
           "or remove the key."),
    ("rand", ": must be a mapping such as {rule: percent_agreement, …}, or from levels to such rules, "
             'not the text "rand".'),
])
def test_refused(rule, expected):
    assert refusals_after(f"consensus: {rule}\n") == [f"line 22: consensus{expected}"]


@pytest.mark.parametrize(("rule", "expected"), [
    ("{rule: scheibe, below: 150}", "below: must be a number above 0 and at most 100, not 150."),
    ("{rule: scheibe, below: 0}", "below: must be a number above 0 and at most 100, not 0."),
    ("{rule: percent_changed, at_most: -1}", "at_most: must be a number from 0 to 100, not -1."),
    ("{rule: weighted_kappa, at_least: 60}",
     "at_least: is a share, from 0 to 1, not a percentage. For 60 per cent write 0.6."),
    ("{rule: iqr, at_most: 1}",
     'rule: there is no stability rule "iqr". Use one of scheibe, weighted_kappa, percent_changed.'),
])
def test_refused_of_stability(rule, expected):
    assert refusals_after(f"stability: {rule}\n") == [f"line 22: stability.{expected}"]


def test_a_rule_of_an_item_is_checked_as_well():
    assert refusals_with("kind: probability,", "kind: probability, stability: {rule: scheibe},") == [
        "line 19: questionnaire[0].items[1].stability.at_most: is missing: scheibe needs a threshold. "
        "Give at_most or below."]


def test_a_band_beyond_the_scale_is_refused_where_it_stands():
    agreement = "{rule: percent_agreement, band: [7, 9], at_least: 0.75}"
    remedy = "the scale agreement5 has only 5 points. Give positions on it, or the scale a rule of its own."
    assert refusals_after(f"consensus: {agreement}\n") == [f"line 22: consensus.band: {remedy}"]
    assert refusals_after(f"consensus: {{ordinal: {agreement}}}\n") == [f"line 22: consensus.ordinal.band: {remedy}"]
    assert refusals_with("Always]}", f"Always], consensus: {agreement}}}") == [
        f"line 10: scales.agreement5.consensus.band: {remedy}"]
    assert refusals_with("kind: rating,", f"kind: rating, consensus: {agreement},") == [
        f"line 18: questionnaire[0].items[0].consensus.band: {remedy}"]


def test_the_nearest_rule_counts_for_a_band():
    own = SMALL.replace("Always]}", "Always], consensus: {rule: iqr, at_most: 1}}")
    assert read_study(own + "consensus: {rule: percent_agreement, band: [7, 9], at_least: 0.75}\n")


def test_rand_is_for_nine_points():
    assert refusals_with("Always]}", "Always], consensus: {rule: rand}}") == [
        "line 10: scales.agreement5.consensus.rule: rand is for scales of 9 points, and agreement5 has 5. "
        "Use another rule."]
