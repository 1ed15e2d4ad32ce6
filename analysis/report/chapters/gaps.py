"""The perception gap: how far the panels lie apart, on which questions, between whom, and whether that narrows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from django.utils.translation import gettext as _

from analysis.charts import Chart
from analysis.report.chapters.narrowing import VERDICTS, narrowing_sentence
from analysis.report.chapters.summary import gap_sentence
from analysis.report.document import Block, Columns, Figure, Finding, Paragraph, Section, TableBlock
from analysis.report.material import CountedRound, Material
from analysis.report.wording import DASH, count, decimal, interval
from analysis.results.allied_questions import asked_questions, pairs_from
from analysis.results.ally_map_charts import MapPictures
from analysis.results.ally_maps import maps_from
from analysis.results.gap_charts import heat_charts, split_charts
from analysis.results.gaps import MOST_PAIRS_AT_ONCE, Pair, pairs_shown
from analysis.results.glance_words import CAUSES
from analysis.results.influence_words import influence_in_words
from analysis.results.theatre_charts import TheatrePictures
from analysis.stored_tables import Values

QUESTIONS_A_PICTURE = 12


def gaps(material: Material) -> Section | None:
    """None where there are no two panels to compare, or nothing is worked out."""
    if len(material.panels) < 2 or not material.gaps.are_there:
        return None
    return Section("gaps", _("The perception gap"), tuple(_opening(material)),
                   (_by_round(material), _questions(material), _pairs(material), *_allies(material)))


def _opening(material: Material) -> Iterator[Block]:
    yield Paragraph(_("How much of what experts disagree about is a matter between the panels, and how much a matter between experts of the same panel? "
                      "Disagreement is the mean distance of two experts as a share of the scale: "
                      "0 where all answer alike, 1 where they stand at opposite ends."))
    yield from (Finding(text) for text in (gap_sentence(material), narrowing_sentence(material)) if text)
    influence = influence_in_words(material.gaps, material.panels)
    if influence:
        yield Paragraph(_("Whether that of round %(number)s hangs on one ally: %(sentences)s") % {
            "number": material.compared.number, "sentences": " ".join(influence)})


def _by_round(material: Material) -> Section:
    figures = tuple(Figure(replace(chart, key=f"gaps-{chart.key}")) for chart in split_charts(material.gaps, material.compared.number, material.theatres))
    rows = tuple(_of_round(held, held.together.disagreement) for held in material.rounds if held.together.disagreement is not None)
    heads = (_("Round"), _("Parts compared"), _("Within panels"), _("Between panels"), _("Share between panels"), _("95 per cent interval"),
             _("Since last asked"))
    note = _("Every question with one number counts as one part, and so does every number of an answer with several.")
    columns = Columns(heads, frozenset(range(1, 6)), frozenset({6}))
    table = TableBlock("gaps-rounds", _("Disagreement within and between the panels, by round"), columns, rows, note)
    return Section("gaps-by-round", _("Within and between the panels"), (*figures, *([table] if rows else [])))


def _of_round(held: CountedRound, row: Values | None) -> tuple[str, ...]:
    if row is None:
        return (count(held.number), *[DASH] * 6)
    since = [str(words) for words in (VERDICTS.get(row["verdict"] or ""), CAUSES.get(row["main_cause"] or "")) if words]
    return (count(held.number), count(row["n_items"]), decimal(row["within"], 3), decimal(row["between"], 3), decimal(row["between_share"]),
            interval(row["between_share_low"], row["between_share_high"]), " ".join(since) or DASH)


def _questions(material: Material) -> Section:
    """Where two panels differ: with few panels all pairs, with many the one that lies farthest from the others against each of these."""
    panels = list(material.panels)
    chosen = "" if len(panels) * (len(panels) - 1) // 2 <= MOST_PAIRS_AT_ONCE else material.gaps.widest(panels)
    text = _("Round %(number)s is shown, the one in which most can be compared.") % {"number": material.compared.number}
    if chosen:
        text += " " + (_("With so many panels the picture sets one against all others: %(panel)s, which lies farthest from them.")
                       if material.gaps.overall else _("With so many panels the picture sets one against all others: %(panel)s.")) % {
            "panel": material.panels[chosen]}
    figures = (Figure(chart) for chart in _heat_charts(material, pairs_shown(panels, chosen), chosen))
    return Section("gaps-questions", _("On which questions"), (Paragraph(text), *figures))


def _heat_charts(material: Material, pairs: Sequence[Pair], chosen: str) -> Iterator[Chart]:
    """A picture holds so many questions as can be read on a page."""
    items = material.gaps.items
    for place in range(0, len(items), QUESTIONS_A_PICTURE):
        some = replace(material.gaps, items=items[place : place + QUESTIONS_A_PICTURE])
        for chart in heat_charts(material.study, some, material.panels, pairs, chosen):
            yield replace(chart, key=f"gaps-{chart.key}-{place // QUESTIONS_A_PICTURE + 1}")


def _pairs(material: Material) -> Section:
    """Every two panels over all questions, the widest gap first; those of which nothing may be told come last."""
    rows = [_pair(material, row) for row in material.gaps.overall]
    told = {frozenset((row["first"], row["second"])) for row in material.gaps.overall}
    rows += [(_name(material, *pair), _("too few answers") if material.gaps.has_too_few(*pair) else _("protected"), *[DASH] * 4)
             for pair in combinations(material.panels, 2) if frozenset(pair) not in told]
    heads = (_("Panels"), _("Mean gap"), _("Mean shift"), _("Different"), _("The same"), _("Undecided"))
    note = _("Mean gap: the mean size of Cliff’s delta, 0 to 1. Mean shift: the share of the scale by which answers would have to move. "
             "Different, the same, undecided: comparisons of single questions or parts of them, beyond chance, after correction.")
    title = _("Every two panels over all questions, the widest gap first")
    table = TableBlock("gaps-pairs-table", title, Columns(heads, frozenset(range(1, 6))), tuple(rows), note)
    return Section("gaps-between-whom", _("Between whom"), (table,))


def _pair(material: Material, row: Values) -> tuple[str, ...]:
    return (_name(material, row["first"], row["second"]), decimal(row["mean_absolute_delta"]), decimal(row["mean_emd_normalised"]),
            *(count(row[name]) for name in ("n_different", "n_same", "n_undecided")))


def _allies(material: Material) -> Iterator[Section]:
    """Where each ally stands on two questions at once, and what was asked of two theatres side by side; only where the study asks so."""
    study, number, groups = material.study, material.compared.number, material.groups
    asked = asked_questions(study, number)
    drawn = ((_("Where each ally stands"), "gaps-maps", MapPictures(study, number, groups).charts(maps_from(asked))),
             (_("The same question in two theatres"), "gaps-theatres", TheatrePictures(study, number, groups).charts(pairs_from(asked))))
    for title, key, charts in drawn:
        if charts:
            yield Section(key, title, tuple(Figure(replace(chart, key=f"{key}-{chart.key}")) for chart in charts))


def _name(material: Material, first: str, second: str) -> str:
    return f"{material.panels.get(first, first)} – {material.panels.get(second, second)}"
