"""The further files of a study, beside aggregates.csv: one module each, listed here in the files' order."""

from analysis.tables import (
    attrition,
    changes,
    convergence,
    disagreement,
    distributions,
    gaps,
    influence,
    linked,
    measures,
    pools,
    role_expectations,
    role_matrices,
    role_pairs,
    roles,
    sensitivity,
)
from analysis.tables.base import Table

TABLES: tuple[Table, ...] = (
    distributions.TABLE, convergence.TABLE, changes.TABLE, attrition.TABLE, gaps.TABLE, linked.TABLE, disagreement.TABLE, influence.TABLE, measures.TABLE,
    roles.TABLE, role_expectations.TABLE, role_pairs.TABLE, role_matrices.TABLE, sensitivity.TABLE, pools.TABLE,
)


def table(name: str) -> Table:
    return next(found for found in TABLES if found.name == name)
