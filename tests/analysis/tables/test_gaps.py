"""gaps.csv: every two panels and every two theatres on every item, by hand, and nothing of a protected panel."""

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.blocks import analyse_now
from analysis.models import ItemTable
from analysis.tables.base import Values, unpacked
from analysis.tables.gap_figures import magnitude
from surveys.models import Round
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, by_panel, count, csv_text, public

pytestmark = pytest.mark.django_db

THEATRES = [{"code": "pacific", "name": {"en": "Pacific"}}, {"code": "atlantic", "name": {"en": "Atlantic"}}]
PANELS = [
    {"code": "us", "name": {"en": "US"}, "theatres": ["pacific", "atlantic"]},
    {"code": "jp", "name": {"en": "Japan"}, "theatres": ["pacific"]},
    {"code": "kr", "name": {"en": "Korea"}, "theatres": ["pacific"]},
    {"code": "no", "name": {"en": "Norway"}, "theatres": ["atlantic"]},
]
OPTIONS = [{"code": code, "text": {"en": code}} for code in ("within", "force", "trade")]
ITEMS = {
    "grave": {"kind": "rating", "scale": "five"}, "likely": {"kind": "rating", "scale": "five"},
    "soon": {"kind": "rating", "scale": "five"}, "chance": {"kind": "probability"},
    "way": {"kind": "choice", "options": OPTIONS}, "much": {"kind": "number"}, "means": {"kind": "choices", "options": OPTIONS[:2]},
}
LOW, HIGH = [1, 1, 2, 2, 3, 3], [3, 3, 4, 4, 5, 5]
ALIKE = [3, 3, 3, 3, 3, 4]


def a_round(answers: dict[str, dict[str, list[Any]]], minimum: int = 1, sizes: dict[str, int] | None = None) -> Round:
    """Item → panel → answers; counted, with its tables."""
    items = [{"code": code, "text": {"en": code}, **ITEMS[code]} for code in answers]
    questionnaire = [{"section": "main", "title": {"en": "Main"}, "items": items}]
    make = public if minimum == 1 else a_definition
    study = a_study(make(panels=PANELS, theatres=THEATRES, questionnaire=questionnaire, consensus=None, stability=None))
    add_experts(study, sizes or {"us": 6, "jp": 6, "kr": 4, "no": 6})
    study_round = open_round(study, 1)
    given = [row for item, panels in answers.items() for row in answer_rows(item, panels)]
    import_answers(study_round, csv_text(["panelist", "item", "component", "value", "cannot_judge"], given))
    analyse_now(count(study_round))
    return study_round


def answer_rows(item: str, panels: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """As in a file of answers; of the options that may be ticked, the one given is."""
    for panelist, answer in by_panel(item, panels).items():
        if item != "means":
            yield {"panelist": panelist, "item": item, "value": answer[item]}
            continue
        for option in OPTIONS[:2]:
            yield {"panelist": panelist, "item": item, "component": option["code"], "value": int(option["code"] == answer[item])}


def item_rows(item: str) -> Iterator[Values]:
    for table in ItemTable.objects.filter(name="gaps", asked_item__item_version__item__code=item):
        yield from unpacked(table.content)


def summary() -> list[Values]:
    return [row for table in ItemTable.objects.filter(name="gaps", asked_item=None) for row in unpacked(table.content)]


def one(rows: Iterator[Values] | list[Values], first: str, second: str, **more: str | None) -> Values:
    wanted = {"first": first, "second": second, **more}
    found = [row for row in rows if wanted.items() <= row.items()]
    assert len(found) == 1
    return found[0]


def test_two_panels_on_a_rating_by_hand() -> None:
    a_round({"grave": {"jp": LOW, "no": HIGH}})
    row = one(item_rows("grave"), "jp", "no", first_type="panel")
    # Differences of 1..3 and 3..5, each 4 times: -4, -3, -3, -2, -2, -2, -1, -1, 0; the interval for 6 and 6 answers runs between the
    # 6th from either end (tables of U: 5 is the largest value with p below 2.5 %)
    assert (row["difference_medians"], row["hodges_lehmann"], row["hl_low"], row["hl_high"]) == (-2, -2, -3, -1)
    # Nobody of jp is above, 4 of 36 pairs tie; each answer moves up by 2 of the scale's 4 steps; a third of the answers is shared
    assert (row["cliffs_delta"], row["magnitude"]) == (pytest.approx(-32 / 36), "large")
    assert (row["emd"], row["emd_normalised"], row["total_variation"]) == pytest.approx((2, 0.5, 2 / 3))
    # U = 2, mean 18, variance 36/12 (13 - (4 * 6 + 60)/132) = 37.09: z = -2.6272, normal tables: p = 0.0086
    assert row["p_mann_whitney"] == pytest.approx(0.0086, abs=5e-5)
    assert row["p_brunner_munzel"] is None  # fewer than 10 a side
    assert (row["margin"], row["equivalent"], row["verdict"], row["status"]) == (0.5, "no", "different", "ok")


def test_holm_over_the_items_of_the_pair_and_both_other_verdicts() -> None:
    a_round({"grave": {"jp": LOW, "no": HIGH}, "likely": {"jp": ALIKE, "no": ALIKE}, "soon": {"jp": [1, 5, 1, 5, 1, 5], "no": [1, 5, 1, 5, 1, 5]}})
    first, second, third = (one(item_rows(item), "jp", "no", first_type="panel") for item in ("grave", "likely", "soon"))
    assert first["p_holm"] == pytest.approx(3 * first["p_mann_whitney"])
    assert (first["verdict"], first["family"]) == ("different", "ordinal")
    # Variances 1/6 over 6 answers each: error 0.2357, df 10, t tables 1.8125: 0 -+ 0.4272 lies within 0.5; p = 1 stays 1
    assert (second["verdict"], second["equivalent"], second["p_holm"]) == ("same", "yes", 1)
    assert (second["equivalence_low"], second["equivalence_high"]) == pytest.approx((-0.4272, 0.4272), abs=5e-5)
    assert (third["verdict"], third["equivalent"]) == ("undecided", "no")


def test_a_difference_can_be_sure_and_small() -> None:
    sizes = {"us": 1, "jp": 100, "kr": 1, "no": 100}
    a_round({"grave": {"jp": [3] * 60 + [4] * 40, "no": [3] * 80 + [4] * 20}}, sizes=sizes)
    # Means 3.4 and 3.2, errors sqrt(0.24/99 + 0.16/99) = 0.0636: the 90 % interval ends near 0.305, within 0.5; chi2 of 2 x 2 is 9.5
    row = one(item_rows("grave"), "jp", "no", first_type="panel")
    assert (row["verdict"], row["equivalent"]) == ("different_but_small", "yes")
    assert row["equivalence_high"] == pytest.approx(0.305, abs=5e-4)


def test_fewer_than_five_answers_and_no_difference_at_all() -> None:
    a_round({"grave": {"jp": [2] * 6, "kr": [2] * 4, "no": [2] * 6}})
    few, none = one(item_rows("grave"), "jp", "kr"), one(item_rows("grave"), "jp", "no", first_type="panel")
    assert (few["verdict"], few["status"], few["p_holm"]) == ("not_assessed", "insufficient_n", None)
    assert (none["verdict"], none["status"], none["hodges_lehmann"], none["p_holm"]) == ("same", "no_variation", 0, None)


def test_small_panels_are_drawn_towards_the_common_mean() -> None:
    spread = (-5, -5, 0, 0, 5, 5)
    a_round({"chance": {panel: [mean + step for step in spread] for panel, mean in (("us", 20), ("jp", 30), ("no", 40))}})
    row = one(item_rows("chance"), "us", "no", first_type="panel")
    # Variance of a mean 20/6, of the three means 100: between them 100 - 10/3, so each keeps 29/30 of its distance from 30
    assert (row["mean_first"], row["mean_second"], row["difference_means"]) == (20, 40, -20)
    assert (row["pooled_first"], row["pooled_second"]) == pytest.approx((30 - 29 / 3, 30 + 29 / 3))
    assert row["difference_pooled"] == pytest.approx(-58 / 3)
    assert (row["emd"], row["emd_normalised"], row["margin"]) == pytest.approx((20, 0.2, 10))


def test_options_and_ticks_by_hand() -> None:
    ticked, other = ["within"] * 6, ["within"] + ["force"] * 5
    a_round({"way": {"jp": ticked, "no": other}, "means": {"jp": ticked, "no": other}})
    # Fisher: the table 6, 0 / 1, 5 and its mirror image have probability C(6, 1)/C(12, 7) = 6/792 each
    choice = one(item_rows("way"), "jp", "no", first_type="panel")
    assert choice["p_options"] == pytest.approx(12 / 792)
    assert (choice["total_variation"], choice["verdict"], choice["median_first"]) == (pytest.approx(5 / 6), "different", None)
    tick = one(item_rows("means"), "jp", "no", first_type="panel", component="within")
    # Newcombe from Wilson's limits 0.60966 to 1 of 6/6 and 0.03005 to 0.56350 of 1/6
    assert (tick["difference_shares"], tick["share_low"], tick["share_high"]) == pytest.approx((5 / 6, 0.27669, 0.96995), abs=5e-5)
    assert tick["p_holm"] == pytest.approx(24 / 792)


def test_a_panel_in_both_theatres_is_left_out_named_and_a_third_group() -> None:
    a_round({"grave": {"us": ALIKE, "jp": LOW, "kr": [2] * 4, "no": HIGH}})
    rows = [row for row in item_rows("grave") if row["first_type"] != "panel"]
    assert [(row["first_type"], row["first"], row["second_type"], row["second"], row["left_out"], row["n_first"], row["n_second"]) for row in rows] == [
        ("side", "pacific", "side", "atlantic", "us", 10, 6),
        ("side", "pacific", "both", "us", "us", 10, 6),
        ("side", "atlantic", "both", "us", "us", 6, 6),
    ]
    assert [(row["median_first"], row["median_second"]) for row in rows] == [(2, 4), (2, 3), (4, 3)]
    assert rows[0]["pooled_first"] is None


def test_over_all_items_by_hand() -> None:
    a_round({
        "grave": {"jp": LOW, "no": HIGH}, "likely": {"jp": ALIKE, "no": ALIKE},
        "soon": {"jp": [4] * 5 + [5], "no": [2] * 5 + [3]}, "means": {"jp": ["within"] * 6, "no": ["within"] * 6},
    })
    of_scales = one(summary(), "jp", "no", first_type="panel", level="ordinal")
    # EMD 2, 0 and 2 of 4 steps; delta 32/36, 0 and 1; medians 2, 3, 4 and 4, 3, 2
    assert (of_scales["n_items"], of_scales["n_different"], of_scales["n_same"], of_scales["n_undecided"]) == (3, 2, 1, 0)
    assert of_scales["mean_emd_normalised"] == pytest.approx(1 / 3)
    assert of_scales["mean_absolute_delta"] == pytest.approx((32 / 36 + 1) / 3)
    assert (of_scales["n_ordered"], of_scales["rank_correlation"]) == (3, pytest.approx(-1))
    over_all = one(summary(), "jp", "no", first_type="panel", level=None)
    # Both ticks of "means" are one item more
    assert (over_all["n_items"], over_all["n_compared"], over_all["n_same"], over_all["rank_correlation"]) == (4, 5, 3, None)
    assert over_all["mean_total_variation"] == pytest.approx((2 / 3 + 0 + 1 + 0) / 4)


MANY = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]


def test_a_protected_panel_is_in_no_pair() -> None:
    a_round({"grave": {"us": MANY, "jp": MANY, "kr": [1, 2, 4, 5], "no": MANY}}, minimum=5, sizes={"us": 12, "jp": 12, "kr": 4, "no": 12})
    # Japan is hidden with Korea, whose answers it would tell beside the side of both
    assert {row["first"] for row in item_rows("grave")} | {row["second"] for row in item_rows("grave")} == {"us", "no", "pacific", "atlantic"}
    assert one(item_rows("grave"), "pacific", "atlantic")["n_first"] == 16


def test_a_side_that_may_not_be_told_has_no_figures() -> None:
    a_round({"grave": {"us": MANY, "kr": [1, 2, 4, 5], "no": MANY}}, minimum=5, sizes={"us": 12, "jp": 1, "kr": 4, "no": 12})
    side = one(item_rows("grave"), "pacific", "atlantic")
    assert (side["status"], side["verdict"]) == ("protected", "not_assessed")
    assert {name for name, value in side.items() if value not in (None, "")} == {
        "level", "first_type", "first", "second_type", "second", "left_out", "family", "verdict", "status", "reason"}


@pytest.mark.parametrize(
    ("delta", "word"), [(0.146, "negligible"), (-0.147, "small"), (0.329, "small"), (0.33, "medium"), (-0.474, "large"), (1, "large"), (None, None)])
def test_the_words_for_delta_are_romanos(delta: float | None, word: str | None) -> None:
    assert magnitude(delta) == word
