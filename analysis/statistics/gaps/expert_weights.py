"""Resampling experts within their panels: one weight per expert and draw, the same for all items and both rounds.

Weights take the place of draws with replacement (Rubin's Bayesian bootstrap, 1981), because panels are small: with every
expert weighing something, no draw lacks a panel, and their variance can be made the unbiased one.
"""

from __future__ import annotations

import numpy as np

from analysis.statistics.answers import Array

DRAWS = 999
DRAWS_OF_MANY = 199
MANY_EXPERTS = 20_000
_PARTS = 64
"""Weights are whole numbers of 64ths: their sums are exact, so that every machine gets the same figures."""


def draws_for(n_experts: int) -> int:
    """How many draws: 999, or 199 above 20,000 experts. It depends on nothing else, so a report says the same twice."""
    return DRAWS if n_experts <= MANY_EXPERTS else DRAWS_OF_MANY


def expert_weights(panels: Array, draws: int, seed: int) -> Array:
    """Shape (draws + 1, experts). The first row is all ones: the answers as they were given.

    ``panels``: the number of each expert's panel. Within a panel of n the weights follow a Dirichlet law with shape
    (n - 2)/n, with which a mean varies as its unbiased variance s^2/n says; shape 1 would be too narrow for few.
    """
    sizes = np.bincount(panels, minlength=1)[panels] if panels.size else panels
    shapes = np.maximum(sizes - 2, 1) / np.maximum(sizes, 1)
    random = np.random.Generator(np.random.Philox(key=seed))
    weights = np.ones((draws + 1, panels.size))
    for row in weights[1:]:
        row[:] = np.maximum(np.rint(random.standard_gamma(shapes) * _PARTS), 1)
    return weights
