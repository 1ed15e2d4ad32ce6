"""The page on the perception gap, with the panels that it sets against each other unless told otherwise."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from tests.journeys.pages.glance import between
from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, PROTECTED, FileRow, Source, in_chart, in_picture, told_apart, written
from tests.journeys.pages.walking import Expected, basis_of

ONE_NUMBER = ("rating", "probability", "number", "choice")
MOST_PAIRS_AT_ONCE = 6
SPLIT = {"within panels": "within", "between panels": "between", "Total": "total", "Total: lower end": "total_low", "Total: upper end": "total_high",
         "Share between groups": "between_share", "Share between groups: lower end": "between_share_low",
         "Share between groups: upper end": "between_share_high"}
OVERALL = ("Mean gap (|delta|)", "Mean distance (share of the scale)", "Different", "Same", "Undecided")
WITH_INTERVALS = ("In brackets is the 95 % interval of each mean", "both means are above 0 even where", "the interval then begins at 0")
LINKED = ("Difference", "Answered the two differently", "Verdict")


def gaps(source: Source, number: int) -> Expected:
    page = _GapsPage(source, number)
    heats = list(page.heats())
    said = [f"Perception gap in round {number}", "0 is full agreement, 1 the ends of the scale", *WITH_INTERVALS, *between(source, number),
            *page.split_sentences(), *page.notes(), *(sentence for _table, sentence in heats), *basis_of(source, number)]
    return Expected([*page.splits(), *(table for table, _sentence in heats), page.pairs(), *page.linked()], said)


class _GapsPage:
    def __init__(self, source: Source, number: int) -> None:
        self.source, self.number = source, number
        self.rows = source.rows("gaps", round=number, first_type="panel", second_type="panel")
        self.overall = [row for row in self.rows if row["item"] == "" and row["level"] == ""]
        self.of_items: dict[str, dict[tuple[str, str], FileRow]] = {}
        for row in self.rows:
            if row["kind"] in ONE_NUMBER and row["component"] == "" and row["item"]:
                self.of_items.setdefault(row["item"], {})[row["first"], row["second"]] = row
        panels = list(source.panels)
        self.chosen = "" if len(panels) * (len(panels) - 1) // 2 <= MOST_PAIRS_AT_ONCE else max(panels, key=self.mean_distance)
        self.shown_pairs = [(self.chosen, other) for other in panels if other != self.chosen] if self.chosen else list(combinations(panels, 2))

    def mean_distance(self, panel: str) -> float:
        found = [distance(row) for row in self.overall if panel in (row["first"], row["second"])]
        return sum(found) / len(found) if found else -1.0

    def split_groups(self) -> Iterator[tuple[str, dict[str, FileRow]]]:
        titles = {("all", "all"): "Disagreement within and between the panels",
                  **{("theatre", code): f"The same among the panels of {name}" for code, name in self.source.theatres.items()}}
        for (kind, group), title in titles.items():
            rows = {row["round"]: row for row in self.source.rows("disagreement", item="", group_type=kind, group=group)}
            if any(row["within"] for row in rows.values()):
                yield title, rows

    def splits(self) -> Iterator[Table]:
        for title, rows in self.split_groups():
            yield Table(title, [Row(f"Round {number}", {name: split_cell(row, column) for name, column in SPLIT.items()}) for number, row in rows.items()])

    def split_sentences(self) -> Iterator[str]:
        for _title, rows in self.split_groups():
            share = rows[str(self.number)]["between_share"] if str(self.number) in rows else ""
            if share:
                yield f"In this round {written(share if float(share) > 0 else '0', 0, 100)} % of the disagreement lies between the panels"

    def heats(self) -> Iterator[tuple[Table, str]]:
        ordered = [code for code, rows in self.of_items.items() if next(iter(rows.values()))["level"] != "nominal"]
        others = [code for code in self.of_items if code not in ordered]
        chosen = self.source.panels.get(self.chosen, "")
        title = f"{chosen} against each other panel, question by question" if chosen else "Every two panels, question by question"
        for codes, caption in ((ordered, title), (others, "Questions whose options have no order")):
            if codes:
                labels = told_apart([self.source.text(code) for code in codes])
                rows = [Row(label, dict(self.heat_cells(code))) for label, code in zip(labels, codes, strict=True)]
                yield Table(caption, rows), self.verdicts(codes)

    def heat_cells(self, code: str) -> Iterator[tuple[str, str]]:
        names = self.source.panels
        for pair in self.shown_pairs:
            row, is_turned = self.pair(code, pair)
            yield names[pair[1]] if self.chosen else f"{names[pair[0]]} – {names[pair[1]]}", heat_cell(row, is_turned)

    def pair(self, code: str, pair: tuple[str, str]) -> tuple[FileRow | None, bool]:
        rows = self.of_items[code]
        return (rows[pair], False) if pair in rows else (rows.get((pair[1], pair[0])), True)

    def verdicts(self, codes: list[str]) -> str:
        rows = [self.pair(code, pair)[0] for code in codes for pair in self.shown_pairs]
        found = Counter(row["verdict"] for row in rows if row is not None and row["verdict"] not in ("", "not_assessed"))
        different = found["different"] + found["different_but_small"]
        return (f"Comparisons: {sum(found.values())}. Different beyond chance: {different}; the same, within the margin: {found['same']}; "
                f"undecided: {found['undecided']}")

    def notes(self) -> Iterator[str]:
        """What 0 and 1 are, under the picture of each kind of scale."""
        levels = {next(iter(rows.values()))["level"] == "nominal" for rows in self.of_items.values()}
        if False in levels:
            yield "0: as often higher as lower; 1: always higher; below 0: more often lower"
        if True in levels:
            yield "0 none, 1 all"

    def pairs(self) -> Table:
        names, told = self.source.panels, {frozenset((row["first"], row["second"])) for row in self.overall}
        rows = [Row(f"{names[row['first']]} – {names[row['second']]}", overall_cells(row)) for row in sorted(self.overall, key=distance, reverse=True)]
        for pair in combinations(names, 2):
            if frozenset(pair) not in told:
                found = (self.pair(code, pair)[0] for code in self.of_items)
                has_few = any(row is not None and row["status"] == "insufficient_n" for row in found)
                rows.append(Row(f"{names[pair[0]]} – {names[pair[1]]}", dict.fromkeys(OVERALL, "Too few answers to judge" if has_few else PROTECTED)))
        return Table("Pairs of panels over all questions", rows)

    def linked(self) -> Iterator[Table]:
        found: dict[tuple[str, str], list[FileRow]] = {}
        for row in self.source.rows("linked", round=self.number, component=""):
            if row["status"] != "insufficient_n":
                found.setdefault((row["first_item"], row["second_item"]), []).append(row)
        for codes, rows in found.items():
            medians = [f"Median: {self.about(code)}" for code in codes]
            yield Table("The same question about two theatres", [Row(self.who(row), linked_cells(row, medians)) for row in rows])

    def about(self, code: str) -> str:
        """The theatre a question is about, where its answers are one number."""
        return self.source.theatres.get(self.source.items[code].get("theatre", ""), code) if code in self.of_items else code

    def who(self, row: FileRow) -> str:
        if row["view"] == "own_theatres":
            return f"Each theatre’s own allies: {self.source.theatres[row['first']]}, {self.source.theatres[row['second']]}"
        return {**self.source.theatres, **self.source.panels}.get(row["first"], "All experts")


def distance(row: FileRow) -> float:
    return float(row["mean_absolute_delta"] or row["mean_total_variation"] or 0)


def split_cell(row: FileRow, column: str) -> str:
    if row["within"] == "":
        return "protected" if row["left_out"] else DASH
    return in_picture(row[column])


def heat_cell(row: FileRow | None, is_turned: bool) -> str:
    """Options have no direction; of a yes or a no it is the difference of the shares."""
    if row is None or row["status"] == "protected":
        return "protected"
    if row["level"] == "nominal":
        return in_picture(row["total_variation"])
    value = row["difference_shares" if row["level"] == "binary" else "cliffs_delta"]
    return in_picture(str(-float(value)) if value and is_turned else value)


def overall_cells(row: FileRow) -> dict[str, str]:
    values = (with_interval(row, "mean_absolute_delta"), with_interval(row, "mean_emd_normalised"), row["n_different"], row["n_same"], row["n_undecided"])
    return dict(zip(OVERALL, values, strict=True))


def with_interval(row: FileRow, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{in_chart(row[name])} ({in_chart(low)} to {in_chart(high)})" if low else in_chart(row[name])


def linked_cells(row: FileRow, medians: list[str]) -> dict[str, str]:
    if row["status"] == "protected":
        return dict.fromkeys([*medians, *LINKED], PROTECTED)
    percent, p = row["percent_different"], row["p_holm"]
    return {medians[0]: in_chart(row["median_first"]), medians[1]: in_chart(row["median_second"]),
              "Difference": in_chart(row["hodges_lehmann"] or row["mean_difference"]),
              "Answered the two differently": f"{written(percent, 0)} %" if percent else DASH,
              "Verdict": DASH if p == "" else "different beyond chance" if float(p) < 0.05 else "not told apart"}
