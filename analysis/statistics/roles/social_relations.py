"""Who expects much, of whom much is expected, and what is particular to a pair: the social relations model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.result import Result, Status
from analysis.statistics.roles.matrices import square_matrix


@dataclass(frozen=True, kw_only=True)
class SocialRelations(Result):
    """Variances as estimated, unbiased and therefore sometimes below 0, which reads as none; ``n`` counts the
    members.
    """

    actor: float | None = None
    partner: float | None = None
    relationship: float | None = None
    actor_partner_covariance: float | None = None
    relationship_covariance: float | None = None
    mean: float | None = None
    actor_effects: tuple[float | None, ...] = ()
    partner_effects: tuple[float | None, ...] = ()


def social_relations(matrix: Any) -> SocialRelations:
    """Variance components of a round robin by the moments of Warner, Kenny & Stoto (1979).

    ``matrix``: square, who judges in rows, who is judged in columns; the diagonal (self-judgements) is not used.
    Needs four members and every cell off the diagonal; relationship and error are one component here.
    """
    scores = square_matrix(matrix, "matrix")
    n = scores.shape[0]
    off_diagonal = ~np.eye(n, dtype=bool)
    missing = int(np.isnan(scores[off_diagonal]).sum())
    if n < 4:
        return SocialRelations(
            n=n, n_missing=missing, status=Status.INSUFFICIENT_N, reason="Needs at least four members."
        )
    if missing:
        reason = "Cells off the diagonal are missing; the model needs a complete round robin."
        return SocialRelations(n=n, n_missing=missing, status=Status.NOT_APPLICABLE, reason=reason)
    return _components(np.where(off_diagonal, scores, 0.0), n)


def _components(scores: Array, n: int) -> SocialRelations:
    given, received = scores.sum(axis=1) / (n - 1), scores.sum(axis=0) / (n - 1)
    mean = float(scores.sum() / (n * (n - 1)))
    actors = _effects(given - mean, received - mean, n)
    partners = _effects(received - mean, given - mean, n)
    relationship, reciprocity = _relationship_moments(scores - mean, actors, partners, n)
    own_share, cross_share = (n - 1) / (n * (n - 2)), 1 / (n * (n - 2))
    noise = relationship * own_share + reciprocity * cross_share
    return SocialRelations(
        actor=(actors**2).sum() / (n - 1) - noise,
        partner=(partners**2).sum() / (n - 1) - noise,
        relationship=relationship,
        actor_partner_covariance=(actors * partners).sum() / (n - 1)
        - reciprocity * own_share
        - relationship * cross_share,
        relationship_covariance=reciprocity,
        mean=mean,
        actor_effects=tuple(actors),
        partner_effects=tuple(partners),
        n=n,
    )


def _effects(own: Array, other: Array, n: int) -> Array:
    """A member's mean corrected for not having judged itself, in deviations from the grand mean."""
    return (n - 1) / (n * (n - 2)) * ((n - 1) * own + other)


def _relationship_moments(deviations: Array, actors: Array, partners: Array, n: int) -> tuple[float, float]:
    """Variance and covariance of what is left of a pair, from its mean (n(n - 3)/2 degrees of freedom) and
    difference.
    """
    rest = deviations - actors[:, None] - partners[None, :]
    upper = np.triu_indices(n, 1)
    sums, differences = (rest + rest.T)[upper], (rest - rest.T)[upper]
    shared = float((sums**2).sum()) / (n * (n - 3))
    opposed = float((differences**2).sum()) / ((n - 1) * (n - 2))
    return (shared + opposed) / 2, (shared - opposed) / 2
