"""Groups that are one item: tables of questions with the same choices, and KoboToolbox's matrices, scores and rankings."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.items.grid import MOST_CELLS
from surveys.xlsform.choices import ChoiceList, Points, points_of
from surveys.xlsform.codes import Codes
from surveys.xlsform.conditions import shown, shown_if
from surveys.xlsform.draft import Asked, Draft
from surveys.xlsform.items import Item, add_condition, list_named, listed, scale_remarks
from surveys.xlsform.outline import Group, Question, is_yes
from surveys.xlsform.remarks import columns_left
from surveys.xlsform.report import GRID_COLUMN, GRID_ROW, GRID_TEXT, Entry

ANSWER = gettext_lazy("Answer")
FEWEST_ROWS = 2


def rows_of(group: Group, draft: Draft) -> list[Question]:
    """The questions of a group that are the rows of one grid; none where it is no table.

    A group is a table by its own appearance `table-list`, or by questions inside it that show their labels once (`label`) and then
    only the rows (`list-nolabel`).
    """
    selects = [child for child in _questions(group) if child.type.base == "select_one" and not child.type.or_other]
    if "table-list" not in group.line["appearance"].lower():
        selects = [question for question in selects if question.line["appearance"].lower().strip() in ("list-nolabel", "list")]
    rows = [question for question in selects if question.type.list_name == selects[0].type.list_name]
    if len(rows) < FEWEST_ROWS or len(rows) > MOST_CELLS:
        return []
    return rows if points_of(listed(rows[0], draft), is_scale=True) else []


def _questions(group: Group) -> list[Question]:
    return [child for child in group.children if isinstance(child, Question) and not is_yes(child.line["disabled"])]


def heading_of(group: Group, rows: Sequence[Question]) -> Question | None:
    """The question that only shows the labels above the rows."""
    for child in _questions(group):
        if child not in rows and child.line["appearance"].lower().strip() == "label" and child.type.list_name == rows[0].type.list_name:
            return child
    return None


def table_item(group: Group, rows: Sequence[Question], around: Sequence[str], draft: Draft) -> Item:
    """The grid of a table; every one of its rows says in the report what became of it."""
    entry = draft.report.entry(group.line.row, group.name, group.line["type"])
    heading = heading_of(group, rows)
    given = listed(rows[0], draft)
    points = points_of(given, is_scale=True)
    if points is None:
        raise ValueError("rows_of gives the rows of ordered scales only")
    codes = Codes()
    lines = [{"code": codes.take(row.name, f"row-{row.line.row}"), "text": draft.text(row.line, row.name or f"row-{row.line.row}")} for row in rows]
    column = {"code": "answer", "text": draft.languages.words(ANSWER)}
    item = _grid(group, heading, entry, draft, given, points, lines, [column], around)
    require(item, points, rows)
    positions = {choice.name: position for position, choice in enumerate(points.choices, 1) if choice.name}
    for row, line in zip(rows, lines, strict=True):
        _row_entry(row, f"{item['code']}: {line['code']}", draft)
        draft.asked[row.name] = Asked(item["code"], "grid", f"{line['code']}.answer", positions)
    if heading:
        told = draft.report.entry(heading.line.row, heading.name, heading.line["type"])
        told.became, told.code = GRID_TEXT, item["code"]
    return item


def require(item: Item, points: Points, rows: Sequence[Question]) -> None:
    """“Cannot judge” is not offered where the form requires every row and has no option for it."""
    if not points.left_out and all(is_yes(row.line["required"]) for row in rows):
        item["cannot_judge"] = False


def _row_entry(row: Question, code: str, draft: Draft) -> None:
    entry = draft.report.entry(row.line.row, row.name, row.line["type"])
    entry.became, entry.code = GRID_ROW, code
    if row.line["relevant"]:
        entry.remark(_("A row of a grid is asked of everybody; this condition is left out: %(condition)s") % {"condition": shown(row.line["relevant"])})
    if left := columns_left(row.line):
        entry.remark(left)


def _grid(
    group: Group, heading: Question | None, entry: Entry, draft: Draft, given: ChoiceList, points: Points,
    rows: list[dict[str, Any]], columns: Any, around: Sequence[str],
) -> Item:
    entry.remark(_("Its questions became the rows of one grid."))
    scale_remarks(points, entry)
    code = draft.item_codes.take(group.name, f"grid-{group.line.row}")
    text = group.line.text("label") or (heading.line.text("label") if heading else {})
    item: Item = {"code": code, "kind": "grid", "scale": draft.scale(given, points), "rows": rows, "columns": columns,
                  "text": draft.languages.complete(text, group.name or code)}
    add_condition(item, shown_if(group.line["relevant"], around, draft, entry), draft)
    entry.became, entry.code = "grid", code
    return item


def score_item(group: Group, around: Sequence[str], draft: Draft) -> Item | None:
    """KoboToolbox's rating table: a list of choices, and rows."""
    rows = [child for child in _questions(group) if child.type.base == "score__row"]
    entry = draft.report.entry(group.line.row, group.name, group.line["type"])
    given = list_named(group.line["kobo--score-choices"], group.line.row, draft, "kobo--score-choices")
    points = points_of(given, is_scale=True)
    if points is None or not 1 <= len(rows) <= MOST_CELLS:
        no_table(entry)
        return None
    codes = Codes()
    lines = [{"code": codes.take(row.name, f"row-{row.line.row}"), "text": draft.text(row.line, row.name or f"row-{row.line.row}")} for row in rows]
    item = _grid(group, None, entry, draft, given, points, lines, [{"code": "answer", "text": draft.languages.words(ANSWER)}], around)
    require(item, points, rows)
    for row, line in zip(rows, lines, strict=True):
        _row_entry(row, f"{item['code']}: {line['code']}", draft)
    return item


def rank_item(group: Group, around: Sequence[str], draft: Draft) -> Item | None:
    """KoboToolbox's ranking: the list of what is ranked, and one row for each of the first ranks."""
    entry = draft.report.entry(group.line.row, group.name, group.line["type"])
    given = list_named(group.line["kobo--rank-items"], group.line.row, draft, "kobo--rank-items")
    if len(given.choices) < FEWEST_ROWS:
        no_table(entry)
        return None
    for level in _questions(group):
        draft.report.entry(level.line.row, level.name, level.line["type"]).remark(_("All options are put in order, not only the first ones."))
    code = draft.item_codes.take(group.name, f"q-{group.line.row}")
    item: Item = {"code": code, "kind": "ranking", "options": draft.options(given), "text": draft.text(group.line, group.name or code)}
    add_condition(item, shown_if(group.line["relevant"], around, draft, entry), draft)
    entry.became, entry.code = "ranking", code
    return item


def matrix_item(group: Group, around: Sequence[str], draft: Draft) -> Item | None:
    """KoboToolbox's matrix: a list of rows, and a question for each column; a grid where all columns have the same ordered choices."""
    entry = draft.report.entry(group.line.row, group.name, group.line["type"])
    rows = list_named(group.line["kobo--matrix_list"], group.line.row, draft, "kobo--matrix_list")
    columns = _questions(group)
    is_alike = columns and all(child.type.base == "select_one" and child.type.list_name == columns[0].type.list_name for child in columns)
    given = listed(columns[0], draft) if is_alike else None
    points = points_of(given, is_scale=True) if given else None
    if given is None or points is None or len(rows.choices) * len(columns) > MOST_CELLS:
        no_table(entry)
        return None
    codes = Codes()
    lines = [{"code": codes.take(child.name, f"column-{child.line.row}"), "text": draft.text(child.line, child.name or f"column-{child.line.row}")}
             for child in columns]
    options = [{"code": choice.code, "text": draft.choice_text(choice)} for choice in rows.choices]
    item = _grid(group, None, entry, draft, given, points, options, lines, around)
    for child, line in zip(columns, lines, strict=True):
        told = draft.report.entry(child.line.row, child.name, child.line["type"])
        told.became, told.code = GRID_COLUMN, f"{item['code']}: {line['code']}"
    return item


def no_table(entry: Entry) -> None:
    entry.remark(_("It does not make one table of an ordered scale; ask its questions one by one."))
