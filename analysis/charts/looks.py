"""The looks of shapes: each class with its colours by the names of tokens, and the tokens themselves.

static/css/charts.css says the same for pages, where the tokens follow the reader's colour scheme; a file is always light.
tests/analysis/charts/test_looks.py holds both to each other.
"""

from collections.abc import Callable

TOKENS = {  # light; as in delphi.css, organizer.css and charts.css
    "ink": "#1b2230", "muted": "#535d6c", "card": "#fff", "sunk": "#f1efe9", "line": "#dedbd2", "edge": "#828891",
    "group": "#4a77b4", "group-soft": "#dfe8f4", "panel": "#1b7f71", "panel-soft": "#d9ece8",
    "seq-0": "#f4f6fa", "seq-1": "#d9e4f3", "seq-2": "#b6cdea", "seq-3": "#87adda", "seq-4": "#3f72ad", "seq-5": "#2c5a93", "seq-6": "#173a68",
    "div-low-3": "#2c5a93", "div-low-2": "#7fa6d4", "div-low-1": "#d3e0f1", "div-none": "#f4f3ef",
    "div-high-1": "#f7dfcc", "div-high-2": "#e8a775", "div-high-3": "#a8430c", "on-pale": "#10151c", "on-deep": "#fff",
}
COLOURED = frozenset({"fill", "stroke"})


def _line(token: str, width: float = 1, **more: str) -> dict[str, str]:
    return {"fill": "none", "stroke": token, "stroke-width": f"{width:g}", **more}


def _words(token: str, weight: int = 0) -> dict[str, str]:
    """Weights in hundreds: what draws the PNG knows no others."""
    return {"fill": token, **({"font-weight": str(weight)} if weight else {})}


def _heat(look: str, token: str, words: str) -> dict[str, dict[str, str]]:
    return {look: {"fill": token}, f"{look}-text": {"fill": words}}


LOOKS: dict[str, dict[str, str]] = {
    "chart-label": _words("ink"), "chart-heading": _words("ink", 700), "chart-figures": _words("ink"), "chart-value": _words("ink", 600),
    "chart-number": _words("muted"), "chart-key": _words("muted"), "chart-quadrant": _words("muted"),
    "chart-name": {"fill": "ink", "stroke": "card", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
    "chart-over": {"fill": "muted", "stroke": "card", "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"},
    "chart-grid": _line("line"), "chart-line": _line("line"), "chart-frame": _line("edge"), "chart-stripe": {"fill": "sunk"},
    "chart-reference": _line("edge", 1.5, **{"stroke-dasharray": "5 4"}),
    "chart-whisker": _line("ink", 1.5), "chart-halo": _line("card", 5), "chart-cross": _line("edge"),
    "chart-dot": {"fill": "group"}, "chart-dot-open": {"fill": "card", "stroke": "group", "stroke-width": "2.5"}, "chart-dot-panel": {"fill": "panel"},
    "chart-square": {"fill": "panel"}, "chart-ring": {"fill": "card", "stroke": "group", "stroke-width": "3"}, "chart-between": _line("edge", 2),
    "chart-within": {"fill": "group"}, "chart-between-part": {"fill": "panel-soft", "stroke": "panel"}, "chart-hatch": _line("panel", 1.5),
    "chart-band": {"fill": "group-soft"}, "chart-half": _line("group", 1.5), "chart-path": _line("group", 2.5),
    "chart-hidden": _line("edge", 1, **{"stroke-dasharray": "3 3"}), "chart-hidden-text": _words("muted"),
    "chart-empty": {"fill": "sunk"}, "chart-empty-text": _words("muted"),
    "chart-bar": {"fill": "group-soft", "stroke": "group", "stroke-width": "0.75"}, "chart-half-bold": _line("group", 3.5),
    "chart-ring-small": {"fill": "card", "stroke": "ink", "stroke-width": "1.5"},
    "chart-invited": _line("edge", 1.5), "chart-answered": {"fill": "group"}, "chart-stream": {"fill": "group-soft"},
    **{key: value for step in range(3) for key, value in _heat(f"chart-seq-{step}", f"seq-{step}", "ink").items()},
    **_heat("chart-seq-3", "seq-3", "on-pale"),
    **{key: value for step in range(4, 7) for key, value in _heat(f"chart-seq-{step}", f"seq-{step}", "on-deep").items()},
    **_heat("chart-none", "div-none", "ink"),
    **{key: value for side in ("low", "high") for step, words in ((1, "ink"), (2, "on-pale"), (3, "on-deep"))
       for key, value in _heat(f"chart-{side}-{step}", f"div-{side}-{step}", words).items()},
}


def rules(colour: Callable[[str], str]) -> list[str]:
    """One CSS rule for each look; `colour` says how a token is written."""
    return [f".{look} {{ {' '.join(f'{name}: {_value(name, value, colour)};' for name, value in given.items())} }}" for look, given in LOOKS.items()]


def _value(name: str, value: str, colour: Callable[[str], str]) -> str:
    return colour(value) if name in COLOURED and value != "none" else value


def light(token: str) -> str:
    return TOKENS[token]


def variable(token: str) -> str:
    return f"var(--{token})"
