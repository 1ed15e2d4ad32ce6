"""Role expectations: who is expected to do more, or less, than its own experts say, and what allies expect of each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from analysis.charts import Chart
from analysis.report.document import Block, Columns, Figure, Finding, Paragraph, Section, TableBlock
from analysis.report.material import Material
from analysis.report.wording import DASH, count, decimal, interval
from analysis.results.role_charts import SHOWN, RolePictures
from analysis.results.role_words import SIGNS, VERDICTS, RoleWords, verdict_counts
from analysis.results.roles import CLEAR, MIRROR, NOT_ASSESSED, RECIPROCITY, PairOfAllies, StoredRoles, pair_of
from analysis.stored_tables import Values
from analysis.verdicts import in_words

MOST_PAIRS = 45  # of ten allies; with more only those that are told apart from no difference


def roles(material: Material) -> Section | None:
    if not material.roles:
        return None
    text = _("For every ally and every function the study asks which role it should take. The gap is what the ally’s own experts say less what the others "
             "expect: below zero the others expect more of it than it means to do, above zero less.")
    return Section("roles", _("Role expectations"), (Paragraph(text),), tuple(_grid(material, number, grid) for number, grid in material.roles))


def _grid(material: Material, number: int, grid: StoredRoles) -> Section:
    words = RoleWords(material.study, grid)
    parts = [Section(f"roles.{grid.code}.gaps", _("Where own and others’ expectations differ"), tuple(_gaps(grid, words)))]
    for comparison, title, heads in _comparisons():
        pairs = [row for row in grid.pairs if row["comparison"] == comparison and not row["function"]]
        if pairs:
            parts.append(Section(f"roles.{grid.code}.{comparison}", title, tuple(_pairs(grid, words, comparison, pairs, heads))))
    return Section(f"roles.{grid.code}", str(words.question), (Paragraph(_("As asked in round %(number)s.") % {"number": number}),), tuple(parts))


def _gaps(grid: StoredRoles, words: RoleWords) -> Iterator[Block]:
    yield Finding(counts_sentence(words))
    for show in SHOWN:
        yield Figure(_keyed(RolePictures(words, show, grid.first_to_show).matrix(), grid, show))
    clear = [cell for cell in grid.cells if cell["verdict"] in CLEAR]
    if clear:
        yield _clear(grid, words, clear)
    for ally in _with_clear_gaps(grid):
        yield Figure(_keyed(RolePictures(words, "gap", ally).gaps(), grid, ally))
    yield _narrowing(grid)


def _keyed(chart: Chart, grid: StoredRoles, which: str) -> Chart:
    return replace(chart, key=f"roles-{grid.code}-{which}-{chart.key}")


def _with_clear_gaps(grid: StoredRoles) -> list[str]:
    """Each ally of which some gap is clear; where none is, the one with the largest, so that readers see how sure the gaps are."""
    return list(dict.fromkeys(cell["target"] for cell in grid.cells if cell["verdict"] in CLEAR)) or [grid.first_to_show]


def counts_sentence(words: RoleWords) -> str:
    told = "; ".join(f"{verdict['title']}: {count(verdict['count'])}" for verdict in verdict_counts(words.grid))
    return _("Of %(all)s roles: %(verdicts)s.") % {"all": count(len(words.grid.cells)), "verdicts": told}


def _clear(grid: StoredRoles, words: RoleWords, clear: Sequence[Values]) -> TableBlock:
    heads = (_("Role"), _("Own experts"), _("The others"), _("Gap"), _("95 per cent interval"), _("Verdict"), _("Consensus"), _("Stability"))
    rows = tuple((words.role(cell), decimal(cell["self_mean"]), decimal(cell["others_mean"]), decimal(cell["gap"]), interval(cell["gap_low"], cell["gap_high"]),
                  f"{SIGNS[cell['verdict']]} {VERDICTS[cell['verdict']]}", in_words(cell["consensus"]), in_words(cell["stability"]))
                 for cell in sorted(clear, key=lambda cell: -abs(cell["gap"])))
    return TableBlock(f"roles.{grid.code}.clear", _("The clear gaps, the largest first"), Columns(heads, frozenset({1, 2, 3, 4}), frozenset({0})), rows,
                      words.of_means)


def _narrowing(grid: StoredRoles) -> Paragraph:
    """How the gaps changed since the round that they compare with, as far as that is clear."""
    before = max((cell["previous_round"] or 0 for cell in grid.cells), default=0)
    found = [cell["narrowing"] for cell in grid.cells if cell["narrowing"] not in (None, "", NOT_ASSESSED)]
    if not found and before:
        return Paragraph(_("Whether the gaps have changed since round %(number)s can’t be told.") % {"number": before})
    if not found:
        return Paragraph(_("Whether the gaps have changed can be told once the same roles have been asked about twice."))
    said = {"number": before, "all": len(found), **{name: found.count(name) for name in ("narrows", "widens", "turned")}}
    return Paragraph(_("Since round %(number)s, of %(all)s gaps that can be compared %(narrows)s clearly became smaller, %(widens)s larger, "
                       "and %(turned)s changed sides.") % said)


def _comparisons() -> tuple[tuple[str, str, tuple[str, str]], ...]:
    return ((RECIPROCITY, _("What allies expect of each other"), (_("The first of the second"), _("The second of the first"))),
            (MIRROR, _("What allies expect, and what the other believes they expect"), (_("The first expects"), _("The second believes"))))


def _pairs(grid: StoredRoles, words: RoleWords, comparison: str, rows: Sequence[Values], heads: tuple[str, str]) -> Iterator[Block]:
    pairs = [(row["first"], pair_of(row, row["second"])) for row in rows]
    clear = [(first, pair) for first, pair in pairs if pair.is_clear]
    yield Paragraph(_("Over all functions the difference is clear for %(clear)s of %(all)s pairs.") % {"clear": len(clear), "all": len(pairs)})
    shown = pairs if len(pairs) <= MOST_PAIRS else clear
    if not shown:
        return
    note = "" if shown is pairs else _("Only pairs with a clear difference are listed; role_pairs.csv has all.")
    columns = Columns((_("Pair"), *heads, _("Difference"), _("95 per cent interval"), _("Clear")), frozenset({1, 2, 3, 4}))
    yield TableBlock(f"roles.{grid.code}.{comparison}.table", _("Pairs of allies, over all functions"), columns,
                     tuple(_pair(words, first, pair) for first, pair in shown), note or words.of_means)


def _pair(words: RoleWords, first: str, pair: PairOfAllies) -> tuple[str, ...]:
    name = f"{words.allies[first]} – {words.allies[pair.other]}"
    if pair.status == "protected":
        return (name, _("protected"), *[DASH] * 4)
    return (name, decimal(pair.expected), decimal(pair.counterpart), decimal(pair.difference), interval(pair.low, pair.high),
            _("yes") if pair.is_clear else _("no"))
