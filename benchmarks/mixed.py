"""One item of every kind that is counted, to fill large questionnaires with."""

from typing import Any


def options(number: int) -> list[dict[str, Any]]:
    return [{"code": f"o{place}", "text": {"en": f"Option {place}"}} for place in range(number)]


def axis(text: str) -> dict[str, Any]:
    return {"scale": "nine", "text": {"en": text}}


MIXED: list[dict[str, Any]] = [
    {"kind": "rating", "scale": "nine"},
    {"kind": "probability"},
    {"kind": "choice", "options": options(4)},
    {"kind": "choices", "options": options(6), "at_most": 3},
    {"kind": "number", "minimum": 0, "maximum": 365, "decimals": 0},
    {"kind": "ranking", "options": options(6)},
    {"kind": "allocation", "options": options(5), "total": 100},
    {"kind": "quantiles", "quantiles": [0.05, 0.5, 0.95], "minimum": 0, "maximum": 20, "decimals": 2},
    {"kind": "plane", "x": axis("Grave"), "y": axis("Likely")},
    {"kind": "grid", "scale": "nine", "rows": options(6), "columns": options(8)},
]
