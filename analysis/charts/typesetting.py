"""The one way to typst: its sources are ours, all that a study says comes in as data, and the letters are the vendored ones."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import typst

from analysis.charts.faces import faces_for

FIRST_DAY = date(1970, 1, 1)


def typeset(source: bytes, inputs: Mapping[str, str], *, language: str, made_on: date = FIRST_DAY, **how: Any) -> Any:
    """What `source` makes of the inputs: bytes, or a list of them where pages are pictures and there are several.

    `how`: format and so on, as typst.compile takes them. The same inputs give the same bytes on every machine.
    """
    midnight = (made_on - FIRST_DAY).days * 86_400  # in UTC, as typst takes it
    with faces_for("".join(inputs.values()), language) as folder:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
        return typst.compile(source, font_paths=fonts, ignore_system_fonts=True, sys_inputs=dict(inputs), timestamp=midnight, **how)

