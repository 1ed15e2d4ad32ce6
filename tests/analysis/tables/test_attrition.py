"""attrition.csv: who left, what that did, and what would hold had they stayed; verdicts only where few left."""

from typing import Any

import pytest
from scipy import stats

from tests.analysis.tables.counted_rounds import Answers, Row, row_of, table_rows, two_rounds
from tests.factories import a_definition, a_study, add_experts, public, run_round

pytestmark = pytest.mark.django_db
FIGURES = ("median_leavers", "median_stayers", "cliffs_delta", "p_leavers", "p_leavers_holm", "iqr_change", "iqr_change_attrition",
           "iqr_change_revision", "sd_change", "sd_change_attrition", "sd_change_revision")
VERDICTS = ("consensus", "consensus_had_they_stayed", "consensus_at_best", "consensus_at_worst")
TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]


def rows_of(first: Answers, second: Answers, **more: Any) -> list[Row]:
    return table_rows(two_rounds(first, second, **more), "attrition")


def of_items(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["level"]]


def verdicts(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in VERDICTS)


def test_a_panel_of_four_that_one_left_by_hand() -> None:
    rows = rows_of({"us": [1, 2, 3, 5], "jp": [3, 3], "kr": [3, 4]}, {"us": [2, 2, None, 4], "jp": [3, 3], "kr": [3, 4]}, definition=public())
    us = row_of(of_items(rows), "us")
    assert (us["n_before"], us["n_stayed"], us["n_left"], us["n_joined"]) == (4, 3, 1, 0)
    # Wilson, 3 of 4. R: prop.test(3, 4, correct = FALSE)$conf.int
    assert (us["retention"], us["retention_low"], us["retention_high"]) == (0.75, pytest.approx(0.30064184), pytest.approx(0.95441271))
    # The leaver said 3, the others 1, 2 and 5: above two of them, below one
    assert (us["median_leavers"], us["median_stayers"], us["cliffs_delta"]) == (3, 2, pytest.approx(1 / 3))
    # IQR of 1 2 3 5: 1.75, of 1 2 5: 2, of 2 2 4: 1
    assert (us["iqr_change"], us["iqr_change_attrition"], us["iqr_change_revision"]) == (-0.75, 0.25, -1)
    # IQR at most 1: 2 2 4 reaches it. With the leaver's 3 it is 1.25, with another 2 it is 0.5
    assert verdicts(us) == ("reached", "not_reached", "reached", "not_reached")
    assert us["status"] == "ok"


def test_without_leavers_the_published_verdict_is_the_only_one() -> None:
    answers = {"us": [1, 2, 3, 5], "jp": [3, 3], "kr": [3, 4]}
    jp = row_of(of_items(rows_of(answers, answers, definition=public())), "jp")
    assert verdicts(jp) == ("reached",) * 4
    assert (jp["retention"], jp["median_leavers"], jp["cliffs_delta"]) == (1, None, None)


def test_where_all_have_left_the_verdict_is_on_their_last_answers() -> None:
    others = {"jp": [3, 3], "kr": [3, 4]}
    us = row_of(of_items(rows_of({"us": [3, 3, 3, 4], **others}, {"us": [None] * 4, **others}, definition=public())), "us")
    assert verdicts(us) == ("not_assessed", "reached", "reached", "not_reached")


def test_where_few_left_nothing_but_verdicts_is_told_and_no_verdict_that_hangs_on_them() -> None:
    # Twelve of us, one left with a 1. Of 2 2 2 3 3 3 3 3 3 4 4 the IQR is .5; in any category one more leaves it at 1 at most
    first = {"us": [1, *TWELVE[1:]], "jp": TWELVE, "kr": TWELVE}
    rows = of_items(rows_of(first, {"us": [None, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4], "jp": TWELVE, "kr": TWELVE}))
    us = row_of(rows, "us")
    assert (us["n_left"], us["status"], verdicts(us)) == (1, "partly", ("reached",) * 4)
    assert [us[name] for name in FIGURES] == [None] * len(FIGURES)
    # Of 1 2 2 2 3 3 3 3 3 5 5 the quartiles are 2 and 3; a further 5 puts them at 2 and 3.5, and consensus is gone
    first["us"][0] = 5
    rows = of_items(rows_of(first, {"us": [None, 1, 2, 2, 2, 3, 3, 3, 3, 3, 5, 5], "jp": TWELVE, "kr": TWELVE},
                            definition=a_definition(study="again")))
    us = row_of(rows, "us")
    assert verdicts(us) == ("reached", "undecided", "reached", "not_reached")
    assert [us[name] for name in FIGURES] == [None] * len(FIGURES)


def test_many_leavers_are_a_group_whose_figures_may_be_told() -> None:
    first = {"us": [*TWELVE, 5, 5, 5, 4, 4, 4], "jp": TWELVE, "kr": TWELVE}
    us = row_of(of_items(rows_of(first, {"us": [*TWELVE, *[None] * 6], "jp": TWELVE, "kr": TWELVE})), "us")
    assert (us["n_left"], us["median_leavers"], us["median_stayers"], us["status"]) == (6, 4.5, 3, "ok")
    # Stayers 1 1 2 2 3 3 3 3 4 4 5 5. A 5 is above 10 and level with 2, a 4 above 8, level with 2 and below 2: (3 x 10 + 3 x 6) of 72
    assert us["cliffs_delta"] == pytest.approx(48 / 72)
    # U = 33 + 27, 24 above its mean; the ties are 2 2 4 5 5, so by hand its variance is 6 x 12 / 12 x (19 - 312 / (18 x 17))
    assert us["p_leavers"] == pytest.approx(2 * stats.norm.sf(24 / (6 * (19 - 312 / 306)) ** 0.5))
    # One item only, so Holm leaves p as it is
    assert (us["p_leavers_holm"], us["leavers_differ"]) == (us["p_leavers"], "yes")


def test_responses_are_counted_over_the_whole_round() -> None:
    study = a_study()
    add_experts(study, {"us": 8, "jp": 6, "kr": 6})
    said = {f"{panel}-{place}": {"grave": place % 5 + 1} for panel, size in (("us", 8), ("jp", 6), ("kr", 6)) for place in range(1, size + 1)}
    run_round(study, 1, {code: given for code, given in said.items() if code != "kr-1"})
    second = run_round(study, 2, {code: given for code, given in said.items() if code not in ("us-1", "us-2")})
    rows = [row for row in table_rows(second, "attrition") if not row["level"]]
    assert [row["group"] for row in rows] == ["all", "us", "jp", "kr"]
    us, kr = row_of(rows, "us"), row_of(rows, "kr")
    assert (us["n_before"], us["n_stayed"], us["n_left"], us["n_joined"], us["retention"]) == (8, 6, 2, 0, 0.75)
    assert (kr["n_before"], kr["n_stayed"], kr["n_left"], kr["n_joined"], kr["retention"]) == (5, 5, 0, 1, 1)


def test_the_largest_share_is_at_its_worst_where_the_rarer_options_fill_up() -> None:
    options = [{"code": code, "text": code} for code in ("deny", "punish", "entangle")]
    definition = public(consensus={"nominal": {"rule": "modal_share", "at_least": 0.5}}, questionnaire=[
        {"section": "main", "title": "Main", "items": [{"code": "means", "kind": "choice", "options": options, "text": "By what?"}]}])
    first = {"us": ["deny"] * 4 + ["punish"] * 4, "jp": ["deny"], "kr": ["deny"]}
    rows = of_items(rows_of(first, {"us": ["deny"] * 3 + ["punish", *[None] * 4], "jp": ["deny"], "kr": ["deny"]}, item="means", definition=definition))
    # Three of four. Had the four that left said punish again, 5 of 8; divided over the rarer two it would be 3 of 8
    assert verdicts(row_of(rows, "us")) == ("reached", "reached", "reached", "not_reached")


def test_bounds_of_numbers_do_not_depend_on_what_few_leavers_said() -> None:
    questions = [{"section": "main", "title": "Main", "items": [{"code": "cost", "kind": "number", "minimum": 0, "maximum": 100, "text": "How much?"}]}]
    stayed, others, found = [0, 0, 20, 30, 70], [10, 20, 30, 40, 50, 60, 70, 80, 90, 15, 25, 35], []
    # Of 0 0 0 2 2 20 30 70 the relative IQR is 22.5 / 2, of 0 0 20 20 20 20 30 70 it is 17.5 / 20; nobody tries the 0 2 2 of the first three
    for slug, gone in (("past", [0, 2, 2]), ("within", [20, 20, 20])):
        definition = a_definition(study=slug, consensus={"interval": {"rule": "relative_iqr", "at_most": 5}}, questionnaire=questions)
        first = {"us": [*gone, *stayed], "jp": others, "kr": others}
        rows = of_items(rows_of(first, {"us": [None] * 3 + stayed, "jp": others, "kr": others}, item="cost", definition=definition))
        found.append(row_of(rows, "us"))
    assert [row["status"] for row in found] == ["partly"] * 2
    assert verdicts(found[0]) == verdicts(found[1])
    assert found[0]["consensus_had_they_stayed"] == "undecided"
