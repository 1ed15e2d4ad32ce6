"""A form that can't be read on: where in the workbook, what, and what to do."""

from typing import NoReturn

from django.utils.translation import gettext as _

from surveys.exceptions import FileRefused


def in_sheet(problem: str, sheet: str, row: int = 0, column: str = "") -> str:
    """The problem with its place, as exactly as it is known."""
    if column and row:
        return _("sheet %(sheet)s, row %(row)s, column %(column)s: %(problem)s") % {"sheet": sheet, "row": row, "column": column, "problem": problem}
    if row:
        return _("sheet %(sheet)s, row %(row)s: %(problem)s") % {"sheet": sheet, "row": row, "problem": problem}
    return _("sheet %(sheet)s: %(problem)s") % {"sheet": sheet, "problem": problem}


def refuse(problem: str, sheet: str = "", row: int = 0, column: str = "") -> NoReturn:
    raise FileRefused([in_sheet(problem, sheet, row, column) if sheet else problem])
