"""Which files there are and what each holds, in the archive's order and in plain words: for the page, the data package and docs/files.md.

A line for each further table too, beside its module: pages say what a file holds without loading the statistics that fill it.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

CONTENTS: dict[str, object] = {
    "aggregates.csv": _("One row for each round, item, component and group: counts, median, quartiles, consensus, stability."),
    "distributions.csv": _("How often each category was chosen, in every group that is shown."),
    "convergence.csv": _("Whether answers came closer together between two rounds, among those who answered both times."),
    "changes.csv": _("How many changed from which answer to which between two rounds."),
    "attrition.csv": _("Who left between two rounds, whether that changed the picture, and whether the verdicts would stand if they had stayed."),
    "gaps.csv": _("How far every two panels, and every two theatres, lie apart, on every item and over all items."),
    "linked.csv": _("Questions that ask the same of two theatres, compared."),
    "disagreement.csv": _("How much of the disagreement lies between the allies, and whether that narrows, and by whom."),
    "roles.csv": _("What each ally expects of itself in each role, what the others expect of it, and the gap between the two."),
    "role_expectations.csv": _("What each ally expects of each ally in each role."),
    "role_pairs.csv": _("Two allies at a time: what each expects of the other, and what it believes the other expects of it."),
    "role_matrices.csv": _("Who expects what of whom as a whole, and how alike the rounds are in it."),
    "sensitivity.csv": _("Every item under every common rule of consensus, the registered one marked."),
    "pools.csv": _("Probabilities and quantiles of many experts drawn together in several ways, always beside equal weights."),
    "influence.csv": _("Which verdicts would be others without one of the allies."),
    "reasons.csv": _("The reasons that a moderator let through, in an order that tells nothing, without panel or pseudonym."),
    "open_answers.csv": _("The answers to open questions that a moderator let through, likewise."),
    "items.csv": _("The code book of items: every item with its texts, scale labels and options."),
    "panels.csv": _("The panels with their theatres, and responses by round."),
    "columns.csv": _("What each column of each file means."),
    "load.py": _("Loads all tables of the unpacked archive with pandas."),
    "load.R": _("Loads all tables of the unpacked archive with R."),
    "provenance.json": _("On which closings, rules and versions the figures rest."),
    "datapackage.json": _("All files with their columns, sizes and checksums, for programs (Frictionless Data Package)."),
}
WITHOUT_FURTHER_FIGURES = frozenset({"reasons.csv", "open_answers.csv", "items.csv", "panels.csv", "columns.csv", "load.py", "load.R"})
"""Files that are the same before the further figures are worked out, and after."""


MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "py": "text/x-python", "R": "text/x-r", "zip": "application/zip"}


def media_type_of(name: str) -> str:
    """As it is sent; all text is UTF-8."""
    found = MEDIA_TYPES[name.rpartition(".")[2]]
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


def table_names() -> tuple[str, ...]:
    """The files of figures by their bare names, aggregates first: what can be asked for row by row."""
    return tuple(name.removesuffix(".csv") for name in CONTENTS if name.endswith(".csv") and name not in WITHOUT_FURTHER_FIGURES)


def contents_in_english(name: str) -> str:
    with override("en"):
        return str(CONTENTS.get(name, ""))
