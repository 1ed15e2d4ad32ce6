"""Pages that pick a few figures of very many and draw them: convergence, estimates, maps and the record.

Each number of a row must be one that the files know of the item or the panel that the row is about, in this round or an earlier one. Which figure of
them it is, the tests of these pages hold with answers worked out by hand.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from scipy import stats

from tests.journeys.pages.known import KnownNumbers, of_item, of_study
from tests.journeys.pages.source import FileRow, Source
from tests.journeys.pages.walking import Expected, basis_of

EXAMPLE = Decimal("0.75")  # in what a page says a rule looks at
SHORT = 60  # the beginning of a question's text that tells it from others, or from none that differs in its figures


def convergence(source: Source, number: int) -> Expected:
    return _picked(source, number, f"Convergence up to round {number}")


def pools(source: Source, number: int) -> Expected:
    return _picked(source, number, f"Estimates of round {number}", "An extremized pool lies farther from 50")


def maps(source: Source, number: int) -> Expected:
    return _picked(source, number, f"Allies and theatres in round {number}", "with their 95 % intervals")


def _picked(source: Source, number: int, *said: str) -> Expected:
    of_items = {code: KnownNumbers(of_item(source, code, number), [*of_study(source, code), *scale_counts(source, number)]) for code in source.items}
    everything = KnownNumbers([], {cell for known in of_items.values() for cell in known.cells} | set(intervals(source, number)))
    found = Expected([], [*said[:1], *basis_of(source, number)], everything)
    found.of_row = _of_row(source, number, of_items, everything)
    return found


def scale_counts(source: Source, number: int) -> Iterator[Decimal]:
    """Rounds, and how many questions or panels there are at most: what a page counts of its own."""
    yield from map(Decimal, range(max(number, len(source.items), len(source.panels)) + 1))


def _of_row(source: Source, number: int, of_items: dict[str, KnownNumbers], everything: KnownNumbers) -> Callable[[str], KnownNumbers]:
    panels = {name: code for code, name in source.panels.items()}

    @lru_cache
    def of_row(name: str) -> KnownNumbers:
        codes = [code for code in source.items if source.text(code)[:SHORT] in name]
        if codes:
            return KnownNumbers([], {cell for code in codes for cell in of_items[code].cells})
        if name in panels:
            return of_panel(source, panels[name], number)
        return everything

    return of_row


def of_panel(source: Source, panel: str, number: int) -> KnownNumbers:
    rows = [row for name in ("aggregates", "distributions") for row in source.rows(name, group=panel) if int(row["round"]) <= number]
    return KnownNumbers(rows, [*intervals(source, number, panel), *scale_counts(source, number)])


def intervals(source: Source, number: int, panel: str = "") -> Iterator[Decimal]:
    """The ends of the 95 % interval of a panel's mean: mean ± t(n − 1) · sd / √n."""
    rows = source.rows("aggregates", group_type="panel", **({"group": panel} if panel else {}))
    for row in rows:
        if int(row["round"]) <= number and row["suppressed"] == "no" and row["sd"] and int(row["n"]) > 1:
            half = stats.t.ppf(0.975, int(row["n"]) - 1) * float(row["sd"]) / int(row["n"]) ** 0.5
            yield from (Decimal(str(float(row["mean"]) + sign * half)) for sign in (-1, 1))


def record(source: Source, number: int) -> Expected:
    """What its tables count of the rows, and what provenance.json says; the words of rules stand in the study file."""
    rows = source.rows("aggregates", round=number)
    groups: dict[str, list[FileRow]] = {}
    for row in rows:
        groups.setdefault(f"{row['group_type']} {row['group']}", []).append(row)
    counts = {count for held in [rows, *groups.values()] for count in counted(held)} | {len(source.items), len({row["item"] for row in rows})}
    known = [*map(Decimal, counts), *scale_counts(source, number), *of_rules(source)]
    versions = [version for version in source.provenance["versions"].values() if isinstance(version, str)]
    found = Expected([], [*basis_of(source, number)[1:], *versions, f"Basis and record of round {number}"], KnownNumbers([], known))
    found.of_row, found.has_times = lambda _row: found.known, True
    return found


def counted(rows: list[FileRow]) -> Iterator[int]:
    shown = [row for row in rows if row["suppressed"] == "no"]
    yield from (len(rows), len(rows) - len(shown), sum(row["paired_coarse"] == "yes" for row in shown))
    yield sum(row["previous_round"] != "" and row["n_pairs"] == "" for row in shown)


def of_rules(source: Source) -> Iterator[Decimal]:
    for code in source.items:
        yield from of_study(source, code)
    minimum, quantiles = source.definition.get("disclosure", {}).get("minimum", 5), source.definition.get("quantile_type", 7)
    yield from (Decimal(minimum), Decimal(quantiles), EXAMPLE)
