"""What became of each row of a form: taken over, changed, or left out, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field

SECTION, HELP, GRID_ROW, GRID_COLUMN, GRID_TEXT = "section", "help", "row", "column", "heading"  # what a row can become besides an item of some kind
MOST_SHOWN = 120  # signs of a name or type; somebody may have written a letter there


@dataclass
class Entry:
    """One row of the form. `became` is a kind of item, one of the words above, or "" where the row is left out."""

    sheet: str
    row: int
    name: str
    type: str
    became: str = ""
    code: str = ""
    remarks: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        if text not in self.remarks:
            self.remarks.append(text)


@dataclass
class Report:
    """`entries` in the form's order; `remarks` are about the form as a whole, and what is to be done next."""

    entries: list[Entry] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def entry(self, row: int, name: str, kind: str, sheet: str = "survey") -> Entry:
        found = Entry(sheet, row, name[:MOST_SHOWN], kind[:MOST_SHOWN])
        self.entries.append(found)
        return found

    @property
    def left_out(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.became]

    @property
    def taken(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.became]

    def lines(self) -> Iterator[str]:
        """As plain lines, for a terminal."""
        for entry in self.entries:
            said = f": {' '.join(entry.remarks)}" if entry.remarks else ""
            named = f"{entry.name} ({entry.type})" if entry.name else entry.type
            yield f"{entry.sheet} {entry.row}: {named} → {' '.join(filter(None, [entry.became, entry.code])) or '–'}{said}"
        yield from self.remarks
