"""The columns of a form's sheets under all the names that they go by, and the rows as texts by column and language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from surveys.xlsform.languages import UNNAMED, Languages
from surveys.xlsform.workbook import Sheet

ALIASES = {
    "command": "type", "value": "name", "tag": "name", "caption": "label", "relevance": "relevant", "calculate": "calculation", "readonly": "read_only",
    "count": "repeat_count", "jr:count": "repeat_count", "constraint_msg": "constraint_message", "list": "list_name",
    "title": "form_title", "set_form_title": "form_title", "id_string": "form_id", "set_form_id": "form_id",
}
TRANSLATED = re.compile(
    r"(?P<name>label|caption|hint|guidance[ _]hint|constraint[ _]message|constraint[ _]msg|required[ _]message"
    r"|(?:media\s*::?\s*)?(?:image|big-image|audio|video))(?:\s*::?\s*(?P<language>\S.*))?", re.IGNORECASE)
TEXTS = ("label", "hint")


@dataclass(frozen=True)
class Column:
    name: str
    language: str | None = None  # as the header names it, UNNAMED where it does not; None: the column has no language


@dataclass(frozen=True)
class Line:
    """A row of a sheet: plain cells by column, texts by column and language code."""

    row: int
    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def text(self, column: str) -> Mapping[str, str]:
        """Language → text."""
        return self.texts.get(column, {})


def column_of(header: str) -> Column:
    translated = TRANSLATED.fullmatch(header.strip())
    if translated:
        name = canonical(re.sub(r"media\s*::?\s*", "", translated["name"], flags=re.IGNORECASE))
        return Column(name, (translated["language"] or UNNAMED).strip())
    return Column(canonical(header))


def canonical(name: str) -> str:
    plain = re.sub(r"\s+", "_", name.strip().lower())
    return ALIASES.get(plain, plain)


def columns_of(sheet: Sheet) -> list[Column]:
    return [column_of(header) for header in sheet.header]


def suffixes_in(columns: Iterable[Column]) -> list[str]:
    """How labels and hints name their languages, in the columns' order."""
    return [column.language for column in columns if column.name in TEXTS and column.language is not None]


def lines_of(sheet: Sheet, languages: Languages) -> list[Line]:
    columns = columns_of(sheet)
    return [_line(row, columns, cells, languages) for row, cells in sheet.rows]


def _line(row: int, columns: list[Column], given: tuple[str, ...], languages: Languages) -> Line:
    cells: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for column, cell in zip(columns, given, strict=False):
        if not cell:
            continue
        if column.language is None:
            cells.setdefault(column.name, cell)
        else:
            texts.setdefault(column.name, {}).setdefault(column.language, cell)
    return Line(row, cells, {name: languages.texts(by_suffix) for name, by_suffix in texts.items()})
