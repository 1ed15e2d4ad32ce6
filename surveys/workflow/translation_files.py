"""Translations as a file for spreadsheets: out with every text and its source, in again as a whole or not at all.

The columns key, language and text are read back, and note; where the source stands beside, a text that was written for another
source than the one of now is kept and told to be outdated. The state is there to be read: reviewing is done on the page.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.exceptions import FileRefused
from surveys.files.cells import csv_bytes, text_cell
from surveys.files.table import Row, in_line, read_table
from surveys.models import Study
from surveys.models.translation import NOTE_LENGTH
from surveys.studyfile.translating import KeyedText, as_typed, digest_of_text, problem_of, tidied
from surveys.workflow.drafts import Draft, read_draft
from surveys.workflow.locks import lock_study
from surveys.workflow.text_reviews import Translation, reviews_of, translations_in
from surveys.workflow.translations import Standing, Written, save_translations, standing_of, why_not

COLUMNS = ("key", "part", "where", "source_language", "source", "language", "text", "state", "note")
READ = ("key", "language", "text")


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    NOTED = "noted"  # the same text, another note
    UNCHANGED = "unchanged"
    EMPTY = "empty"  # no text in the row; what stands in the study stays
    WRONG = "wrong"


@dataclass(frozen=True)
class PlannedRow:
    """What taking up a row does. `is_stale`: its source is not the one of now."""

    line: int
    key: str
    outcome: Outcome
    before: str = ""
    after: str = ""
    is_stale: bool = False
    problem: str = ""
    written: Written | None = None


def written_file(draft: Draft, language: str, where: Callable[[KeyedText], str], *, bom: bool = False) -> bytes:
    """Every text of the study in one language, its source beside it. `where`: the place of a text in words."""
    texts = translations_in(draft.definition, language, reviews_of(draft.study))
    rows = [_cells(found, draft.definition["languages"][0], where) for found in texts]
    return csv_bytes(COLUMNS, rows, bom=bom)


def _cells(found: Translation, source: str, where: Callable[[KeyedText], str]) -> list[str]:
    text = found.text
    given = (text.key, text.part, where(text), source, text.source, found.language, found.present, found.state.value, found.note)
    return [guarded(cell) for cell in given]


def guarded(text: str) -> str:
    """Never a formula; and what begins with apostrophes before one gets one more, so that `unguarded` gives it back."""
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def _is_formula(text: str) -> bool:
    return text_cell(text) != text


def preview_translations(study: Study, language: str, content: bytes | str) -> list[PlannedRow]:
    """What taking up the file would do, row by row. Raises FileRefused where it can't be read at all."""
    rows = read_table(content, READ, [column for column in COLUMNS if column not in READ])
    draft = read_draft(study)
    definition, standing = draft.definition, standing_of(study, draft.versions)
    present = {found.text.key: found for found in translations_in(definition, language, reviews_of(study))}
    planned: list[PlannedRow] = []
    seen: set[str] = set()
    for row in rows:
        key = unguarded(row["key"])
        problem = _problem_of_row(row, definition["languages"][0], language, present, key in seen)
        planned.append(PlannedRow(row.line, key, Outcome.WRONG, problem=problem) if problem else _planned(row, present[key], standing))
        seen.add(key)
    return planned


def _problem_of_row(row: Row, source: str, language: str, present: Mapping[str, Translation], is_repeated: bool) -> str:
    """Why a row belongs nowhere; "" where it does."""
    key = unguarded(row["key"])
    if row["language"] != language:
        return _("this row is in “%(given)s”; this page takes up “%(language)s”.") % {"given": row["language"], "language": language}
    if row["source_language"] not in ("", source):
        return _("this row was translated from “%(given)s”; the study's source language is “%(source)s”.") % {"given": row["source_language"], "source": source}
    if key not in present:
        return _("the study has no text “%(key)s”. It was removed or has another code now; take the row out, or add its text by hand.") % {"key": key}
    return _("the text “%(key)s” stands there twice. Keep one row.") % {"key": key} if is_repeated else ""


def _planned(row: Row, found: Translation, standing: Standing) -> PlannedRow:
    text, before = found.text, found.present
    after, note = as_typed(text, unguarded(row["text"])), tidied(unguarded(row["note"]))[:NOTE_LENGTH]
    source = as_typed(text, unguarded(row["source"]))
    is_stale = bool(source) and source != text.source
    written = Written(after, source_digest=digest_of_text(source) if is_stale else "", note=note)
    if not after:
        return PlannedRow(row.line, text.key, Outcome.EMPTY, before)
    if after == before:
        return PlannedRow(row.line, text.key, Outcome.NOTED if note and note != found.note else Outcome.UNCHANGED, before, after, written=written)
    problem = problem_of(text, after) or ("" if standing.may_write(text, found.language) else why_not(standing))
    outcome = Outcome.WRONG if problem else Outcome.CHANGED if before else Outcome.NEW
    return PlannedRow(row.line, text.key, outcome, before, after, is_stale, problem, written)


@transaction.atomic
def import_translations(study: Study, language: str, content: bytes | str, *, by: Any = None) -> Counter[Outcome]:
    """Take up the whole file. Raises FileRefused with every mistake, and nothing is changed then. The same file twice changes nothing."""
    study = lock_study(study.pk)
    planned = preview_translations(study, language, content)
    wrong = [in_line(row.line, row.problem) for row in planned if row.outcome is Outcome.WRONG]
    if wrong:
        raise FileRefused(wrong)
    told = {row.key: row.written for row in planned if row.written is not None and row.outcome is not Outcome.UNCHANGED}
    if told:
        save_translations(study, language, told, by=by)
    return Counter(row.outcome for row in planned)
