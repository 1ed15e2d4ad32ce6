"""The tables of the page on estimates that are drawn together: each figure is one value of pools.csv."""

from collections.abc import Iterable, Iterator

from tests.journeys.pages.reading import Row, Table
from tests.journeys.pages.source import DASH, PROTECTED, FileRow, Source, Tied, in_chart, in_short, shortened

LONGEST_QUESTION = 150
METHODS = {
    "linear": "Mean of the probabilities", "median": "Median", "trimmed": "Trimmed mean", "geometric_mean_of_odds": "Geometric mean of the odds",
    "logarithmic": "Logarithmic pool", "probit": "Probit mean", "extremized": "Extremized pool",
    "neyman_roughgarden": "Extremized mean (Neyman and Roughgarden)", "linear_pool": "Mean of the distributions", "quantile_average": "Mean of the quantiles",
    "idea_mean": "Mean of the intervals, brought to 80 %",
}
COOKE = {"equal": "Cooke’s model: every expert with equal weight", "performance": "Cooke’s model: weights earned on known answers"}
SCORES = {"calibration": "Calibration", "information_seeds": "Information, on known answers", "information": "Information, on all questions",
          "combined": "Combined score"}
MISSES = {"brier": "Brier score", "log_score": "Logarithmic score", "pinball": "Pinball loss", "interval_score": "Interval score"}
WITHOUT_SEED = "without this seed, no cut-off"


def pool_tables(source: Source, number: int) -> Iterator[Table]:
    rows = source.rows("pools", round=number)
    kinds = {code: item["kind"] for code, item in source.items.items() if any(row["item"] == code for row in rows)}
    probabilities = [code for code, kind in kinds.items() if kind == "probability"]
    if probabilities:
        yield _probabilities(source, rows, probabilities)
    for code, kind in kinds.items():
        if kind == "quantiles":
            yield _estimates(source, rows, code)
            yield from _misses(rows, code)
    yield from _cooke([row for row in rows if row["method"] == "cooke"])


def _everybody(rows: Iterable[FileRow], code: str, group: str = "all") -> list[FileRow]:
    return [row for row in rows if row["item"] == code and row["group_type"] == group and row["figure"] == "pool"]


def _probabilities(source: Source, rows: list[FileRow], codes: list[str]) -> Table:
    values = {code: {row["method"]: row["value"] for row in _everybody(rows, code)} for code in codes}
    methods = [method for method in METHODS if any(method in found for found in values.values())]
    table = Table("Probabilities, drawn together in different ways", [])
    for code, found in values.items():
        panels = next((row["value"] for row in _everybody(rows, code, "equal_weight") if row["method"] == "linear"), "")
        cells = [(METHODS[methods[0]], found.get(methods[0], "")), ("The same, every panel with equal weight", panels),
                 *((METHODS[method], found.get(method, "")) for method in methods[1:])]
        table.rows.append(Row(_question(source.text(code)), {name: in_chart(value, 1) if value else "protected" for name, value in cells}))
    return table


def _question(text: str) -> str:
    return shortened(text, LONGEST_QUESTION)


def _estimates(source: Source, rows: list[FileRow], code: str) -> Table:
    """A row for each way to pool the answers of all experts; of panels that weigh alike, one way."""
    item = source.items[code]
    parts = ["lower", "best", "upper"] if item.get("interval") == "idea" else [str(probability) for probability in item["quantiles"]]
    by_pool: dict[str, dict[str, str]] = {}
    for row in _everybody(rows, code):
        if row["value"]:
            by_pool.setdefault(METHODS[row["method"]], {})[row["component"]] = row["value"]
    main = "idea_mean" if item.get("interval") == "idea" else "linear_pool"
    alike = {row["component"]: row["value"] for row in _everybody(rows, code, "equal_weight") if row["method"] == main and row["value"]}
    by_pool[f"{METHODS[main]}, every panel with equal weight"] = alike
    for weighting, name in COOKE.items():
        found = [row for row in rows if row["about_item"] == code and row["weighting"] == weighting and row["method"] == "cooke" and row["figure"] == "pool"]
        if found:
            by_pool[name] = {row["component"]: row["value"] for row in found if row["value"]}
    return Table(source.text(code), [Row(name, dict(_of_pool(source, code, parts, values))) for name, values in by_pool.items()])


def _of_pool(source: Source, code: str, parts: list[str], values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Without a value there is a word in the place of the first number."""
    for place, part in enumerate(parts):
        yield source.part(code, part), in_short(values.get(part, "")) if values or place else "protected"


def _misses(rows: list[FileRow], code: str) -> Iterator[Table]:
    """How far each pool missed an answer that is known."""
    everybody = [row for row in rows if row["item"] == code and row["group_type"] == "all" and row["figure"] in MISSES]
    cooke = [row for row in rows if row["about_item"] == code and row["parameter"] != WITHOUT_SEED and row["figure"] in MISSES]
    if everybody or cooke:
        yield Table("Scores of the pools", [
            Row(COOKE[row["weighting"]] if row["method"] == "cooke" else METHODS[row["method"]],
                {"Score (less is better)": MISSES[row["figure"]], "Value": score(row)}) for row in (*everybody, *cooke)])


def _cooke(rows: list[FileRow]) -> Iterator[Table]:
    heads = {"equal": "Equal weights", "performance": "Earned weights"}
    whole = {(row["figure"], row["weighting"]): row for row in rows if row["about_item"] == "" and row["figure"] in SCORES}
    if not whole:
        return
    yield Table("How the pools did on known answers", [
        Row(name, {head: score(whole.get((figure, weighting))) for weighting, head in heads.items()}) for figure, name in SCORES.items()
        if any((figure, weighting) in whole for weighting in heads)])
    without = {(row["about_item"], row["weighting"]): row for row in rows if row["parameter"] == WITHOUT_SEED and row["figure"] == "combined"}
    if without:
        yield Table("Combined score without each known answer", [
            Row(seed, {head: score(without.get((seed, weighting))) for weighting, head in heads.items()})
            for seed in dict.fromkeys(seed for seed, _weighting in without)])


def score(row: FileRow | None) -> str:
    """With two decimals, and a small one with two digits, of which the file's six decimals leave the last one open."""
    if row is None or row["value"] == "":
        return PROTECTED if row is not None and row["reason"] == "protected" else DASH
    value = float(row["value"])
    if abs(value) >= 0.1:
        return in_short(row["value"])
    return Tied(f"{value:.2g}", {f"{near:.2g}" for near in (value, value - 5e-7, value + 5e-7)})
