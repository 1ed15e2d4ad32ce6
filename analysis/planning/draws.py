"""Drawing panels: counts of answers in many simulated studies at once, and which of them may be shown."""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array, Numbers

NO_GAP, WITH_GAP, CONSENSUS = 1, 2, 3  # what a stream of random numbers is for


def stream(seed: int, *place: int) -> np.random.Generator:
    """Random numbers of their own for every place of a plan: what is drawn for one size or item moves nothing elsewhere."""
    return np.random.default_rng([seed, *place])


def drawn_counts(random: np.random.Generator, chances: Numbers, experts: int, staying: float, studies: int) -> Array:
    """How many experts gave each value, shape studies × values. Each expert answers with the chance `staying`."""
    cells = np.append(chances * staying, 1 - staying)
    return random.multinomial(experts, cells / cells.sum(), size=studies)[:, :-1]


def is_shown(counts: Array, minimum: int) -> Array:
    """Would the panel's row be published? Not under `minimum` answers, nor when they are all one value and fewer than twice as many.

    Complementary suppression looks at other panels, of which nothing is assumed here.
    """
    n = counts.sum(axis=-1)
    tells_everybody = (counts.max(axis=-1) == n) & (n < 2 * minimum) & (minimum > 1)
    return (n >= max(1, minimum)) & ~tells_everybody
