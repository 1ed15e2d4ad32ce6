"""Several numbers in one answer: quantiles, an interval with its confidence, two scales of a plane; ticked options."""

import pytest

from tests.analysis.kinds.counted import cells, hold_round, options, study_of, table

pytestmark = pytest.mark.django_db
CONSENSUS = {"interval": {"rule": "relative_iqr", "at_most": 0.5}, "probability": {"rule": "iqr", "at_most": 15},
             "binary": {"rule": "percent_agreement", "at_least": 0.75}, "ordinal": {"rule": "percent_agreement", "band": "top_two", "at_least": 0.5}}
SCALES = {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}},
          "nine": {"points": 9, "ends": {"en": ["Low", "High"]}, "consensus": {"rule": "rand"}}}


def test_an_interval_has_three_numbers_and_a_confidence() -> None:
    item = {"code": "spend", "kind": "quantiles", "interval": "idea", "minimum": 0, "maximum": 10, "decimals": 1, "text": "How much?"}
    study = study_of([item], {"us": 4}, consensus=CONSENSUS)
    said = {"us-1": (1, 2, 3, 60), "us-2": (1.5, 2, 4, 80), "us-3": (2, 2, 2, 100), "us-4": (1, 2, 3)}  # the fourth does not say how sure
    codes = ("lower", "best", "upper", "confidence")
    hold_round(study, 1, {person: {"spend": dict(zip(codes, given, strict=False))} for person, given in said.items()})
    rows = table(study, 1, "spend")
    assert [component for component, group in rows if group == "all"] == list(codes)
    found = {code: cells(rows[code, "all"], "level", "n", "n_missing", "median", "q1", "q3", "consensus_rule", "rule_value", "consensus") for code in codes}
    # Type 7 of three values lies half-way between neighbours: lower 1, 1.5, 2; upper 2, 3, 4; confidence 60, 80, 100.
    assert found == {
        "lower": ["interval", "3", "1", "1.5", "1.25", "1.75", "relative_iqr", "0.333333", "reached"],
        "best": ["interval", "3", "1", "2", "2", "2", "relative_iqr", "0", "reached"],
        "upper": ["interval", "3", "1", "3", "2.5", "3.5", "relative_iqr", "0.333333", "reached"],
        "confidence": ["probability", "3", "1", "80", "70", "90", "iqr", "20", "not_reached"],
    }


def test_quantiles_are_named_by_their_probability_and_have_bins_between_the_limits() -> None:
    item = {"code": "share", "kind": "quantiles", "quantiles": [0.05, 0.5, 0.95], "minimum": 0, "maximum": 20, "text": "What share?"}
    study = study_of([item], {"us": 2}, consensus=CONSENSUS, stability={"rule": "scheibe", "below": 15})
    codes = ("0.05", "0.5", "0.95")
    for number, said in ((1, ((1, 3, 5), (2, 4, 20))), (2, ((1, 3, 5.5), (1.9, 4, 20)))):
        hold_round(study, number, {f"us-{place}": {"share": dict(zip(codes, given, strict=True))} for place, given in enumerate(said, start=1)})
    rows = table(study, 2, "share")
    # Bins are 2 wide. 2 is the left end of the second, 1.9 lies in the first; 5 and 5.5 lie in the third; 20 in the last.
    assert {code: cells(rows[code, "all"], "scheibe", "percent_changed", "stability") for code in codes} == {
        "0.05": ["50", "50", "unstable"], "0.5": ["0", "0", "stable"], "0.95": ["0", "50", "stable"]}


def test_each_axis_of_a_plane_is_judged_by_its_own_scale() -> None:
    item = {"code": "map", "kind": "plane", "x": {"scale": "nine", "text": "Grave"}, "y": {"scale": "five", "text": "Likely"}, "text": "Where?"}
    study = study_of([item], {"us": 4}, scales=SCALES, consensus=CONSENSUS)
    hold_round(study, 1, {"us-1": {"map": {"x": 7, "y": 5}}, "us-2": {"map": {"x": 8, "y": 4}}, "us-3": {"map": {"x": 9, "y": 1}}, "us-4": {"map": {"x": 1}}})
    rows = table(study, 1, "map")
    # RAND: of 7, 8, 9 the 30th and 70th percentiles (type 7) are 7.6 and 8.4, so 0.8 / (2.35 + 1.5 · |5 − 8|) = 0.8 / 6.85.
    assert cells(rows["x", "all"], "n", "n_missing", "consensus_rule", "rule_value", "band_share", "consensus") == ["3", "1", "rand", "0.116788", "", "reached"]
    assert cells(rows["y", "all"], "n", "n_missing", "consensus_rule", "rule_value", "band_share", "consensus") == [
        "3", "1", "percent_agreement", "0.666667", "0.666667", "reached"]


def test_ticked_options_are_judged_by_the_larger_side() -> None:
    item = {"code": "means", "kind": "choices", "options": options("cyber", "blockade"), "text": "Which?"}
    study = study_of([item], {"us": 5}, consensus=CONSENSUS)
    ticks = {"us-1": (1, 0), "us-2": (0, 0), "us-3": (0, 0), "us-4": (0, 1)}  # two tick none of these
    hold_round(study, 1, {**{person: {"means": dict(zip(("cyber", "blockade"), given, strict=True))} for person, given in ticks.items()},
                          "us-5": {"means": {"": ""}}})
    rows = table(study, 1, "means")
    # One of four ticks each option, so three of four agree that it is not among them; the SD of 1, 0, 0, 0 is 0.5.
    for option in ("cyber", "blockade"):
        assert cells(rows[option, "all"], "level", "n", "n_missing", "median", "mean", "sd", "band_share", "modal", "modal_share", "consensus") == [
            "binary", "4", "1", "0", "0.25", "0.5", "0.75", "0", "0.75", "reached"]
