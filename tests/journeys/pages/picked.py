"""Pages that draw a few figures of very many: convergence, estimates, maps and the record.

Their tables are held cell by cell. A number in their sentences must be one that the files know of some item, in this round or an earlier one: which of
them it is, the tests of these pages hold with answers worked out by hand.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from tests.journeys.pages.allied import allied_tables
from tests.journeys.pages.converging import convergence_tables
from tests.journeys.pages.known import KnownNumbers, of_item, of_study
from tests.journeys.pages.pooled import pool_tables
from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import FileRow, Source
from tests.journeys.pages.walking import Expected, basis_of

EXAMPLE = Decimal("0.75")  # in what a page says a rule looks at


def convergence(source: Source, number: int) -> Expected:
    return _picked(source, number, convergence_tables(source, number), f"Convergence up to round {number}")


def pools(source: Source, number: int) -> Expected:
    return _picked(source, number, pool_tables(source, number), f"Estimates of round {number}")


def maps(source: Source, number: int) -> Expected:
    return _picked(source, number, allied_tables(source, number), f"Allies and theatres in round {number}")


def _picked(source: Source, number: int, tables: Iterable[Table], *said: str) -> Expected:
    return Expected(list(tables), [*said, *basis_of(source, number)], _everything(source, number))


@lru_cache(maxsize=1)
def _everything(source: Source, number: int) -> KnownNumbers:
    """The pages of a round follow each other."""
    cells = (cell for code in source.items for cell in KnownNumbers(of_item(source, code, number), of_study(source, code)).cells)
    return KnownNumbers([], [*cells, *scale_counts(source, number)])


def scale_counts(source: Source, number: int) -> Iterator[Decimal]:
    """Rounds, and how many questions or panels there are at most: what a page counts of its own."""
    yield from map(Decimal, range(max(number, len(source.items), len(source.panels)) + 1))


def record(source: Source, number: int) -> Expected:
    """What provenance.json says, too; the words of rules stand in the study file."""
    rows = source.rows("aggregates", round=number)
    counts = {count for held in groups_of(rows).values() for count in counted(held)} | {*counted(rows), len(source.items)}
    known = [*map(Decimal, counts), *scale_counts(source, number), *of_rules(source)]
    versions = [version for version in source.provenance["versions"].values() if isinstance(version, str)]
    said = [*basis_of(source, number)[1:], *versions, f"Basis and record of round {number}"]
    return Expected(list(record_tables(source, number)), said, KnownNumbers([], known), has_times=True)


def record_tables(source: Source, number: int) -> Iterator[Table]:
    yield Table("Rules by measurement level", [])
    asked = {row["item"]: row for row in source.rows("items") if str(number) in row["rounds"].split()}
    if any("consensus" in source.items[code] or "stability" in source.items[code] for code in asked):
        yield Table("Questions with rules of their own", [])
    yield Table("Wordings by question", [Row(source.text(code), {"Version": row["item_version"], "Compared": compared(source, code, number)})
                                         for code, row in asked.items()])
    yield Table("Protected rows by group", [
        Row({**source.theatres, **source.panels, "all": "Everybody", "equal_weight": "Every panel with equal weight"}[group],
            dict(zip(("Rows", "Protected", "Without figures between rounds", "With rough figures between rounds"), map(str, counted(held)), strict=True)))
        for group, held in groups_of(source.rows("aggregates", round=number)).items()])


def compared(source: Source, code: str, number: int) -> str:
    """These studies are asked in the same words in every round."""
    before = [int(held) for row in source.rows("items", item=code) for held in row["rounds"].split() if int(held) < number]
    return f"with round {max(before)}, the same wording" if before else "asked for the first time"


def groups_of(rows: list[FileRow]) -> dict[str, list[FileRow]]:
    found: dict[str, list[FileRow]] = {}
    for row in rows:
        found.setdefault(row["group"], []).append(row)
    return found


def counted(rows: list[FileRow]) -> Iterator[int]:
    """Rows, those that are protected, those that are shown without figures over pairs, and with rough ones."""
    shown = [row for row in rows if row["suppressed"] == "no"]
    yield from (len(rows), len(rows) - len(shown), sum(row["previous_round"] != "" and row["n_pairs"] == "" for row in shown))
    yield sum(row["paired_coarse"] == "yes" for row in shown)


def of_rules(source: Source) -> Iterator[Decimal]:
    for code in source.items:
        yield from of_study(source, code)
    minimum, quantiles = source.definition.get("disclosure", {}).get("minimum", 5), source.definition.get("quantile_type", 7)
    yield from (Decimal(minimum), Decimal(quantiles), EXAMPLE)
