"""influence.csv: every verdict without each ally in turn, by hand, and none that would tell of a protected panel."""

from typing import Any

import pytest

from surveys.models import Round
from surveys.workflow.answer_files import import_answers
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round
from tests.analysis.tables.counted_rounds import Row, table_rows, two_rounds
from tests.factories import a_definition, a_study, add_experts, by_panel, count, csv_text, give, public, run_round

pytestmark = pytest.mark.django_db

TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]
CHANGED = {"rule": "percent_changed", "at_most": 15}


def without(rows: list[Row], ally: str, group: str = "all", component: str = "") -> Row:
    [found] = [row for row in rows if (row["without"], row["group"], row["component"]) == (ally, group, component) and row["level"]]
    return found


def one_round(answers: dict[str, list[int]], definition: dict[str, Any] | None = None) -> Round:
    study = a_study(definition or public())
    add_experts(study, {panel: len(given) for panel, given in answers.items()})
    return run_round(study, 1, by_panel("grave", answers))


def test_consensus_that_one_ally_stands_against_by_hand() -> None:
    rows = table_rows(one_round({"us": [1, 1, 1, 1], "jp": [3, 3, 3], "kr": [3, 3]}), "influence")
    # Quartiles of 1 1 1 1 3 3 3 3 3 are 1 and 3; without us all is 3, without jp 1 1 1 1 3 3 has 1 and 2.5
    us, jp = without(rows, "us"), without(rows, "jp")
    assert (us["consensus"], us["consensus_without"], us["changes"]) == ("not_reached", "reached", "yes")
    assert (jp["consensus_without"], jp["changes"], jp["status"]) == ("not_reached", "no", "ok")
    assert (us["stability"], us["stability_without"], us["outcome_without"]) == ("not_assessed",) * 3
    assert without(rows, "us", "equal_weight")["changes"] == "yes"


def test_panels_weigh_the_same_without_an_ally_as_well() -> None:
    # A share of 75 % in the two highest. Everybody but kr: 9 of 12 count once; with equal weight (1 + 0)/2 of two panels
    rule = {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}
    answers = {"us": [5] * 9, "jp": [1] * 3, "kr": [5] * 9}
    rows = table_rows(one_round(answers, public(consensus={"ordinal": rule})), "influence")
    assert [without(rows, "kr", kind)["consensus_without"] for kind in ("all", "equal_weight")] == ["reached", "not_reached"]
    # All three: 18 of 21, and (1 + 0 + 1)/3
    assert [without(rows, "kr", kind)["consensus"] for kind in ("all", "equal_weight")] == ["reached", "not_reached"]


def test_stability_of_the_histograms_without_the_ally_that_moved() -> None:
    answers = {"us": [1] * 4, "jp": [3] * 4, "kr": [2] * 4}
    rows = table_rows(two_rounds(answers, answers | {"us": [4] * 4}, definition=public()), "influence")
    # A third of all moved; without us nobody did, without jp half did
    us, jp = without(rows, "us"), without(rows, "jp")
    assert (us["stability"], us["stability_without"], us["outcome_without"], us["changes"]) == ("unstable", "stable", "stable_consensus", "yes")
    assert (jp["stability_without"], jp["changes"]) == ("unstable", "no")
    assert (without(rows, "us", "equal_weight")["stability_without"]) == "stable"


def test_stability_of_the_experts_without_the_ally_that_moved() -> None:
    first = {"us": [1, 2] * 4, "jp": [3, 4] * 4, "kr": [2, 3] * 4}
    rows = table_rows(two_rounds(first, first | {"us": [2, 1] * 4}, definition=public(stability=CHANGED)), "influence")
    # The histograms are as before, but eight of 24 changed their answer
    us, kr = without(rows, "us"), without(rows, "kr")
    assert (us["stability"], us["stability_without"], kr["stability_without"]) == ("unstable", "stable", "unstable")
    assert without(rows, "us", "equal_weight")["stability_without"] == "stable"


def test_everybody_but_a_protected_panel_is_not_told_of() -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    rows = table_rows(run_round(study, 1, by_panel("grave", {"us": TWELVE, "jp": TWELVE[:6] * 2, "kr": [1, 1, 2, 5]})), "influence")
    # kr is small and jp hidden with it; all less us is told by the rows of all and us
    assert [(without(rows, ally)["status"], without(rows, ally)["consensus_without"]) for ally in ("us", "jp", "kr")] == [
        ("ok", "not_reached"), ("protected", None), ("protected", None)]
    assert without(rows, "kr")["changes"] is None


def test_pairs_of_a_hidden_panel_are_not_told_by_those_of_the_others() -> None:
    answers: dict[str, list[Any]] = {"us": TWELVE, "jp": TWELVE, "kr": TWELVE}
    second = answers | {"kr": [*TWELVE[:2], *[None] * 10], "us": [*TWELVE[1:], 1]}
    rows = table_rows(two_rounds(answers, second, definition=a_definition(stability=CHANGED)), "influence")
    assert {row["stability_without"] for row in rows if row["without"] == "kr" and row["level"]} == {None}


def test_a_verdict_that_says_that_nobody_changed_is_not_told_where_few_left() -> None:
    # One of us left. Without jp, stable could only say that none of us' six pairs changed: one of six is more than 15 %
    panels = [{"code": code, "name": {"en": code}} for code in ("us", "jp")]
    first = {"us": TWELVE[:7], "jp": TWELVE}
    second = two_rounds(first, {"us": [*TWELVE[:6], None], "jp": TWELVE}, definition=a_definition(stability=CHANGED, panels=panels))
    rows = table_rows(second, "influence")
    assert (without(rows, "jp")["stability"], without(rows, "jp")["stability_without"]) == ("stable", "not_assessed")
    assert without(rows, "us")["stability_without"] == "stable"  # none of jp's twelve: one of twelve would be few enough


def test_after_an_erasure_stability_without_an_ally_is_not_told() -> None:
    study = a_study()
    everybody = {"us": TWELVE, "jp": TWELVE, "kr": TWELVE}
    add_experts(study, dict.fromkeys(everybody, 12))
    run_round(study, 1, by_panel("grave", everybody))
    second = open_round(study, 2)
    withdraw(study.panelists.get(code="kr-1"))
    give(second, {code: given for code, given in by_panel("grave", everybody).items() if code != "kr-1"})
    row = without(table_rows(count(second), "influence"), "us")
    assert (row["consensus_without"], row["stability_without"], row["status"]) == ("not_reached", None, "partly")


def test_a_ranking_as_a_whole() -> None:
    options = [{"code": code, "text": {"en": code}} for code in ("air", "sea", "land")]
    items = [{"code": "order", "kind": "ranking", "options": options, "text": {"en": "Order"}}]
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}],
                           consensus={"rank": {"rule": "kendall_w", "at_least": 0.7}}, stability=CHANGED))
    add_experts(study, {"us": 2, "jp": 2, "kr": 1})
    for number, turned in ((1, (3, 2, 1)), (2, (3, 2, 1))):
        study_round = open_round(study, number)
        ranks = {"us-1": (1, 2, 3), "us-2": (1, 2, 3), "kr-1": (1, 2, 3), "jp-1": turned, "jp-2": turned}
        given = [{"panelist": panelist, "item": "order", "component": option["code"], "value": rank}
                 for panelist, order in ranks.items() for option, rank in zip(options, order, strict=True)]
        import_answers(study_round, csv_text(["panelist", "item", "component", "value"], given))
        count(study_round)
    # By hand: rank sums 9 10 11 of five: W = 12 x 2/(25 x 24) = 0.04; without jp three like orders: W = 1
    rows = table_rows(study.rounds.get(number=2), "influence")
    whole = without(rows, "jp")
    assert (whole["level"], whole["consensus"], whole["consensus_without"]) == ("rank", "not_reached", "reached")
    assert (whole["stability"], whole["stability_without"], whole["outcome_without"]) == ("stable", "stable", "stable_consensus")
    assert without(rows, "jp", "equal_weight")["consensus_without"] == "not_assessed"


def test_an_ally_without_answers_has_no_row_and_all_items_are_counted() -> None:
    items = [{"code": code, "kind": "rating", "scale": "five", "text": {"en": code}} for code in ("grave", "likely")]
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}]))
    add_experts(study, {"us": 4, "jp": 3, "kr": 1})
    grave, likely = by_panel("grave", {"us": [1] * 4, "jp": [3] * 3}), by_panel("likely", {"us": [3] * 4, "jp": [3] * 3})
    rows = table_rows(run_round(study, 1, {code: grave[code] | likely[code] for code in grave}), "influence")
    # 1 1 1 1 3 3 3 has quartiles 1 and 3: no consensus, but without either ally there is one. Of likely all is 3
    overall = [row for row in rows if not row["level"]]
    assert [(row["group_type"], row["without"]) for row in overall] == [("all", "us"), ("all", "jp"), ("equal_weight", "us"), ("equal_weight", "jp")]
    assert [(row["n_judged"], row["n_changed"], row["n_consensus_gained"], row["n_consensus_lost"]) for row in overall[:2]] == [(2, 1, 1, 0)] * 2
