"""The further files of a study, beside aggregates.csv: one module each, listed here in the files' order."""

from analysis.tables import distributions
from analysis.tables.base import Table

TABLES: tuple[Table, ...] = (distributions.TABLE,)


def table(name: str) -> Table:
    return next(found for found in TABLES if found.name == name)
