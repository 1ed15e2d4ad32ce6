"""Tables of the annex: each question's middle answer in every panel that may be shown."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from analysis.models import ItemResult
from analysis.report.document import Cell, Columns, TableBlock
from analysis.report.material import Asked, Material
from analysis.report.wording import DASH, percent, worded
from analysis.results.lines import shown_figure
from analysis.results.value_words import ValueWords
from surveys.items import resolve_item

AT_ONCE = 6  # panels in one table, so that it fits on a page
TOO_MANY = ("grid",)  # whose hundreds of cells stand in the files
Rows = Mapping[tuple[int, str], Mapping[str, ItemResult]]


def panel_tables(material: Material, key: str, asked: Sequence[Asked]) -> Iterator[TableBlock]:
    """One for the panels, or several where there are many; for questions of one number, or a single one of several."""
    chosen = [entry for entry in asked if entry.question.item.kind not in TOO_MANY]
    panels = list(material.panels)
    if not chosen or len(panels) < 2:
        return
    found = _found(chosen)
    for place in range(0, len(panels), AT_ONCE):
        some = panels[place : place + AT_ONCE]
        rows = tuple(row for entry in chosen for row in _rows(material, entry, found, some))
        first = _("Part") if len(found) > 1 and len(chosen) == 1 else _("Question")
        columns = Columns((first, *(material.panels[panel] for panel in some)), frozenset(range(1, len(some) + 1)), frozenset({0}))
        yield TableBlock(f"{key}.panels-{place // AT_ONCE + 1}", _("The panels"), columns, rows)


def _found(asked: Sequence[Asked]) -> Rows:
    """(item, component) → panel → published row (1 query for each round that asked any)."""
    by_run: dict[int, set[int]] = {}
    for entry in asked:
        by_run.setdefault(entry.held.run.pk, set()).add(entry.question.item.pk)
    found: dict[tuple[int, str], dict[str, ItemResult]] = {}
    for run, items in by_run.items():
        of_items = ItemResult.objects.filter(run=run, group_type="panel", asked_item__item_version__item__in=items)
        for result in of_items.select_related("asked_item__item_version").order_by("component_position"):
            found.setdefault((result.asked_item.item_version.item_id, result.component), {})[result.group] = result
    return found


def _rows(material: Material, asked: Asked, found: Rows, panels: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    words = ValueWords(material.study, resolve_item(asked.question.definition, material.study.settings))
    components = {component: of_panels for (item, component), of_panels in found.items() if item == asked.question.item.pk}
    text = worded(material.study, asked.question.definition["text"])
    for component, of_panels in components.items():
        if component or len(components) == 1:  # a ranking as a whole has no middle
            yield (words.part(component) if component else text, *(_cell(words, of_panels.get(panel)) for panel in panels))


def _cell(words: ValueWords, result: ItemResult | None) -> str:
    if result is None:
        return DASH
    if result.suppressed:
        return _("protected")
    figures = result.figures
    if result.level == "binary":
        return percent(figures.get("mean"))
    if result.level == "nominal":
        return words.modal(result.component, result.level, figures["modal"]) if figures.get("modal") else DASH
    return shown_figure("median", figures.get("median"))
