"""XLSForm, the questionnaires of ODK and KoboToolbox: a workbook becomes a draft study and a report of what became of each row. Pure: no database.

`docs/xlsform.md` has every type of question and what becomes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.exceptions import FileRefused
from surveys.studyfile import read_study, write_study
from surveys.studyfile.shapes import MOST_CHARACTERS, SLUG
from surveys.xlsform.choices import ChoiceList, choice_lists
from surveys.xlsform.codes import slug_of
from surveys.xlsform.columns import Line, column_of, columns_of, lines_of, suffixes_in
from surveys.xlsform.conditions import shown
from surveys.xlsform.draft import Draft
from surveys.xlsform.languages import Languages, languages_of
from surveys.xlsform.outline import outline
from surveys.xlsform.problems import in_sheet, refuse
from surveys.xlsform.remarks import NOT_READ, NOT_READ_TEXTS
from surveys.xlsform.report import Entry, Report
from surveys.xlsform.sections import Around, Sections
from surveys.xlsform.workbook import Sheet, is_workbook, read_sheets

# Columns that are read, or of which the report says row by row that they are not.
READ = {
    "survey": {"type", "name", "label", "hint", "required", "relevant", "constraint", "appearance", "parameters", "disabled", *NOT_READ, *NOT_READ_TEXTS,
               "kobo--score-choices", "kobo--rank-items", "kobo--matrix_list"},
    "choices": {"list_name", "name", "label"},
    "settings": {"form_title", "form_id", "default_language"},
}
EXPERTS = gettext_lazy("Experts")
QUESTIONNAIRE = gettext_lazy("Questionnaire")


@dataclass(frozen=True)
class Imported:
    """`definition` is what `read_study` accepts."""

    definition: dict[str, Any]
    report: Report


def read_xlsform(content: bytes, slug: str = "") -> Imported:
    """Raises FileRefused, with the sheet, row and column where it can be said, for what makes no study."""
    if slug and not SLUG.compiled.fullmatch(slug):
        refuse(_("“%(slug)s” is no slug: at most 80 lower-case letters, digits and hyphens.") % {"slug": slug[:80]})
    sheets, others = read_sheets(content)
    check_sheets(sheets)
    settings = _settings(sheets.get("settings"))
    languages = _languages(sheets, settings["default_language"])
    lists = choice_lists(lines_of(sheets["choices"], languages)) if "choices" in sheets else {}
    definition, report = _study(lines_of(sheets["survey"], languages), lists, languages, settings, slug)
    report.remarks += [*_whole_form(definition, languages, others), *unread_columns(sheets)]
    return Imported(_accepted(definition), report)


def check_sheets(sheets: Mapping[str, Sheet]) -> None:
    if "survey" not in sheets:
        refuse(_("there is no sheet “survey”. Give the sheet with the questions that name."))
    for name, needed in (("survey", ("type",)), ("choices", ("list_name", "name"))):
        sheet = sheets.get(name)
        if sheet is None or (name == "choices" and not sheet.rows):
            continue
        known = [column.name for column in columns_of(sheet)]
        missing = [in_sheet(_("there is no column “%(column)s”. Add it to the first row.") % {"column": column}, name, sheet.header_row)
                   for column in needed if column not in known]
        if missing:
            raise FileRefused(missing)


def _settings(sheet: Sheet | None) -> Line:
    if sheet is None or not sheet.rows:
        return Line(0)
    row, cells = sheet.rows[0]
    found: dict[str, str] = {}
    for column, cell in zip(columns_of(sheet), cells, strict=False):
        if cell:
            found.setdefault(column.name, cell)
    return Line(row, found)


def _languages(sheets: Mapping[str, Sheet], default: str) -> Languages:
    suffixes = [suffix for name in ("survey", "choices") if name in sheets for suffix in suffixes_in(columns_of(sheets[name]))]
    sample = " ".join(cell for _row, cells in sheets["survey"].rows[:200] for cell in cells)
    return languages_of(suffixes, default, sample)


def _study(
    lines: Sequence[Line], lists: Mapping[str, ChoiceList], languages: Languages, settings: Line, slug: str,
) -> tuple[dict[str, Any], Report]:
    title = (settings["form_title"] or settings["form_id"])[:MOST_CHARACTERS]
    titles = {languages.source: title} if title else languages.words(QUESTIONNAIRE)
    draft = Draft(languages, lists, Report())
    sections = Sections(draft, titles)
    sections.take(outline(line for line in lines if line["type"] or line["name"] or line.text("label")), Around())
    sections.end()
    if not sections.found:
        refuse(_("no question here can become an item. docs/xlsform.md says which types can."), "survey")
    draft.settle_lists(sections.items)
    draft.report.entries.sort(key=lambda entry: entry.row)
    return {
        "study": slug or slug_of(settings["form_id"], settings["form_title"]), "title": titles, "languages": languages.codes,
        "panels": [{"code": "experts", "name": languages.words(EXPERTS)}],
        **({"scales": draft.scales} if draft.scales else {}),
        **({"option_lists": draft.option_lists} if draft.option_lists else {}),
        "questionnaire": sections.found,
    }, draft.report


def _whole_form(definition: Mapping[str, Any], languages: Languages, others: Sequence[str]) -> list[str]:
    """What is to be done before the study can begin, and what was guessed."""
    items = [item for section in definition["questionnaire"] for item in section["items"]]
    found = [_("The form knows no panels. Replace the panel “experts” by the study's own, and fix rules of consensus and stability.")]
    if any(item.get("cannot_judge") is False for item in items):
        found.append(_("Where the form requires an answer, “cannot judge” is not offered."))
    if languages.filled:
        found.append(_("Texts that the form lacks in its source language, filled with another language's: %(count)s.") % {"count": languages.filled})
    if languages.is_guessed:
        found.append(_("The form names no language; it is taken to be in: %(language)s.") % {"language": languages.source})
    found += [_("The language “%(name)s” is not known; it has the code %(code)s.") % {"name": name[:60], "code": code}
              for name, code in languages.unknown.items()]
    if others:
        found.append(_("Not read: the sheets %(sheets)s.") % {"sheets": ", ".join(others)[:200]})
    return found


def unread_columns(sheets: Mapping[str, Sheet]) -> list[str]:
    """Columns with anything in them of which nothing is said row by row."""
    found = []
    for name, sheet in sheets.items():
        names = [header for place, header in enumerate(sheet.header)
                 if header and column_of(header).name not in READ[name] and any(cells[place] for _row, cells in sheet.rows if place < len(cells))]
        if names:
            found.append(_("Not read: on the sheet %(sheet)s the columns %(columns)s.") % {"sheet": name, "columns": shown(", ".join(names))})
    return found


def _accepted(definition: dict[str, Any]) -> dict[str, Any]:
    """As the study file's own reader gives it back. Only the size can still be too much for it."""
    try:
        return read_study(write_study(definition))
    except FileRefused as refusal:
        problem = _("the study that it makes is refused: %(problem)s Shorten or split the form.") % {"problem": refusal.problems[0]}
        raise FileRefused([in_sheet(problem, "survey")]) from None


__all__ = ["Entry", "Imported", "Report", "is_workbook", "read_xlsform"]
