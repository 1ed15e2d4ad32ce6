"""The tables of the page on allies and theatres: means of panels with their intervals, and the answers to two questions side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.journeys.pages.answers import answers
from tests.journeys.pages.item import ItemPage
from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, FileRow, Source, in_chart, shortened

AGAINST = {("abandonment", "entrapment"): "Abandonment against entrapment", ("exposure", "threat"): "Exposure against threat"}
NAMES = {"abandonment": "Fear of abandonment", "entrapment": "Fear of entrapment", "exposure": "Exposure", "threat": "Threat"}


def allied_tables(source: Source, number: int) -> Iterator[Table]:
    asked = {row["item"] for row in source.rows("aggregates", round=number)}
    yield from (_AllyMap(source, number, title, theatre, axes).table() for title, theatre, axes in _maps(source, asked))
    for code, item in source.items.items():
        if code in asked and item.get("same_as") in asked and item["kind"] in ("rating", "probability", "number", "choice"):
            yield _theatres(source, number, item["same_as"], code)


Axis = tuple[str, str, str]  # item, component, name


def _maps(source: Source, asked: set[str]) -> Iterator[tuple[str, str, tuple[Axis, Axis]]]:
    """Title, theatre that is asked about, and what lies across and upwards."""
    items = {code: item for code, item in source.items.items() if code in asked}
    for (across, up), title in AGAINST.items():
        for first, one in items.items():
            for second, other in items.items():
                if (one.get("dimension"), other.get("dimension")) == (across, up) and one.get("theatre") == other.get("theatre"):
                    theatre = one.get("theatre", "")
                    named = f"{title}: {source.theatres[theatre]}" if theatre in source.theatres else title
                    yield named, theatre, ((first, "", NAMES[across]), (second, "", NAMES[up]))
    for code, item in items.items():
        if item["kind"] == "plane":
            yield source.text(code), item.get("theatre", ""), ((code, "x", item["x"]["text"]["en"]), (code, "y", item["y"]["text"]["en"]))


@dataclass(frozen=True)
class _AllyMap:
    source: Source
    number: int
    title: str
    theatre: str
    axes: tuple[Axis, Axis]

    def table(self) -> Table:
        points = {panel: [self.row(self.number, axis, panel) for axis in self.axes] for panel in self.source.panels}
        shown = {panel: rows for panel, rows in points.items() if all(row is not None and row["mean"] for row in rows)}
        before = {panel: found for panel, rows in shown.items() if all(found := [self.before(axis, panel) for axis in self.axes]) and rows}
        return Table(self.title, [Row(self.source.panels[panel], {
            **dict(self.figures(rows, shown)), **(self.earlier(before.get(panel, [""] * 2)) if before else {}), **self.kind(panel)})
            for panel, rows in points.items()])

    def row(self, number: int | str, axis: Axis, panel: str) -> FileRow | None:
        code, component, _name = axis
        return next((row for row in self.source.of_item("aggregates", code) if row["item"] == code and row["round"] == str(number)
                     and row["component"] == component and row["group_type"] == "panel" and row["group"] == panel), None)

    def before(self, axis: Axis, panel: str) -> str:
        now = self.row(self.number, axis, panel)
        earlier = self.row(now["previous_round"], axis, panel) if now is not None and now["previous_round"] else None
        return earlier["mean"] if earlier is not None else ""

    def figures(self, rows: list[FileRow | None], shown: Mapping[str, list[FileRow | None]]) -> Iterator[tuple[str, str]]:
        is_protected = any(row is not None and row["suppressed"] == "yes" for row in rows)
        for place, ((_code, _component, name), row) in enumerate(zip(self.axes, rows, strict=True)):
            columns = {name: "mean"}
            if any(found["mean_low"] for held in shown.values() if (found := held[place]) is not None):
                columns |= {f"{name}: lower end": "mean_low", f"{name}: upper end": "mean_high"}
            for column, cell in columns.items():
                word = "protected" if column == name else DASH
                yield column, word if is_protected else DASH if row is None else in_chart(row[cell])

    def earlier(self, means: list[str]) -> dict[str, str]:
        return {f"{name}: the round before": in_chart(mean) for (_code, _component, name), mean in zip(self.axes, means, strict=True)}

    def kind(self, panel: str) -> dict[str, str]:
        if self.theatre not in self.source.theatres:
            return {}
        stands = next(found.get("theatres", []) for found in self.source.definition["panels"] if found["code"] == panel)
        here = f"stands in this theatre: {self.source.theatres[self.theatre]}"
        return {"Kind": here if self.theatre in stands else "stands elsewhere"}


def _theatres(source: Source, number: int, first: str, second: str) -> Table:
    pages = {code: ItemPage(source, number, code) for code in (first, second)}
    names = {code: source.theatres.get(source.items[code].get("theatre", ""), code) for code in pages}
    places = [row for row in pages[first].rows if row["group_type"] in ("all", "theatre")]
    lines = [(code, next(row for row in page.rows if (row["group_type"], row["group"]) == (place["group_type"], place["group"])))
             for place in places for code, page in pages.items()]
    title = f"{shortened(source.text(first))} / {names[second]}"
    return Table(title, [Row(names[code], cells) for (code, _row), cells in zip(lines, answers(
        pages[first], number, [(pages[code], row) for code, row in lines]), strict=True)])
