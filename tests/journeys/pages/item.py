"""The page of one question: its tables cell by cell; in its sentences the commonest words about figures, and of other numbers whether a file has them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.journeys.oracle_study import categories_of
from tests.journeys.pages.known import KnownNumbers, of_item, of_study
from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, PROTECTED, VERDICTS, FileRow, Source, in_short, written
from tests.journeys.pages.walking import ANYTHING, Expected, SameNumbers, basis_of

THREE = {"Median": "median", "Lower quartile": "q1", "Upper quartile": "q3"}
EVERY_GROUP_OF = {"Submitted": "n_submitted", "n": "n", "Cannot judge": "n_cannot_judge", "Missing": "n_missing"}


class ItemPage:
    """Of an answer with several numbers the first part is shown, of a ranking the order as a whole."""

    def __init__(self, source: Source, number: int, code: str) -> None:
        self.source, self.number, self.code = source, number, code
        self.item = source.items[code]
        self.rows = [row for row in source.of_item("aggregates", code) if row["round"] == str(number)]
        self.parts = list(dict.fromkeys(row["component"] for row in self.rows))
        self.part = self.parts[0]
        self.level = self.rows[0]["level"]
        self.is_whole = self.item["kind"] == "ranking"
        self.is_alone = len(self.parts) == 1

    def expected(self) -> Expected:
        groups = [] if self.is_whole else [self.groups()]
        tables = [*self.overview(), *groups, *self.sensitivity(), *self.changes(), *self.pools(), self.every_group()]
        everybody = self.everybody()
        said = [*basis_of(self.source, self.number), *(self.middle(everybody) if everybody["suppressed"] == "no" and not self.is_whole else [])]
        return Expected(tables, said, self.known())

    def known(self) -> KnownNumbers:
        """Counts of what is listed on the page are held by its own tests: here only that a number is no other."""
        hidden = sum(row["suppressed"] == "yes" for row in self.rows if row["component"] == self.part)
        groups = sum(row["component"] == self.part for row in self.rows)
        rules = [row for row in self.source.of_item("sensitivity", self.code) if row["round"] == str(self.number) and row["component"] == self.part
                 and row["group_type"] == "all"]
        texts = [row for name in ("reasons", "open_answers") for row in self.source.of_item(name, self.code)]
        counts = [*range(max(len(self.parts), len(rules), len(texts), 20) + 1), groups, groups - hidden, self.number]
        return KnownNumbers(of_item(self.source, self.code, self.number), [*of_study(self.source, self.code), *map(Decimal, counts)])

    def everybody(self) -> FileRow:
        return next(row for row in self.rows if row["component"] == self.part and row["group_type"] == "all")

    def middle(self, row: FileRow) -> Iterator[str]:
        """Half of the experts, and the middle answer, in the item's own unit."""
        if row["level"] in ("nominal", "binary") or not row["median"] or not self.is_alone:
            return
        middle, low, high = (self.source.value(self.item, row[name]) for name in ("median", "q1", "q3"))
        if low == high == middle:
            yield f"At least half of the {row['n']} experts answered {middle}"
        else:
            yield f"The middle half of the {row['n']} answers lies between {low} and {high}; the middle answer is {middle}"

    def group_name(self, row: FileRow) -> str:
        fixed = {"all": "Everybody", "equal_weight": "Every panel with equal weight"}
        return fixed.get(row["group_type"]) or {**self.source.theatres, **self.source.panels}[row["group"]]

    # --- before and after ---

    def before(self, row: FileRow) -> FileRow | None:
        """The row of the round that this one is compared with."""
        if not self.previous:
            return None
        keys = ("component", "group_type", "group")
        return next((found for found in self.source.of_item("aggregates", self.code)
                     if found["round"] == self.previous and all(found[key] == row[key] for key in keys)), None)

    @property
    def previous(self) -> str:
        return next((row["previous_round"] for row in self.rows if row["group_type"] == "all" and row.get("previous_round")), "")

    def overview(self) -> Iterator[Table]:
        """All parts of everybody: a grid as a table of its cells, else those that stand on the same axis together."""
        numbers = [row for row in self.rows if row["group_type"] == "all" and (row["component"] or not self.is_whole)]
        if self.is_alone:
            return
        if self.item["kind"] == "grid":
            yield self.grid({row["component"]: row for row in numbers})
            return
        by_axis: dict[Any, list[FileRow]] = {}
        for row in numbers:
            by_axis.setdefault(self.axis(row), []).append(row)
        for rows in by_axis.values():
            names = [self.source.part(self.code, row["component"]) for row in rows]
            title = "All parts on one axis" if len(rows) == len(numbers) else ", ".join(names)
            lines = [line for row, name in zip(rows, names, strict=True) for line in self.lines(name, row, [])]
            yield Table(title, lines)

    def axis(self, row: FileRow) -> Any:
        scale = self.item.get(row["component"], {}).get("scale") if self.item["kind"] == "plane" else self.item.get("scale")
        confidence = row["component"] == "confidence"
        return row["level"], confidence, categories_of(self.source.definition, self.item, row["level"], scale)

    def grid(self, cells: Mapping[str, FileRow]) -> Table:
        rows, columns = (self.source.options(self.item, place) for place in ("rows", "columns"))
        return Table("The middle answer in each cell", [
            Row(name, {column: middle_of(cells.get(f"{code}.{place}")) for place, column in columns.items()}) for code, name in rows.items()])

    def groups(self) -> Table:
        rows = [row for row in self.rows if row["component"] == self.part]
        part = "" if self.is_alone else f"{self.source.part(self.code, self.part)}: "
        title = f"{part}every group on one axis" if part else "Every group on one axis"
        has_bars = self.level not in ("nominal", "binary") and any(self.shares(row) for row in rows)
        bars = self.bars() if has_bars else []
        return Table(title, [line for row in rows for line in self.lines(self.group_name(row), row, bars)])

    def bars(self) -> list[str]:
        """What the categories are called, or from where to where each bin goes."""
        found = next(rows for rows in (self.distribution(row) for row in self.rows if row["component"] == self.part) if rows)
        if found[0]["lower"]:
            return [f"{in_short(row['lower'])}–{in_short(row['upper'])}" for row in found]
        holder = self.item[self.part] if self.item["kind"] == "plane" else self.item
        return [self.source.position(holder, row["category"]) for row in found]

    def distribution(self, row: FileRow) -> Sequence[FileRow]:
        keys = ("round", "component", "group_type", "group")
        return [found for found in self.source.of_item("distributions", self.code) if all(found[key] == row[key] for key in keys)]

    def shares(self, row: FileRow) -> list[str]:
        return [found["share"] for found in self.distribution(row)]

    def lines(self, name: str, row: FileRow, bars: list[str]) -> Iterator[Row]:
        before = self.before(row)
        if self.previous:
            yield Row(name, {"Round": f"Round {self.previous}", **self.cells(before, bars)})
        yield Row(name, {"Round": f"Round {self.number}", **self.cells(row, bars)})

    def cells(self, row: FileRow | None, bars: list[str]) -> dict[str, str]:
        """A row that is protected says so under the figure that the picture shows."""
        if self.level == "nominal":
            return self.shares_of_options(row)
        names = {"Ticked, %": "mean"} if self.level == "binary" else THREE
        if row is None or row["suppressed"] == "yes" or row["n"] in ("", "0"):
            word = "protected" if row is not None and row["suppressed"] == "yes" else DASH
            return {"Experts": DASH, **{column: word if place == 0 else DASH for place, column in enumerate(names)}, **dict.fromkeys(bars, DASH)}
        shares = self.shares(row) or [""] * len(bars)
        figures = {"Ticked, %": written(row["mean"], 1, 100)} if self.level == "binary" else {column: in_short(row[name]) for column, name in THREE.items()}
        return {"Experts": row["n"], **figures,
                **{bar: in_short(share) for bar, share in zip(bars, shares, strict=bool(bars))}}

    def shares_of_options(self, row: FileRow | None) -> dict[str, str]:
        options = list(self.source.options(self.item, "options").values())
        shares = self.shares(row) if row is not None and row["suppressed"] == "no" else []
        if not shares or row is None:
            return {"Experts": "protected" if row is not None and row["suppressed"] == "yes" else DASH, **dict.fromkeys(options, DASH)}
        return {"Experts": row["n"], **{option: in_short(share) for option, share in zip(options, shares, strict=True)}}

    # --- further tables ---

    def sensitivity(self) -> Iterator[Table]:
        rows = [row for row in self.source.of_item("sensitivity", self.code) if row["round"] == str(self.number) and row["component"] == self.part
                and row["group_type"] == "all" and row["points"] == ""]
        if rows:
            yield Table("The verdict on agreement under common rules", [Row(ANYTHING, {
                "Asks for": SameNumbers(row["parameters"]), "Value": in_short(row["value"]), "Consensus": VERDICTS[row["consensus"]]}) for row in rows])

    def changes(self) -> Iterator[Table]:
        rows = {(row["before"], row["after"]): row["count"] for row in self.source.of_item("changes", self.code)
                if row["round"] == str(self.number) and row["component"] == self.part and row["group_type"] == "all"}
        holder = self.item[self.part] if self.item["kind"] == "plane" else self.item
        found = categories_of(self.source.definition, self.item, self.level, holder.get("scale"))
        categories = {str(category): self.category(str(category), holder) for category in found}
        if rows and 2 <= len(categories) <= 11 and self.everybody()["suppressed"] == "no":
            yield Table("From which answer to which", [Row(name, {there: rows.get((before, after), "0") for after, there in categories.items()})
                                                       for before, name in categories.items()])

    def pools(self) -> Iterator[Table]:
        """Any of the numbers that pools.csv has of the item; scores only where the answer is known."""
        if self.item["kind"] in ("probability", "quantiles") and any(row["round"] == str(self.number) for row in self.source.of_item("pools", self.code)):
            yield Table("Drawn together", [])
            if "truth" in self.item:
                yield Table("Scores of the pools", [])

    def category(self, code: str, holder: Mapping[str, Any]) -> str:
        if self.level == "nominal":
            return self.source.options(self.item, "options")[code]
        if self.level == "binary":
            return {"1": "Ticked", "0": "Not ticked"}[code]
        return self.source.position(holder, code)

    def every_group(self) -> Table:
        rows = [row for row in self.rows if row["component"] == self.part]
        name = "The order as a whole" if self.is_whole else "" if self.is_alone else self.source.part(self.code, self.part)
        return Table(f"Every group · {name}" if name else "Every group", [Row(self.group_name(row), self.of_group(row)) for row in rows])

    def of_group(self, row: FileRow) -> dict[str, str]:
        figures = {column: row[name] or DASH for column, name in EVERY_GROUP_OF.items()}
        figures |= {"Consensus": VERDICTS[row["consensus"]] or DASH, "Pairs": row["n_pairs"] or DASH, "Changed, %": written(row["percent_changed"], 0),
                    "Stability": VERDICTS[row["stability"]] or DASH}
        if self.is_whole:
            figures["Kendall’s W"] = written(row["rule_value"], 2)
        elif self.level in ("nominal", "binary"):
            figures |= {"Commonest": ANYTHING, "Its share": written(row["modal_share"], 2)}
        else:
            figures |= {"Median": written(row["median"], 1), "Middle half": f"{written(row['q1'], 1)} – {written(row['q3'], 1)}",
                        "IQR": written(row["iqr"], 1), "Mean": written(row["mean"], 2), "SD": written(row["sd"], 2)}
        return {column: PROTECTED if row["suppressed"] == "yes" and column != "Submitted" else cell for column, cell in figures.items()}


def middle_of(row: FileRow | None) -> str:
    if row is None or row["suppressed"] == "yes":
        return DASH if row is None else "protected"
    return in_short(row["median"])


def item_page(source: Source, number: int, code: str) -> Expected:
    return ItemPage(source, number, code).expected()
