"""Releases made by chance, most of them of small groups: what disclosure control is for."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.analysis.disclosure.releases import CHOICE, NUMBER, RATING, Design, Item, Release, World, role_grid

CODES = tuple("abcdefghijklmnopq")


def many_panels(seed: int) -> Release:
    """One rating of 2 to 17 panels, rather few than many, with 1 to 14 experts, a minimum of 3 or 5."""
    chance = np.random.default_rng([1, seed])
    panels = CODES[: 2 + int(16 * chance.random() ** 3)]
    sizes = [int(chance.choice([chance.integers(1, 7), chance.integers(3, 11), chance.integers(8, 15)])) for _ in panels]
    design = Design(panels, theatres(chance, panels), int(chance.choice([3, 5])), by_panel(sizes), (RATING,))
    return Release(design, answered(chance, design))


def few_experts(seed: int) -> Release:
    """One question of 1 to 3 panels with at most six experts, a minimum of 3; mostly a rating."""
    chance = np.random.default_rng([2, seed])
    panels = CODES[: int(chance.choice([1, 2, 2, 3, 3, 3, 3, 3]))]
    sizes = [int(chance.integers(2, 7)) for _ in panels]
    items: tuple[Item, ...] = (RATING,)
    if seed % 10 in (7, 8, 9):
        items = {7: (CHOICE,), 8: (NUMBER,), 9: (role_grid(panels),)}[seed % 10]
    design = Design(panels, theatres(chance, panels) if len(panels) > 2 else {}, 3, by_panel(sizes), items)
    return Release(design, answered(chance, design))


def by_panel(sizes: list[int]) -> tuple[int, ...]:
    return tuple(place for place, size in enumerate(sizes) for _ in range(size))


def theatres(chance: Any, panels: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """In half of the releases two theatres, which have a panel or two in common or leave one out."""
    if chance.random() < 0.5:
        return {}
    west, east = int(chance.integers(1, len(panels) + 1)), int(chance.integers(0, len(panels)))
    return {"west": panels[:west], "east": panels[min(east, west) :]}


def answered(chance: Any, design: Design) -> World:
    """Panels of their own opinion, now and then of one opinion; some lose nobody, some a few, some most of their experts."""
    experts, rows = len(design.panel), len(design.components)
    before, after = np.empty((rows, experts)), np.empty((rows, experts))
    everybody_agrees = chance.random() < 0.08
    for place in range(len(design.panels)):
        here = np.array(design.panel) == place
        size = int(here.sum())
        stays, joins = chance.choice([1.0, 1.0, 0.8, 0.4]), chance.choice([0.0, 0.0, 0.2, 0.6])
        there_first = chance.random(size) >= joins
        there_second = ~there_first | (chance.random(size) < stays)
        for row in range(rows):
            opinion = 3 if everybody_agrees else int(chance.integers(1, 6))
            first = opinions(chance, size, opinion)
            second = np.where(chance.random(size) < chance.choice([0.2, 0.5, 1.0]), opinions(chance, size, opinion), first)
            before[row, here], after[row, here] = np.where(there_first, first, np.nan), np.where(there_second, second, np.nan)
    shift = 1 - design.first_value(0)
    return World(before - shift, after - shift)


def opinions(chance: Any, size: int, opinion: int) -> Any:
    spread = chance.choice([0.0, 1.0, 1.0, 2.0])
    return np.clip(opinion + np.rint(chance.normal(0, 1, size) * spread), 1, 5)


def ordinary_study(seed: int, size: int, leaving: float) -> Release:
    """Seventeen panels of so many experts and up to a third more, in two theatres with two panels in common; the share `leaving` does not come again."""
    chance = np.random.default_rng([3, seed])
    sizes = [size + int(chance.integers(0, size // 3)) for _ in CODES]
    design = Design(CODES, {"west": CODES[:9], "east": CODES[7:]}, 5, by_panel(sizes), (RATING,))
    experts = len(design.panel)
    before = np.clip(np.rint(chance.normal(3, 1.2, experts)), 1, 5)
    after = np.where(chance.random(experts) < 0.3, np.clip(np.rint(chance.normal(3, 1.2, experts)), 1, 5), before)
    return Release(design, World(before[None], np.where(chance.random(experts) < leaving, np.nan, after)[None]))
