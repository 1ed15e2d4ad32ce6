"""Groups as sections, repeats asked once, tables as grids."""

from typing import Any

from tests.surveys.xlsform.forms import entry_of, imported, items_of, remarks_of

END = {"type": "end group"}


def begin(name: str, label: str | None = None, **cells: Any) -> dict[str, Any]:
    return {"type": "begin group", "name": name, "label": label, **cells}


def text(name: str) -> dict[str, Any]:
    return {"type": "text", "name": name, "label": f"{name}?"}


def agree(name: str, **cells: Any) -> dict[str, Any]:
    return {"type": "select_one agree5", "name": name, "label": f"Row {name}", **cells}


def sections_of(*questions: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(section["section"], section["title"]["en"], [item["code"] for item in section["items"]])
            for section in imported(*questions).definition["questionnaire"]]


def test_a_group_is_a_section_and_what_stands_outside_has_the_forms_title() -> None:
    assert sections_of(text("a"), begin("threats", "Threats"), text("b"), END, text("c")) == [
        ("questions", "A form", ["a"]), ("threats", "Threats", ["b"]), ("questions-2", "A form", ["c"])]


def test_a_group_without_a_label_is_layout_only() -> None:
    assert sections_of(begin("outer", "Outer"), text("a"), begin("screen"), text("b"), END, text("c"), END) == [("outer", "Outer", ["a", "b", "c"])]


def test_groups_inside_groups_follow_each_other() -> None:
    questions = (begin("outer", "Outer"), text("a"), begin("inner", "Inner"), text("b"), END, text("c"), END)
    assert sections_of(*questions) == [("outer", "Outer", ["a"]), ("inner", "Inner", ["b"]), ("outer-2", "Outer", ["c"])]
    assert "outer-2" in remarks_of(imported(*questions), "outer")


def test_a_group_without_questions_of_its_own_makes_no_section() -> None:
    found = imported(begin("outer", "Outer"), begin("inner", "Inner"), text("a"), END, END)
    assert entry_of(found, "outer").became == "" and entry_of(found, "inner").became == "section"


def test_a_repeat_is_asked_once() -> None:
    found = imported({"type": "begin repeat", "name": "allies", "label": "Allies", "repeat_count": 3}, text("a"), {"type": "end repeat"})
    assert [item["code"] for item in items_of(found)] == ["a"]
    assert "once" in remarks_of(found, "allies")


GRID = {
    "code": "table", "kind": "grid", "scale": "agree5", "text": {"en": "Rate each"},
    "rows": [{"code": "r1", "text": {"en": "Row r1"}}, {"code": "r2", "text": {"en": "Row r2"}}],
    "columns": [{"code": "answer", "text": {"en": "Answer"}}],
}


def test_a_table_list_is_a_grid() -> None:
    found = imported(begin("table", "Rate each", appearance="table-list"), agree("r1"), agree("r2"), END)
    assert items_of(found) == [GRID]
    assert [(entry.name, entry.became, entry.code) for entry in found.report.entries] == [
        ("table", "grid", "table"), ("r1", "row", "table: r1"), ("r2", "row", "table: r2")]


def test_rows_below_a_heading_of_labels_are_a_grid() -> None:
    found = imported(begin("table", appearance="field-list"), agree("head", label="Rate each", appearance="label"),
                     agree("r1", appearance="list-nolabel"), agree("r2", appearance="list-nolabel"), END)
    assert items_of(found) == [GRID]
    assert entry_of(found, "head").became == "heading"


def test_other_questions_of_a_table_stand_after_it() -> None:
    found = imported(begin("table", "Rate each", appearance="table-list"), agree("r1"), text("why"), agree("r2"), END)
    assert [item["code"] for item in items_of(found)] == ["table", "why"]


def test_a_table_of_one_row_is_a_question() -> None:
    found = imported(begin("table", "Rate each", appearance="table-list"), agree("r1"), END)
    assert [(item["code"], item["kind"]) for item in items_of(found)] == [("r1", "rating")]


def test_a_required_table_offers_no_cannot_judge() -> None:
    found = imported(begin("table", "Rate each", appearance="table-list"), agree("r1", required="yes"), agree("r2", required="yes"), END)
    assert items_of(found)[0]["cannot_judge"] is False


def test_a_rows_own_condition_is_told() -> None:
    found = imported(text("a"), begin("table", "Rate each", appearance="table-list"), agree("r1"), agree("r2", relevant="${r1} = 1"), END)
    assert "${r1} = 1" in remarks_of(found, "r2")


def test_kobotoolboxs_rating_is_a_grid() -> None:
    found = imported({"type": "begin_score", "name": "table", "label": "Rate each", "kobo--score-choices": "agree5"},
                     {"type": "score__row", "name": "r1", "label": "Row r1"}, {"type": "score__row", "name": "r2", "label": "Row r2"}, {"type": "end_score"})
    assert items_of(found) == [GRID]


def test_kobotoolboxs_ranking_is_a_ranking() -> None:
    found = imported({"type": "begin_rank", "name": "order", "label": "Rank", "kobo--rank-items": "means"},
                     {"type": "rank__level", "name": "first", "label": "1st"}, {"type": "end_rank"})
    assert [(item["code"], item["kind"], len(item["options"])) for item in items_of(found)] == [("order", "ranking", 3)]


def matrix(*columns: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "begin_kobomatrix", "name": "m", "label": "Who does what?", "kobo--matrix_list": "means"}, *columns, {"type": "end_kobomatrix"}, text("z")]


def test_kobotoolboxs_matrix_is_a_grid_of_rows_and_columns() -> None:
    item = items_of(imported(*matrix(agree("now"), agree("later"))))[0]
    assert [row["code"] for row in item["rows"]] == ["cyber", "militia", "a2ad"]
    assert [column["code"] for column in item["columns"]] == ["now", "later"]
    assert (item["kind"], item["scale"]) == ("grid", "agree5")


def test_a_matrix_of_unlike_columns_is_left_out() -> None:
    found = imported(*matrix(agree("now"), text("why")))
    assert [item["code"] for item in items_of(found)] == ["z"]
    assert "one by one" in remarks_of(found, "m")
