"""A study as YAML text: keys in the format's order, short parts on one line, long texts as blocks."""

from collections.abc import Mapping
from typing import Any

from surveys.studyfile.scalars import WIDE_SPACES, written_scalar

WIDTH = 120
DEEPEST_FLOW = 2


def written_yaml(value: Mapping[str, Any]) -> str:
    """YAML text that reads back equal, in this reader and in any of YAML 1.1 or 1.2."""
    lines = []
    for key, part in value.items():
        lines += keyed(key, part, 0)
    return "\n".join(lines or ["{}"]) + "\n"


def keyed(key: str, value: Any, indent: int) -> list[str]:
    """Lines of `key: value`, without the indentation."""
    head = f"{written_scalar(key)}:"
    inline = flow(value)
    if fits(value, inline, indent + len(head) + 1):
        return [f"{head} {inline}"]
    if isinstance(value, str):
        return [f"{head} {chomping(value)}", *indented(block_text(value))]
    return [head, *indented(block(value, indent + 2))]


def entry_lines(value: Any, indent: int) -> list[str]:
    """Lines of one entry of a list, its dash included."""
    inline = flow(value)
    if fits(value, inline, indent + 2):
        return [f"- {inline}"]
    if isinstance(value, str):
        return [f"- {chomping(value)}", *indented(block_text(value))]
    first, *others = block(value, indent + 2)
    return [f"- {first}", *indented(others)]


def block(value: Any, indent: int) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, part in value.items() for line in keyed(key, part, indent)]
    return [line for entry in value for line in entry_lines(entry, indent)]


def indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def fits(value: Any, inline: str, column: int) -> bool:
    """May it stand on one line? A text of one line always does; a mapping or list if short and shallow."""
    if isinstance(value, str):
        return not is_block_text(value)
    if not isinstance(value, Mapping | list) or not value:
        return True
    return column + len(inline) <= WIDTH and depth(value) <= DEEPEST_FLOW and not is_list_of_records(value)


def is_list_of_records(value: Any) -> bool:
    """Panels, sections, options: one line each reads better."""
    return isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value)


def depth(value: Any) -> int:
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, parts), default=0) if isinstance(value, Mapping | list) else 0


def flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written_scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return written_scalar(value)


def is_block_text(text: str) -> bool:
    """Several lines that a literal block keeps as they are: nothing in them needs an escape or could be lost."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0].strip() or lines[0].startswith(" ") or not lines[-1].strip():
        return False
    return all(is_kept(line) for line in lines)


def is_kept(line: str) -> bool:
    if not line:
        return True
    return bool(line.strip()) and all(sign.isprintable() or sign in WIDE_SPACES for sign in line)


def chomping(text: str) -> str:
    return "|" if text.endswith("\n") else "|-"


def block_text(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")
