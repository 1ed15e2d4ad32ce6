"""The page on role expectations, of the first grid, the gaps and one ally."""

from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, VERDICTS, FileRow, Source, in_chart, written
from tests.journeys.pages.walking import Expected, basis_of

WORDS = {"over_expected": "over-expected", "under_expected": "under-expected", "as_expected": "as expected", "undecided": "can’t be told",
         "not_assessed": "not assessed"}
SIGNS = {"over_expected": "▼ ", "under_expected": "▲ ", "as_expected": "= ", "undecided": "○ ", "not_assessed": ""}
CLEAR = ("over_expected", "under_expected")


def roles(source: Source, number: int) -> Expected:
    rows = source.rows("roles", round=number)
    said = [f"Role expectations in round {number}", *basis_of(source, number)]
    if not rows:
        return Expected([], said)
    grid = source.items[rows[0]["item"]]
    return _RolesPage(source, number, [row for row in rows if row["item"] == grid["code"]]).expected(said)


class _RolesPage:
    def __init__(self, source: Source, number: int, rows: list[FileRow]) -> None:
        self.source, self.number, self.rows = source, number, rows
        self.grid = source.items[rows[0]["item"]]
        self.allies, self.functions = source.options(self.grid, "rows"), source.options(self.grid, "columns")
        self.labels: list[str] = source.definition["scales"][self.grid["scale"]]["labels"]["en"]
        gaps = sorted((row for row in rows if row["gap"]), key=lambda row: (row["verdict"] not in CLEAR, -abs(float(row["gap"]))))
        self.ally = gaps[0]["target"] if gaps else next(iter(self.allies))
        self.of_ally = [row for row in rows if row["target"] == self.ally]

    def expected(self, said: list[str]) -> Expected:
        pairs = [self.reciprocity(), *self.mirror()]
        scale = f"positions of a scale from 1 ({self.labels[0]}) to {len(self.labels)} ({self.labels[-1]})"
        found = [*said, f"{len(self.rows)} roles: each ally in each function", f"Differences of means, in {scale}", *self.counts(), *self.sentences(),
                 f"Means of positions from 1 ({self.labels[0]}) to {len(self.labels)} ({self.labels[-1]})", *(sentence for _table, sentence in pairs)]
        return Expected([self.matrix(), self.own_and_others(), self.gaps(), *(table for table, _sentence in pairs)], found)

    def counts(self) -> list[str]:
        found = {verdict: sum(row["verdict"] == verdict for row in self.rows) for verdict in WORDS}
        return [f"{count} {SIGNS[verdict]}{WORDS[verdict]}" for verdict, count in found.items() if count or verdict != "not_assessed"]

    def sentences(self) -> list[str]:
        clear = sorted((row for row in self.rows if row["verdict"] in CLEAR), key=lambda row: -abs(float(row["gap"])))
        of_ally = sum(row["verdict"] in CLEAR for row in self.of_ally)
        told = [row for row in self.of_ally if row["gap"]]
        found = [f"In {len(clear)} of {len(self.rows)} roles the gap is clear", f"Clear in {of_ally} of {len(self.of_ally)} functions"]
        found += [f"{self.role(row)} {self.sides(row)}" for row in clear[:3]]
        if told:
            largest = max(told, key=lambda row: abs(float(row["gap"])))
            is_alone = sum(abs(float(row["gap"])) == abs(float(largest["gap"])) for row in told) == 1
            found.append(f"The gap is largest in {self.functions[largest['function']]}: {self.sides(largest)}" if is_alone
                         else "The gap is largest, and equally large, in")
        return found

    def role(self, row: FileRow) -> str:
        return f"{self.allies[row['target']]}: {self.functions[row['function']]}"

    def sides(self, row: FileRow) -> str:
        return f"its own experts say {self.position(row['self_mean'])}, the others expect {self.position(row['others_mean'])}"

    def position(self, mean: str) -> str:
        return f"{self.labels[int(written(mean, 0)) - 1]} ({written(mean, 1)})"

    def matrix(self) -> Table:
        return Table("The gap: own experts minus the others", [Row(self.role(row), {
            "Own experts": shown(row["self_mean"], row["self_n"] == ""), "The others": shown(row["others_mean"], row["left_out"] != ""),
            "Gap": shown(row["gap"], row["status"] == "protected"), "Gap: lower end": in_chart(row["gap_low"]), "Gap: upper end": in_chart(row["gap_high"]),
            "Verdict": WORDS[row["verdict"]], "Consensus": VERDICTS[row["consensus"]] or DASH, "Stability": VERDICTS[row["stability"]] or DASH})
            for row in self.rows])

    def own_and_others(self) -> Table:
        """A side that is protected takes the row with it."""
        rows = []
        for row in self.of_ally:
            is_hidden = (row["self_mean"] == "" and row["self_n"] == "") or (row["others_mean"] == "" and row["left_out"] != "")
            values = {"Own experts": row["self_mean"], "The others": row["others_mean"], "Gap": row["gap"]}
            rows.append(Row(self.functions[row["function"]], {name: "protected" if is_hidden else in_chart(value) for name, value in values.items()}))
        return Table(f"{self.allies[self.ally]}: its own experts and the others", rows)

    def gaps(self) -> Table:
        return Table(f"{self.allies[self.ally]}: the gaps and how sure they are", [Row(self.functions[row["function"]], {
            **interval("Gap", row["gap"], row["gap_low"], row["gap_high"], row["status"] == "protected"), "Verdict": WORDS[row["verdict"]]})
            for row in self.of_ally])

    def reciprocity(self) -> tuple[Table, str]:
        """What the ally expects of each other, less what that one expects of it; rows that name it second are turned."""
        name = self.allies[self.ally]
        rows = self.over_functions("reciprocity")
        found = {row["second"]: row for row in rows if row["first"] == self.ally} | {row["first"]: turned(row) for row in rows if row["second"] == self.ally}
        return self.pairs(f"What {name} expects of each ally, minus what that ally expects of {name}", found,
                          (f"{name} expects more", "the other one expects more"))

    def mirror(self) -> list[tuple[Table, str]]:
        name, rows = self.allies[self.ally], self.over_functions("mirror")
        if not rows:
            return []
        by_others = {row["second"]: row for row in rows if row["first"] == self.ally}
        of_others = {row["first"]: row for row in rows if row["second"] == self.ally}
        return [self.pairs(f"What {name} expects of each ally, minus what that ally believes {name} expects", by_others,
                           (f"{name} expects more than they believe", f"{name} expects less than they believe")),
                self.pairs(f"What each ally expects of {name}, minus what {name} believes that ally expects", of_others,
                           (f"they expect more than {name} believes", f"they expect less than {name} believes"))]

    def over_functions(self, comparison: str) -> list[FileRow]:
        return self.source.rows("role_pairs", round=self.number, comparison=comparison, grid=self.grid["code"], function="")

    def pairs(self, title: str, found: dict[str, FileRow], more: tuple[str, str]) -> tuple[Table, str]:
        verdicts = {other: verdict_of(row, more) for other, row in found.items()}
        rows = [Row(self.allies[other], {**interval("Difference", row["difference"], row["difference_low"], row["difference_high"],
                                                    row["status"] == "protected"), "Verdict": verdicts[other]})
                for other, row in sorted(found.items(), key=lambda entry: list(self.allies).index(entry[0]))]
        clear = sum(verdict in more for verdict in verdicts.values())
        return Table(title, rows), f"Over all functions the difference is clear for {clear} of {len(rows)} all{'y' if len(rows) == 1 else 'ies'}"


def shown(cell: str, is_hidden: bool) -> str:
    return "protected" if cell == "" and is_hidden else in_chart(cell)


def interval(name: str, value: str, low: str, high: str, is_hidden: bool) -> dict[str, str]:
    return {name: shown(value, is_hidden), f"{name}: lower end": shown(low, is_hidden), f"{name}: upper end": shown(high, is_hidden)}


def turned(row: FileRow) -> FileRow:
    """The same pair seen from the other ally."""
    def negative(cell: str) -> str:
        return cell and (cell.removeprefix("-") if cell.startswith("-") else f"-{cell}")

    return {**row, "difference": negative(row["difference"]), "difference_low": negative(row["difference_high"]),
            "difference_high": negative(row["difference_low"])}


def verdict_of(row: FileRow, more: tuple[str, str]) -> str:
    if not row["difference"] or not row["p_holm"]:
        return "not assessed"
    beyond = row["difference_low"] != "" and (float(row["difference_low"]) > 0 or float(row["difference_high"]) < 0)
    if not (beyond and float(row["p_holm"]) < 0.05):
        return "no clear difference"
    return more[0] if float(row["difference"]) > 0 else more[1]
