"""The charts of the page on perception gaps."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from analysis.charts import Caption, Chart, Diverging, Estimate, HeatCell, HeatRow, Known, Sequential, SplitNames, SplitRow, heat_map, split_chart
from analysis.results.gaps import ComparedItem, Pair, PerceptionGaps, direction
from analysis.results.shortened import told_apart
from analysis.stored_tables import Values
from surveys.models import Study
from surveys.templatetags.organizer import marked

DIFFERENT, SMALL, SAME, UNDECIDED = "≠", "≈", "=", "?"
SIGNS = {"different": DIFFERENT, "different_but_small": SMALL, "same": SAME, "undecided": UNDECIDED}
Names = Mapping[str, str]
ReadCell = Callable[[ComparedItem, Pair], HeatCell]


def split_charts(gaps: PerceptionGaps, number: int, theatres: Names) -> list[Chart]:
    """Disagreement by round: over all panels, then over the panels of each theatre."""
    found = [split_by_round(gaps, number, ("all", "all"), "split", _("Disagreement within and between the panels"))]
    for code, name in theatres.items():
        title = _("The same among the panels of %(theatre)s") % {"theatre": name}
        found.append(split_by_round(gaps, number, ("theatre", code), f"split-{code}", title))
    return [chart for chart in found if chart is not None]


def split_by_round(gaps: PerceptionGaps, number: int, group: Pair, key: str, title: str) -> Chart | None:
    by_round = {there: row for there, rows in gaps.disagreement.items() for row in rows if (row["group_type"], row["group"]) == group}
    if all(row["within"] is None for row in by_round.values()):
        return None  # too few panels to compare in any round: the page says so
    names = SplitNames(_("Round"), _("within panels"), _("between panels"))
    note = _("Each number is the mean distance of two experts as a share of the scale, over all questions: 0 is full agreement, 1 the ends of the scale.")
    return split_chart(Caption(key, title, split_sentence(by_round.get(number)), note), names, [split_row(there, row) for there, row in by_round.items()])


def split_row(number: int, row: Values) -> SplitRow:
    label = _("Round %(number)s") % {"number": number}
    if row["within"] is None:
        return SplitRow(label, known=Known.PROTECTED if row["left_out"] else Known.UNDEFINED)
    return SplitRow(label, row["within"], row["between"], _estimate(row, "total"), _estimate(row, "between_share"))


def _estimate(row: Values, name: str) -> Estimate | None:
    return None if row[name] is None else Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"])


def split_sentence(row: Values | None) -> str:
    if row is None or row["between_share"] is None:
        return _("In this round there is nothing to split.")
    return _("In this round %(percent)s %% of the disagreement lies between the panels.") % {"percent": f"{100 * max(0.0, row['between_share']):.0f}"}


def heat_charts(study: Study, gaps: PerceptionGaps, panels: Names, pairs: Sequence[Pair], chosen: str) -> list[Chart]:
    """Questions whose answers have an order, and those of options, which have none."""
    ordered = [item for item in gaps.items if item.has_order]
    unordered = [item for item in gaps.items if not item.has_order]
    found = [ordered_chart(study, ordered, panels, pairs, chosen)] if ordered else []
    return [*found, options_chart(study, unordered, panels, pairs, chosen)] if unordered else found


def ordered_chart(study: Study, items: Sequence[ComparedItem], panels: Names, pairs: Sequence[Pair], chosen: str) -> Chart:
    title = _("%(panel)s against each other panel, question by question") % {"panel": panels[chosen]} if chosen else _("Every two panels, question by question")
    ends = ((_("%(panel)s answers lower") % {"panel": panels[chosen]}, _("%(panel)s answers higher") % {"panel": panels[chosen]}) if chosen
            else (_("the first answers lower"), _("the first answers higher")))
    note = _("Cliff’s delta: how often an expert of the one panel answers higher than one of the other, minus how often lower. "
             "0: as often higher as lower; 1: always higher; below 0: more often lower.")
    return _heat(study, Caption("pairs", title, verdict_sentence(items, pairs), note), items, panels, pairs, chosen, Diverging(1.0, ends), directed_cell)


def options_chart(study: Study, items: Sequence[ComparedItem], panels: Names, pairs: Sequence[Pair], chosen: str) -> Chart:
    title = _("Questions whose options have no order")
    note = _("The share of answers that would have to be another option for both panels to be alike: 0 none, 1 all.")
    scale = Sequential(0.0, 1.0, (_("answered alike"), _("answered differently")))
    return _heat(study, Caption("options", title, verdict_sentence(items, pairs), note), items, panels, pairs, chosen, scale, undirected_cell)


def _heat(study: Study, caption: Caption, items: Sequence[ComparedItem], panels: Names, pairs: Sequence[Pair], chosen: str,
          scale: Diverging | Sequential, read: ReadCell) -> Chart:
    """Questions are the rows: their texts are long, and the names of panels short."""
    columns = [panels[second] if chosen else f"{panels[first]} – {panels[second]}" for first, second in pairs]
    labels = told_apart([str(marked(study, item.definition["text"])) for item in items])
    rows = [HeatRow(label, tuple(read(item, pair) for pair in pairs), str(marked(study, item.item.section.title)))
            for label, item in zip(labels, items, strict=True)]
    signs = [(DIFFERENT, _("different beyond chance")), (SMALL, _("different beyond chance, but by little")), (SAME, _("the same, within the margin")),
             (UNDECIDED, _("undecided"))]
    return heat_map(caption, _("Question"), columns, rows, scale, signs)


def directed_cell(item: ComparedItem, pair: Pair) -> HeatCell:
    row, sign = item.row(*pair)
    value = None if row is None else direction(row)
    return _cell(row, None if value is None else sign * value + 0.0)


def undirected_cell(item: ComparedItem, pair: Pair) -> HeatCell:
    row, _sign = item.row(*pair)
    return _cell(row, None if row is None else row["total_variation"])


def _cell(row: Values | None, value: float | None) -> HeatCell:
    """Panels whose row is hidden are in no pair at all."""
    if row is None or row["status"] == "protected":
        return HeatCell(known=Known.PROTECTED)
    return HeatCell(known=Known.UNDEFINED) if value is None else HeatCell(value, sign=SIGNS.get(row["verdict"], ""))


def verdict_sentence(items: Sequence[ComparedItem], pairs: Sequence[Pair]) -> str:
    found = Counter(_verdicts(items, pairs))
    different = found["different"] + found["different_but_small"]
    said = {"all": sum(found.values()), "different": different, "same": found["same"], "undecided": found["undecided"]}
    return _("Comparisons: %(all)s. Different beyond chance: %(different)s; the same, within the margin: %(same)s; undecided: %(undecided)s.") % said


def _verdicts(items: Sequence[ComparedItem], pairs: Sequence[Pair]) -> Iterator[str]:
    rows = (item.row(*pair)[0] for item in items for pair in pairs)
    return (row["verdict"] for row in rows if row is not None and row["verdict"] in SIGNS)
