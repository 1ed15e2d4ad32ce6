"""linked.csv: two questions that ask the same of two theatres, by hand."""

from typing import Any

import pytest

from analysis.blocks import analyse_now
from analysis.models import ItemTable
from analysis.tables.base import Values, unpacked
from tests.factories import a_definition, a_study, add_experts, by_panel, public, run_round

pytestmark = pytest.mark.django_db

THEATRES = [{"code": "pacific", "name": {"en": "Pacific"}}, {"code": "atlantic", "name": {"en": "Atlantic"}}]
PANELS = [
    {"code": "us", "name": {"en": "US"}, "theatres": ["pacific", "atlantic"]},
    {"code": "jp", "name": {"en": "Japan"}, "theatres": ["pacific"]},
    {"code": "no", "name": {"en": "Norway"}, "theatres": ["atlantic"]},
]
RATING = {"kind": "rating", "scale": "five"}
CHOICE = {"kind": "choice", "options": [{"code": code, "text": {"en": code}} for code in ("yes", "no")]}
JP_STRAIT, JP_BALTIC = [2, 3, 2, 4, 4, 3], [1, 1, 2, 2, 3, 3]
NO_BALTIC = [3, 3, 4, 4, 5, 5]


def linked_rows(strait: dict[str, list[Any]], baltic: dict[str, list[Any]], minimum: int = 1, size: int = 6, like: Any = RATING,
                other: Any = None) -> list[Values]:
    items = [
        {"code": "strait", "text": {"en": "Strait"}, "theatre": "pacific", **(other or like)},
        {"code": "baltic", "text": {"en": "Baltic"}, "theatre": "atlantic", "same_as": "strait", **like},
    ]
    make = public if minimum == 1 else a_definition
    questionnaire = [{"section": "main", "title": {"en": "Main"}, "items": items}]
    study = a_study(make(panels=PANELS, theatres=THEATRES, questionnaire=questionnaire, consensus=None, stability=None))
    add_experts(study, {"us": size, "jp": size, "no": size})
    first, second = by_panel("strait", strait), by_panel("baltic", baltic)
    given = {panelist: {**first.get(panelist, {}), **second.get(panelist, {})} for panelist in first | second}
    analyse_now(run_round(study, 1, given))
    return [row for table in ItemTable.objects.filter(name="linked") for row in unpacked(table.content)]


def of_panel(rows: list[Values], panel: str) -> Values:
    return next(row for row in rows if row["view"] == "same_experts" and row["first"] == panel)


def test_the_same_experts_on_both_questions() -> None:
    row = of_panel(linked_rows({"jp": JP_STRAIT}, {"jp": JP_BALTIC, "no": NO_BALTIC}), "jp")
    assert (row["first_item"], row["second_item"], row["n_both"]) == ("baltic", "strait", 6)
    # Baltic less Strait: -1, -2, 0, -2, -1, 0. All four that differ fall: exact p = 2/2^4. Of the 21 means of two differences the
    # middle one is -1 (three of -2, four of -1.5, seven of -1)
    assert (row["median_first"], row["median_second"], row["difference_medians"], row["mean_difference"]) == (2, 3, -1, -1)
    assert (row["hodges_lehmann"], row["rank_biserial"], row["test"], row["p_value"], row["p_holm"]) == (-1, -1, "wilcoxon", 0.125, 0.125)
    assert row["percent_different"] == pytest.approx(200 / 3)


def test_each_theatres_own_allies_on_the_question_about_it() -> None:
    rows = linked_rows({"us": [1] * 6, "jp": JP_STRAIT}, {"us": [1] * 6, "jp": JP_BALTIC, "no": NO_BALTIC})
    (row,) = [row for row in rows if row["view"] == "own_theatres"]
    assert [row[name] for name in ("first_type", "first", "second_type", "second", "left_out")] == ["side", "atlantic", "side", "pacific", "us"]
    # Norway's 3, 3, 4, 4, 5, 5 against Japan's 2, 2, 3, 3, 4, 4: net wins 2 (0 + 4 + 6) of 36 pairs; differences -1, 0, 0, 1, 1, 1, 2, 2, 3
    assert (row["n_first"], row["n_second"], row["difference_medians"], row["mean_difference"], row["hodges_lehmann"]) == (6, 6, 1, 1, 1)
    assert row["cliffs_delta"] == pytest.approx(20 / 36)
    # U = 28, mean 18, variance 3 (13 - 132/132) = 36: z = 10/6, normal tables: p = 0.0956
    assert (row["test"], row["p_value"]) == ("mann_whitney", pytest.approx(0.0956, abs=5e-5))


def test_choices_are_compared_by_their_table() -> None:
    rows = linked_rows({"jp": ["yes"] * 5 + ["no"]}, {"jp": ["no"] * 3 + ["yes"] * 2 + ["no"], "no": ["no"] * 6}, like=CHOICE)
    row = of_panel(rows, "jp")
    # Three of six went from yes to no, nobody back: (3 - 0)^2/(3 + 0) = 3 on one degree, chi-square tables: p = 0.0833
    assert (row["test"], row["percent_different"]) == ("stuart_maxwell", 50)
    assert row["p_value"] == pytest.approx(0.0833, abs=5e-5)
    (own,) = [row for row in rows if row["view"] == "own_theatres"]
    # 0 of 6 against 5 of 6: Fisher as in gaps.csv, the table 0, 6 / 5, 1: 2 C(6, 1)/C(12, 5) = 12/792
    assert (own["test"], own["p_value"]) == ("options", pytest.approx(12 / 792))


def test_a_few_who_answered_only_one_of_them_protect_the_pairs() -> None:
    varied = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]
    rows = linked_rows({"jp": varied, "no": varied}, {"jp": varied[:11], "no": varied}, minimum=5, size=12)
    hidden, shown = of_panel(rows, "jp"), of_panel(rows, "no")
    assert (hidden["status"], hidden["n_both"], hidden["p_value"]) == ("protected", None, None)
    assert (shown["status"], shown["n_both"], shown["percent_different"]) == ("ok", 12, 0)


def test_answers_that_cannot_be_compared() -> None:
    maybe = {**CHOICE, "options": [{"code": "maybe", "text": {"en": "Maybe"}}, CHOICE["options"][0]]}
    rows = linked_rows({"jp": ["yes"] * 6}, {"jp": ["maybe"] * 6}, like=maybe, other=CHOICE)
    assert [(row["status"], row["view"]) for row in rows] == [("not_applicable", None)]
