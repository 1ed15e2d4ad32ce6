"""Items of every kind made up at random, some of them waiting for the answer to an earlier one, and rules to judge them by."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tests.journeys.oracle_study import components_of

LABELS = ["None", "Little", "Some", "Much", "Extreme"]
KINDS = ("rating", "probability", "number", "choice", "choices", "ranking", "allocation", "quantiles", "grid", "plane", "text")
OPTIONS = ("within", "economy", "force", "law")
BANDS: tuple[dict[str, Any], ...] = (
    {"rule": "percent_agreement", "band": "top_two", "at_least": 0.5}, {"rule": "percent_agreement", "band": "bottom_two", "at_least": 0.6},
    {"rule": "percent_agreement", "band": "either_end", "at_least": 0.75}, {"rule": "percent_agreement", "band": [2, 4], "at_least": 0.667},
)
ORDINAL_RULES: tuple[dict[str, Any], ...] = (
    *BANDS, {"rule": "van_der_eijk", "at_least": 0.4}, {"rule": "rand"}, {"rule": "iqr", "at_most": 1}, {"rule": "sd", "below": 1.2},
    {"rule": "relative_iqr", "at_most": 0.5}, {"rule": "modal_share", "at_least": 0.5}, {"rule": "kendall_w", "at_least": 0.3},
)
NUMERIC_RULES = ({"rule": "iqr", "at_most": 20}, {"rule": "iqr", "below": 10}, {"rule": "relative_iqr", "at_most": 0.3}, {"rule": "sd", "at_most": 12.5})
NOMINAL_RULES = ({"rule": "modal_share", "at_least": 0.6}, {"rule": "percent_agreement", "band": "top_two", "at_least": 0.5})
BINARY_RULES = ({"rule": "percent_agreement", "at_least": 0.75}, {"rule": "modal_share", "at_least": 0.7}, {"rule": "sd", "at_most": 0.5})
RANK_RULES = ({"rule": "kendall_w", "at_least": 0.3}, {"rule": "kendall_w", "at_least": 0.7}, {"rule": "iqr", "below": 0.5}, {"rule": "sd", "below": 0.6},
              {"rule": "modal_share", "at_least": 0.5})
BY_LEVEL = {"ordinal": ORDINAL_RULES, "probability": NUMERIC_RULES, "interval": NUMERIC_RULES, "nominal": NOMINAL_RULES, "binary": BINARY_RULES,
            "rank": RANK_RULES, "share": NUMERIC_RULES}
STABILITY_RULES = (
    {"rule": "scheibe", "below": 15}, {"rule": "scheibe", "at_most": 20}, {"rule": "percent_changed", "at_most": 15}, {"rule": "percent_changed", "below": 40},
    {"rule": "percent_changed", "below": 20}, {"rule": "weighted_kappa", "at_least": 0.6}, {"rule": "weighted_kappa", "at_least": 1},
)


def rules(rng: Random, often: float, *, also_rand: bool = False) -> dict[str, Any]:
    """Rules of consensus and stability, each with this probability: one for all, or by level."""
    fitting = {**BY_LEVEL, "ordinal": [rule for rule in ORDINAL_RULES if also_rand or rule["rule"] != "rand"]}
    by_level = {level: rng.choice(found) for level, found in fitting.items()}
    consensus: Any = rng.choice([rng.choice(fitting["ordinal"]), some_of(rng, by_level)])
    stability: Any = rng.choice([rng.choice(STABILITY_RULES), some_of(rng, {level: rng.choice(STABILITY_RULES) for level in by_level})])
    return {name: rule for name, rule in (("consensus", consensus), ("stability", stability)) if rng.random() < often}


def some_of(rng: Random, mapping: Mapping[str, Any]) -> dict[str, Any]:
    kept = rng.sample(sorted(mapping), rng.randint(1, len(mapping)))
    return {key: mapping[key] for key in kept}


def random_questionnaire(rng: Random, panels: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Two sections; `panels` may be the rows of a grid."""
    earlier: list[dict[str, Any]] = []
    known = {"panels": panels, "option_lists": OPTION_LISTS}
    sections = []
    for prefix, title, number in (("a", "first", 4), ("b", "second", 3)):
        items = []
        for place in range(number):
            item = random_item(rng, f"{prefix}{place}")
            if earlier and rng.random() < 0.3:
                item["shown_if"] = random_condition(rng, known, rng.choice(earlier))
            items.append(item)
            earlier += [item] if item["kind"] != "text" and not item.get("practice") else []
        sections.append({"section": title, "title": title.title(), "items": items})
    return sections


OPTION_LISTS = {"duties": [{"code": code, "text": code} for code in ("isr", "asw")]}


def options(rng: Random) -> list[dict[str, str]]:
    return [{"code": code, "text": code} for code in OPTIONS[: rng.randint(2, 4)]]


def random_item(rng: Random, code: str) -> dict[str, Any]:
    kind = rng.choice(KINDS)
    item: dict[str, Any] = {"code": code, "kind": kind, "text": f"Question {code}", **own_keys(rng, kind)}
    if kind != "text" and rng.random() < 0.05:
        item["practice"] = True
    if rng.random() < 0.1:
        item["cannot_judge"] = False
    if rng.random() < 0.2:
        item["version"] = 3
    item.update(rules(rng, 0.25, also_rand=item.get("scale") == "nine"))
    if kind == "ranking" and rng.random() < 0.6:
        item["consensus"] = rng.choice(RANK_RULES)
    return item


def own_keys(rng: Random, kind: str) -> dict[str, Any]:
    """What an item of this kind has besides the keys of every item."""
    if kind == "rating":
        return {"scale": rng.choice(["five", "seven", "nine"])}
    if kind == "plane":
        return {axis: {"scale": rng.choice(["five", "seven", "nine"]), "text": axis} for axis in ("x", "y")}
    if kind == "grid":
        return {"scale": rng.choice(["five", "nine"]), "rows": rng.choice(["panels", options(rng)[:2]]), "columns": rng.choice(["duties", options(rng)[:1]])}
    if kind in ("choice", "choices", "ranking", "allocation"):
        return {"options": options(rng), **({"total": rng.choice([10, 100, 1]), "decimals": 2} if kind == "allocation" else {})}
    low, high = rng.choice([(0, 365), (-1, 1), (0.1, 1.3), (0, None), (None, None)])
    limits = {key: value for key, value in (("minimum", low), ("maximum", high)) if value is not None}
    if kind == "number":
        return {**limits, "decimals": rng.choice([0, 2])}
    if kind == "quantiles":
        return {**limits, "decimals": 2, **rng.choice([{"quantiles": [0.05, 0.5, 0.95]}, {"quantiles": [0.25, 0.75]}, {"interval": "idea"}])}
    return {}


def random_condition(rng: Random, known: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """A test that fits the kind of the item that is waited for; some pass often, some seldom."""
    kind, code = asked["kind"], {"item": asked["code"]}
    if kind == "choices":
        return {**code, "includes": asked["options"][0]["code"]}
    if kind == "choice":
        return {**code, **rng.choice([{"is": asked["options"][0]["code"]}, {"one_of": [option["code"] for option in asked["options"][:2]]}])}
    if kind in ("rating", "probability", "number"):
        reachable = min(2, asked.get("maximum", 2))
        return {**code, **rng.choice([{"at_least": reachable}, {"at_most": 30}, {"one_of": [1, 2, 4, 20]}, {"at_least": 1, "at_most": 4}])}
    component = rng.choice([code for code, *_level in components_of(known, asked) if code])
    return {**code, "component": component, **rng.choice([{"at_least": 1}, {"at_most": 2}, {"at_least": 1, "at_most": 60}])}
