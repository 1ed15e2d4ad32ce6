"""How a further table's rows are stored and read again. Without numpy, for pages."""

from collections.abc import Iterator, Mapping
from typing import Any

Values = dict[str, Any]
"""Column → value. A number that is not defined, or not told, is None (or absent)."""


def unpacked(content: Mapping[str, Any]) -> Iterator[Values]:
    """Stored rows as column → value."""
    for row in content["rows"]:
        yield dict(zip(content["columns"], row, strict=True))
