"""The page that lists every question."""

from collections.abc import Iterator

from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, PROTECTED, VERDICTS, FileRow, Source, written
from tests.journeys.pages.walking import Expected, basis_of

WITHOUT_ORDER = ("nominal", "binary")
COLUMNS = ("n", "Median", "IQR", "Commonest", "Consensus", "Stability", "Outcome")


def questions(source: Source, number: int) -> Expected:
    by_item: dict[str, list[FileRow]] = {}
    for row in source.rows("aggregates", round=number, group_type="all"):
        by_item.setdefault(row["item"], []).append(row)
    whole = Table("Every item, over all experts", [])
    tables = [whole]
    for code, rows in by_item.items():
        if len(rows) == 1:
            whole.rows.append(Row(source.text(code), cells(source, rows[0])))
            continue
        parts = [row for row in rows if row["component"]]
        whole.rows.append(Row(source.text(code), dict.fromkeys(COLUMNS, in_short(rows, parts))))
        tables.append(Table(source.text(code), [Row(source.part(code, row["component"]), cells(source, row)) for row in parts]))
    return Expected(tables, [f"Results of round {number}", *departures(source), *basis_of(source, number)])


def cells(source: Source, row: FileRow) -> dict[str, str]:
    if row["suppressed"] == "yes":
        return dict.fromkeys(COLUMNS, PROTECTED)
    has_order = row["level"] not in WITHOUT_ORDER
    return {"n": row["n"], "Median": written(row["median"], 1), "IQR": written(row["iqr"], 1), "Commonest": DASH if has_order else commonest(source, row),
            "Consensus": VERDICTS[row["consensus"]], "Stability": VERDICTS[row["stability"]], "Outcome": VERDICTS[row["outcome"]]}


def commonest(source: Source, row: FileRow) -> str:
    words = {"1": "Ticked", "0": "Not ticked"} if row["level"] == "binary" else source.options(source.items[row["item"]], "options")
    return ", ".join(words[value] for value in row["modal"].split("|")) if row["modal"] else DASH


def in_short(rows: list[FileRow], parts: list[FileRow]) -> str:
    """"5 parts: consensus reached in 2, stable in 3. 1 is protected." """
    hidden = sum(row["suppressed"] == "yes" for row in parts)
    reached, stable = (sum(row[column] == verdict for row in parts) for column, verdict in (("consensus", "reached"), ("stability", "stable")))
    counted = f"{len(parts)} parts: consensus reached in {reached}, stable in {stable}."
    return " ".join([*whole_in_words(rows), counted, *([f"{hidden} {'is' if hidden == 1 else 'are'} protected."] if hidden else [])])


def whole_in_words(rows: list[FileRow]) -> Iterator[str]:
    for row in rows:
        if row["component"] == "":
            verdicts = PROTECTED if row["suppressed"] == "yes" else f"{VERDICTS[row['consensus']]} {VERDICTS[row['stability']]}"
            yield f"The order as a whole: {verdicts}"


def departures(source: Source) -> Iterator[str]:
    if source.provenance["deviations"]:
        yield "The rules were registered when round 1 opened"
