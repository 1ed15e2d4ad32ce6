"""One item's answers out of a round's frozen file, without numpy: a page that shows reasons needs a single row of it.

The file is a zip of arrays in numpy's own format (a header that says type, order and shape, then the numbers); `analysis.snapshot` writes it.
"""

import io
import json
import math
import struct
import zipfile
from array import array
from ast import literal_eval
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

MAGIC = b"\x93NUMPY"
TYPES = {"<f8": "d", "|b1": "B", "|u1": "B"}  # of the arrays that are read here


@dataclass(frozen=True)
class FrozenItem:
    """`places`: panelist → place in the sequences. `values` are None for an item whose answer is not one number."""

    places: Mapping[str, int]
    minimum: int
    submitted: Sequence[float]
    not_shown: Sequence[float]
    values: Sequence[float] | None

    def counts(self, panelist: str) -> bool:
        """Does this expert's answer to the item count in the closing?"""
        place = self.places.get(panelist)
        return place is not None and bool(self.submitted[place]) and not self.not_shown[place]

    def sides(self, q1: float, q3: float) -> dict[str, str]:
        """Panelist → below, within or above; only of the sides that may be named."""
        if self.values is None:
            return {}
        here = {panelist: self.values[place] for panelist, place in self.places.items() if self.submitted[place] and not math.isnan(self.values[place])}
        found: dict[str, list[str]] = {"below": [], "within": [], "above": []}
        for panelist, value in here.items():
            found["below" if value < q1 else "above" if value > q3 else "within"].append(panelist)
        without = sum(self.counts(panelist) for panelist in self.places) - sum(self.counts(panelist) for panelist in here)
        named = named_sides({side: len(members) for side, members in found.items()}, without, self.minimum)
        return {panelist: side for side in named for panelist in found[side]}


def named_sides(sizes: Mapping[str, int], without_a_value: int, minimum: int) -> set[str]:
    """The sides that hold at least the minimum, as far as the rest holds as many: who reads how many answered what would else know of a text
    without a side that it comes from one of those few. The smallest go first."""
    named = {side for side, size in sizes.items() if size >= minimum}
    rest = sum(size for side, size in sizes.items() if side not in named)
    while named and (0 < rest < minimum or (not rest and 0 < without_a_value < minimum)):
        smallest = min(sorted(named), key=lambda side: sizes[side])
        named.remove(smallest)
        rest += sizes[smallest]
    return named


def frozen_item(content: bytes, key: str) -> FrozenItem | None:
    """`key`: the item version's name, `code/version`. None where the round did not ask it."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        meta = json.loads(bytes(_row(file, "meta", None)))
        item_row = next((row for row, item in enumerate(meta["items"]) if item["key"] == key), None)
        if item_row is None:
            return None
        components = [(item["key"], component["code"]) for item in meta["items"] for component in item["components"]]
        values = _row(file, "values", components.index((key, ""))) if (key, "") in components else None
        panelists = meta["panelists"]
        not_shown = _row(file, "not_shown", item_row) if "not_shown.npy" in file.namelist() else [0] * len(panelists)  # the first format had none
        return FrozenItem({code: place for place, code in enumerate(panelists)}, meta["minimum"], _row(file, "submitted", None), not_shown, values)


def _row(file: zipfile.ZipFile, name: str, row: int | None) -> Sequence[Any]:
    """One row of a table, or the whole of an array with one dimension."""
    with file.open(f"{name}.npy") as stream:
        code, is_by_column, shape = _header(stream)
        if row is None:
            return _numbers(stream, code, math.prod(shape))
        if is_by_column:  # as numpy leaves a table from which experts were erased
            return _numbers(stream, code, math.prod(shape))[row :: shape[0]]
        size = array(code).itemsize
        stream.read(row * shape[1] * size)
        return _numbers(stream, code, shape[1])


def _header(stream: IO[bytes]) -> tuple[str, bool, tuple[int, ...]]:
    if stream.read(len(MAGIC)) != MAGIC:
        raise ValueError("no array of a snapshot")
    major, _minor = stream.read(2)
    length = struct.unpack("<H", stream.read(2))[0] if major == 1 else struct.unpack("<I", stream.read(4))[0]
    said = literal_eval(stream.read(length).decode())
    return TYPES[said["descr"]], said["fortran_order"], said["shape"]


def _numbers(stream: IO[bytes], code: str, count: int) -> Sequence[Any]:
    found = array(code)
    found.frombytes(stream.read(count * found.itemsize))
    return found
