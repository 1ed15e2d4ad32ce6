"""The tables of the page on convergence: maps, questions that stay divided, paths, spreads, and the commonest options, each cell from the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tests.journeys.oracle_study import Question as AskedNumber
from tests.journeys.oracle_study import limits_of, questions_of
from tests.journeys.pages.answers import answers
from tests.journeys.pages.glance import CLASSES, Question
from tests.journeys.pages.item import ItemPage
from tests.journeys.pages.questions import commonest
from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, PROTECTED, FileRow, Source, in_chart, in_short, told_apart, written

ONE_NUMBER = ("rating", "probability", "number", "choice")
MOST_FINDINGS, MOST_PATHS, LEAST_FOR_A_MAP = 6, 24, 3
RULES = {
    "percent_agreement": "Agreement in a band", "iqr": "Interquartile range", "relative_iqr": "Relative interquartile range", "sd": "Standard deviation",
    "rand": "Disagreement index", "van_der_eijk": "Van der Eijk’s agreement", "modal_share": "Share of the commonest answer", "kendall_w": "Kendall’s W",
    "scheibe": "Scheibe’s change of the distribution", "weighted_kappa": "Weighted kappa between rounds", "percent_changed": "Experts who changed their answer",
}
COMPARISONS = {"at_least": "at least", "at_most": "at most", "below": "below"}
HALF_A_STEP = {"percent_changed": 10.0, "weighted_kappa": 0.05}
VERDICTS = {"narrower": "came together", "wider": "moved apart", "no_clear_change": "no clear change", "": DASH}
BY_CONSENSUS = {"not_reached": "(divided)", "not_assessed": "(unjudged)"}


@dataclass(frozen=True)
class Rule:
    name: str
    comparison: str
    threshold: float
    band: str

    @property
    def in_words(self) -> str:
        return f"{RULES[self.name]}, {COMPARISONS[self.comparison]} {self.threshold:g}"


@dataclass(frozen=True)
class Tracked:
    """A question with its rows over everybody in each round up to the latest that asked it."""

    source: Source
    code: str
    number: int
    by_round: Mapping[int, list[FileRow]]

    @property
    def rows(self) -> list[FileRow]:
        return self.by_round[self.number]

    @property
    def item(self) -> Mapping[str, Any]:
        return self.source.items[self.code]

    @property
    def judged(self) -> FileRow | None:
        return self.rows[0] if len(self.rows) == 1 or self.rows[0]["component"] == "" else None

    @cached_property
    def outcome(self) -> str:
        return Question(self.code, [row for row in self.rows if row["component"] == ""] or self.rows).name

    def path(self, component: str) -> list[FileRow]:
        """From the latest round back to the first that compares."""
        found: list[FileRow] = []
        number = str(self.number)
        while number:
            row = next((row for row in self.by_round.get(int(number), []) if row["component"] == component), None)
            if row is None:
                break
            found.insert(0, row)
            number = row["previous_round"]
        return found


def tracked(source: Source, number: int) -> list[Tracked]:
    found: dict[str, dict[int, list[FileRow]]] = {code: {} for code in source.items}
    for row in source.rows("aggregates", group_type="all"):
        if int(row["round"]) <= number:
            found[row["item"]].setdefault(int(row["round"]), []).append(row)
    return [Tracked(source, code, max(by_round), by_round) for code, by_round in found.items() if by_round]


def convergence_tables(source: Source, number: int) -> Iterator[Table]:
    items = tracked(source, number)
    can_compare = any(row["previous_round"] for item in items if item.number == number for row in item.rows)
    if can_compare:
        yield from maps(source, items, number)
        yield from findings(source, items)
    paths = list(first_paths(source, items))
    yield from path_tables(source, paths)
    spread = list(dict.fromkeys(item.code for item, component in paths if not component))
    if spread:
        by_code = {item.code: item for item in items}
        yield Table("How wide the answers lie", [Row(source.text(code), spread_of(by_code[code], can_compare=can_compare)) for code in spread])
    yield from choices(source, items)


# --- agreed or divided, settled or moving ---


def rules_of(source: Source) -> dict[tuple[str, str], tuple[Rule | None, Rule | None]]:
    asked = (question for questions in questions_of(source.definition) for question in questions)
    return {(question.code, question.component): (rule_of(question.consensus), rule_of(question.stability)) for question in asked}


def rule_of(given: Mapping[str, Any]) -> Rule | None:
    found = {"at_most": 1, **given} if given.get("rule") == "rand" else given
    comparison = next((name for name in COMPARISONS if name in found), None)
    return None if comparison is None else Rule(found["rule"], comparison, float(found[comparison]), str(found.get("band", "")))


def maps(source: Source, items: list[Tracked], number: int) -> Iterator[Table]:
    rules, by_rules = rules_of(source), dict[tuple[Rule, Rule], list[Tracked]]()
    for item in items:
        row = item.judged
        consensus, stability = rules[item.code, row["component"]] if row is not None else (None, None)
        if row is not None and row["suppressed"] == "no" and row["rule_value"] and row["stability_value"] and consensus and stability:
            by_rules.setdefault((consensus, stability), []).append(item)
    ordered = sorted(by_rules.items(), key=lambda entry: -len(entry[1]))
    for (consensus, stability), held in ordered:
        if len(held) >= LEAST_FOR_A_MAP:
            yield one_map(held, consensus, stability, number)
    others = [(item, consensus, stability) for (consensus, stability), held in ordered if len(held) < LEAST_FOR_A_MAP for item in held]
    if others:
        yield Table("Questions with rules of their own", [Row(source.text(item.code), {
            "Consensus": written(item.rows[0]["rule_value"], 2), "Rule": consensus.in_words, "Stability": written(item.rows[0]["stability_value"], 2),
            "Rule (4)": stability.in_words, "Outcome": CLASSES[item.outcome]}) for item, consensus, stability in others])


def one_map(items: list[Tracked], consensus: Rule, stability: Rule, number: int) -> Table:
    across, up = RULES[stability.name], RULES[consensus.name]
    halves = [HALF_A_STEP.get(stability.name, 0.0) if item.rows[0]["paired_coarse"] == "yes" else 0.0 for item in items]
    is_mixed = any(item.number < number for item in items)
    table = Table(f"Consensus: {up}. Stability: {across}.", [])
    names = told_apart([item.source.text(item.code) for item in items])
    for item, half, name in zip(items, halves, names, strict=True):
        value = float(item.rows[0]["stability_value"])
        ends = [in_chart(str(round(end, 6))) if half else DASH for end in (value - half, value + half)]
        table.rows.append(Row(f"{item.code}: {name}", {
            across: in_chart(item.rows[0]["stability_value"]),
            **({f"{across}: lower end": ends[0], f"{across}: upper end": ends[1]} if any(halves) else {}), up: in_chart(item.rows[0]["rule_value"]),
            **({"Kind": "last asked in an earlier round" if item.number < number else "asked in this round"} if is_mixed else {})}))
    return table


# --- divided, and settled ---


def findings(source: Source, items: list[Tracked]) -> Iterator[Table]:
    """The sharpest camps first, as far as van der Eijk's A tells."""
    divided = sorted((item for item in items if item.outcome == "stable_dissent"), key=agreement)
    for item in divided[:MOST_FINDINGS]:
        if item.item["kind"] in ONE_NUMBER:
            yield of_camps(item, ItemPage(source, item.number, item.code))


def agreement(item: Tracked) -> float:
    is_known = item.item["kind"] in ONE_NUMBER and item.rows[0]["van_der_eijk_a"]
    return float(item.rows[0]["van_der_eijk_a"]) if is_known else 2.0


def of_camps(item: Tracked, page: ItemPage) -> Table:
    """Everybody, then the panels by the side on which they stand, last those that are divided, too few to judge, or protected.

    Who has no answers is not there.
    """
    everybody, panels = item.rows[0], [row for row in page.rows if row["group_type"] == "panel"]
    sides: dict[str, list[FileRow]] = {} if everybody["level"] == "nominal" else {"lower": [], "middle": [], "higher": []}
    for row in panels:
        if row["suppressed"] == "no" and row["n"] not in ("", "0"):
            sides.setdefault(side_of(everybody, row, item), []).append(row)
    without_a_side = [row for side in BY_CONSENSUS.values() for row in sides.pop(side, [])]
    last = [*without_a_side, *(row for row in panels if row["suppressed"] == "yes")]
    rows = [everybody, *(row for held in sides.values() for row in held), *last]
    cells = answers(page, item.number, [(page, row) for row in rows])
    return Table("The answers of each panel", [Row(page.group_name(row), shown) for row, shown in zip(rows, cells, strict=True)])


def side_of(everybody: FileRow, panel: FileRow, item: Tracked) -> str:
    """Under a rule about a band beside it; else beside everybody's median, or the option that most chose."""
    if panel["consensus"] == "not_assessed":
        return BY_CONSENSUS["not_assessed"]
    band = band_of(item)
    if band:
        return beside(band, panel)
    if panel["consensus"] == "not_reached":
        return BY_CONSENSUS["not_reached"]
    if panel["level"] == "nominal":
        return panel["modal"]
    difference = float(panel["median"]) - float(everybody["median"])
    return "middle" if difference == 0 else "lower" if difference < 0 else "higher"


def band_of(item: Tracked) -> Any:
    """The band's lowest and highest point, and whether the points beyond them count in its stead; nothing without a band."""
    question = next(question for questions in questions_of(item.source.definition) for question in questions if question.code == item.code)
    rule = question.consensus or {}
    points, band = len(question.categories), rule.get("band")
    if rule.get("rule") != "percent_agreement" or not band:
        return None
    named = {"top_two": (points - 1, points, False), "bottom_two": (1, 2, False), "either_end": (2, points - 1, True)}
    return named[band] if isinstance(band, str) else (*band, False)


def beside(band: tuple[int, int, bool], panel: FileRow) -> str:
    low, high, is_ends = band
    first, middle, third = (float(panel[name]) for name in ("q1", "median", "q3"))
    if is_ends:
        at_an_end = "lower" if middle <= low else "higher" if middle >= high else "middle"
        return at_an_end if panel["consensus"] == "reached" else "middle" if low < first and third < high else BY_CONSENSUS["not_reached"]
    if panel["consensus"] == "reached":
        return "middle"
    return "lower" if third < low else "higher" if first > high else BY_CONSENSUS["not_reached"]


# --- question by question ---


def first_paths(source: Source, items: list[Tracked]) -> Iterator[tuple[Tracked, str]]:
    """Each number with an order of the first section that has any; a ranking by its options, and none of a grid's many cells."""
    section, count = "", 0
    for item in items:
        for row in item.rows if item.item["kind"] != "grid" else []:
            is_whole = item.item["kind"] == "ranking" and row["component"] == ""
            if row["level"] in ("nominal", "binary") or is_whole:
                continue
            section = section or row["section"]
            if row["section"] == section and count < MOST_PATHS:
                count += 1
                yield item, row["component"]


def path_tables(source: Source, paths: list[tuple[Tracked, str]]) -> Iterator[Table]:
    asked = {(question.code, question.component): question for questions in questions_of(source.definition) for question in questions}
    by_scale: dict[Any, Table] = {}
    for item, component in paths:
        rows, question = item.path(component), asked[item.code, component]
        title, ends = scale_of(source, question, rows)
        name = f"{source.part(item.code, component)}: {source.text(item.code)}" if component else source.text(item.code)
        table = by_scale.setdefault((title, ends), Table(title, []))
        table.rows.extend(Row(name, {"Round": row["round"], **path_cells(row)}) for row in rows)
    for table in by_scale.values():
        labels = told_apart([row.name for row in table.rows])
        table.rows[:] = [replace(row, name=label) for row, label in zip(table.rows, labels, strict=True)]
        yield table


def scale_of(source: Source, question: AskedNumber, rows: list[FileRow]) -> tuple[str, Any]:
    """The title of a picture, and what the questions in it have in common."""
    if question.level == "rank":
        return "Ranks by round", len(question.categories)
    if question.level == "ordinal":
        holder = question.item.get(question.component, question.item)
        labels = source.definition["scales"][holder["scale"]].get("labels", {}).get("en", [])
        return f"Positions from 1 to {len(question.categories)} by round", (*labels[:1], *labels[-1:])
    if question.level == "probability":
        return "Probabilities by round, in per cent", ()
    unit = question.item.get("unit", {}).get("en", "")
    numbers = [float(row[name]) for row in rows for name in ("median", "q1", "q3") if row[name]]
    ends = limits_of(question.item, question.level) or (min(numbers, default=0.0), max(numbers, default=0.0))
    return f"Numbers by round, in {unit}" if unit else "Numbers by round", ends


def path_cells(row: FileRow) -> dict[str, str]:
    names = {"Median": "median", "Lower quartile": "q1", "Upper quartile": "q3"}
    if row["suppressed"] == "yes" or not row["median"]:
        return {**dict.fromkeys((*names, "Experts"), DASH), "Median": "protected" if row["suppressed"] == "yes" else DASH}
    return {**{column: in_short(row[name]) for column, name in names.items()}, "Experts": row["n"]}


def spread_of(item: Tracked, *, can_compare: bool) -> dict[str, str]:
    row = item.rows[0]
    tested = next(iter(item.source.rows("convergence", round=item.number, item=item.code, group_type="all")), None)
    p = tested["p_mean_abs_dev_holm"] if tested is not None else ""
    found = {"n": row["n"], "Median": written(row["median"], 1), "IQR": written(row["iqr"], 1), "SD": written(row["sd"], 2)}
    if can_compare:
        found |= {"SD, change": written(row["sd_change"], 2), "Changed, %": written(row["percent_changed"], 0),
                  "p, corrected": "< 0.01" if p and float(p) < 0.01 else written(p, 2), "Verdict": VERDICTS[tested["spread_verdict"] if tested else ""]}
    return dict.fromkeys(found, PROTECTED) if row["suppressed"] == "yes" else found


def choices(source: Source, items: list[Tracked]) -> Iterator[Table]:
    """The commonest answer of each round and its share."""
    paths = {item.code: {row["round"]: row for row in item.path("")} for item in items if item.item["kind"] == "choice"}
    numbers = sorted({number for path in paths.values() for number in path}, key=int)
    if paths:
        yield Table("Questions whose options have no order", [
            Row(source.text(code), {f"Round {number}": choice(source, path.get(number)) for number in numbers}) for code, path in paths.items()])


def choice(source: Source, row: FileRow | None) -> str:
    if row is None or row["suppressed"] == "yes":
        return DASH if row is None else PROTECTED
    return f"{commonest(source, row)} ({written(row['modal_share'], 2)})" if row["modal"] else DASH
