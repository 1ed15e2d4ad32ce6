"""JSON schemas of what is answered, in few words."""

from typing import Any

Shape = dict[str, Any]
TEXT: Shape = {"type": "string"}
YES_OR_NO: Shape = {"type": "boolean"}
WHOLE: Shape = {"type": "integer"}
NUMBER: Shape = {"type": "number"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
BY_LANGUAGE: Shape = {"type": "object", "additionalProperties": TEXT, "description": "language → text"}


def or_none(shape: Shape) -> Shape:
    return {**shape, "type": [shape["type"], "null"]}


def listed(shape: Shape) -> Shape:
    return {"type": "array", "items": shape}


def record(**shapes: Shape) -> Shape:
    """An object with exactly these keys."""
    return {"type": "object", "properties": shapes, "required": list(shapes), "additionalProperties": False}


def paged(row: Shape, **more: Shape) -> Shape:
    """Rows in pages: `next` is the address of the next one."""
    return record(**more, next=or_none({"type": "string", "format": "uri", "description": "the next page's address; null after the last"}), rows=listed(row))
