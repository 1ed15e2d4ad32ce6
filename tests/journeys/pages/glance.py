"""A round at a glance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import FileRow, Source, in_short, written
from tests.journeys.pages.walking import Expected, basis_of

CLASSES = {
    "stable_consensus": "Agreed, and settled", "unstable_consensus": "Agreed, still moving", "stable_dissent": "Not agreed, and settled",
    "unstable_dissent": "Not agreed, still moving", "mixed": "Different from part to part", "reached": "Agreed so far", "not_reached": "Not agreed so far",
    "reached_again": "Agreed in this round", "not_reached_again": "Not agreed in this round", "not_assessed": "Not judged", "protected": "Protected",
}
OPEN = {"unstable_consensus", "unstable_dissent", "reached", "not_reached"}
MOST_LISTED, MOST_MOVED = 8, 3


@dataclass(frozen=True)
class Question:
    """An item with its rows over everybody; the row over a ranking as a whole stands for it."""

    code: str
    rows: list[FileRow]

    @property
    def shown(self) -> list[FileRow]:
        return [row for row in self.rows if row["suppressed"] == "no"]

    @property
    def outcomes(self) -> set[str]:
        return {of_one_round(row) if row["outcome"] in ("", "not_assessed") else row["outcome"] for row in self.shown}

    @property
    def name(self) -> str:
        found = self.outcomes
        return "mixed" if len(found) > 1 else found.pop() or "not_assessed" if found else "protected"

    @property
    def changes(self) -> list[float]:
        return [float(row["percent_changed"]) for row in self.shown if row["percent_changed"]]

    @property
    def moved(self) -> float | None:
        return sum(self.changes) / len(self.changes) if self.changes else None


def of_one_round(row: FileRow) -> str:
    """Of what was asked before it can't be told whether it is settled."""
    was_asked_before = row["previous_round"] and row["consensus"] not in ("", "not_assessed")
    return f"{row['consensus']}_again" if was_asked_before else row["consensus"]


def questions_of(source: Source, number: int) -> list[Question]:
    found: dict[str, list[FileRow]] = {}
    for row in source.rows("aggregates", round=number, group_type="all"):
        found.setdefault(row["item"], []).append(row)
    return [Question(code, [row for row in rows if row["component"] == ""] or rows) for code, rows in found.items()]


def glance(source: Source, number: int) -> Expected:
    questions = questions_of(source, number)
    said = [f"Round {number} at a glance", took_part(source, questions, number), *counts(questions), *answers(source, questions),
            *movement(source, questions), *between(source, number), *since(source, number)]
    still_open = sum(bool(question.outcomes & OPEN) for question in questions)
    is_last = number == max(int(row["round"]) for row in source.rows("aggregates"))
    if is_last and number != source.definition.get("rounds", {}).get("maximum") and still_open:
        said.append(f"{still_open} of {len(questions)} questions could still change in another round")
    return Expected([people(source, number)], [*said, *basis_of(source, number)])


def took_part(source: Source, questions: list[Question], number: int) -> str:
    (everybody,) = {(row["n_submitted"], row["n_invited"]) for question in questions for row in question.rows}
    return (f"{everybody[0]} of {everybody[1]} invited experts answered, in {len(source.panels)} panels. "
            f"Here is what came out of {len(questions)} questions.")


def counts(questions: list[Question]) -> Iterator[str]:
    for name, title in CLASSES.items():
        count = sum(question.name == name for question in questions)
        if count:
            yield from (f"{count} {title}", f"{title} ({count})")
        if count > MOST_LISTED:
            yield f"Show the {count} questions {title}"


def answers(source: Source, questions: list[Question]) -> Iterator[str]:
    """Beside each question what was answered, or how many of its parts are agreed."""
    for question in questions:
        if len(question.rows) > 1 and question.shown:
            agreed = sum(row["consensus"] == "reached" for row in question.shown)
            settled = f", {sum(row['stability'] == 'stable' for row in question.shown)} settled"
            is_judged = any(row["stability"] in ("stable", "unstable") for row in question.shown)
            hidden = len(question.rows) - len(question.shown)
            protected = f" ({hidden} protected)" if hidden else ""
            came_out = in_parts(source, question)
            first = f"{came_out}. " if came_out else ""
            yield f"{source.text(question.code)} {first}{agreed} of {len(question.shown)} parts agreed{settled * is_judged}{protected}"
        elif question.shown and (said := answer(source, question)):
            yield f"{source.text(question.code)} {said}"


def in_parts(source: Source, question: Question) -> str:
    """The largest shares, or the few numbers of an estimate or a place; of grids, which have too many, none."""
    item, code, rows = source.items[question.code], question.code, question.shown
    if item["kind"] in ("choices", "allocation"):
        largest = sorted(rows, key=lambda row: -float(row["mean"]))[:3]
        unit = item.get("unit", {}).get("en", "")
        means = [written(row["mean"], 0, 100) if item["kind"] == "choices" else in_short(written(row["mean"], 1)) for row in largest]
        return "; ".join(f"{source.part(code, row['component'])}: {mean} {'%' if item['kind'] == 'choices' else unit}".rstrip()
                         for row, mean in zip(largest, means, strict=True))
    if item["kind"] in ("plane", "quantiles"):
        return "; ".join(f"{source.part(code, row['component'])}: {in_place(source, item, row)}" for row in rows)
    return ""


def in_place(source: Source, item: Mapping[str, Any], row: FileRow) -> str:
    short = in_short(row["median"])
    if item["kind"] == "plane":
        return source.position(item[row["component"]], short) if short.isdigit() else short
    return f"{short} %" if row["component"] == "confidence" else source.value(item, row["median"])


def answer(source: Source, question: Question) -> str:
    item, row = source.items[question.code], question.shown[0]
    if row["level"] == "nominal" and row["modal"]:
        options = source.options(item, "options")
        named = ", ".join(f"“{options[code]}”" for code in row["modal"].split("|"))
        return f"commonest answer: {named} ({written(row['modal_share'], 0, 100)} %)"
    if not row["median"]:
        return ""
    middle, low, high = (source.value(item, row[name]) for name in ("median", "q1", "q3"))
    if row["consensus_rule"] == "percent_agreement" and row["consensus"] == "not_reached" and float(row["modal_share"]) > max(float(row["rule_value"]), 0.5):
        return f"most ({written(row['modal_share'], 0, 100)} %) answered {middle}, which the rule does not count as agreement"
    return f"middle answer: {middle}" if low == high else f"middle answer: {middle}; middle half from {low} to {high}"


def movement(source: Source, questions: list[Question]) -> Iterator[str]:
    moved = sorted((question for question in questions if question.moved), key=lambda question: -(question.moved or 0))
    for question in moved[:MOST_MOVED]:
        about = "about " if any(row["paired_coarse"] == "yes" for row in question.shown) else ""
        mean = ", on average over its parts" if len(question.changes) > 1 else ""
        yield f"{source.text(question.code)} {about}{written(str(question.moved), 0)} % changed their answer{mean}"


def between(source: Source, number: int) -> Iterator[str]:
    """"About 13 % of all disagreement lies between the panels (95 % interval: 8 to 20 %)"; a share below none is none."""
    for row in source.rows("disagreement", round=number, item="", group_type="all"):
        if row["between_share"]:
            share, low, high = (percent(row[name]) for name in ("between_share", "between_share_low", "between_share_high"))
            interval = f" (95 % interval: {low} to {high} %)" if row["between_share_low"] else ""
            yield f"About {share} % of all disagreement lies between the panels{interval}"


def since(source: Source, number: int) -> Iterator[str]:
    for row in source.rows("attrition", round=number, item="", group_type="all"):
        yield f"Stayed, left and joined are counted since round {row['previous_round']}."


def percent(share: str) -> str:
    return written(share if share and float(share) > 0 else share and "0", 0, 100)


def people(source: Source, number: int) -> Table:
    since = {row["group"]: row for row in source.rows("attrition", round=number, item="", group_type="panel")}
    rows = []
    for row in source.rows("panels"):
        invited, answered = row[f"invited_round_{number}"], row[f"submitted_round_{number}"]
        cells = {"Invited": invited, "Answered": answered, "Share": f"{written(str(int(answered) / int(invited)), 0, 100)} %"}
        if since:
            cells |= {word: since.get(row["panel"], {}).get(f"n_{word.lower()}") or "–" for word in ("Stayed", "Left", "Joined")}
        rows.append(Row(row["name_en"], cells))
    return Table("Experts by panel", rows)
