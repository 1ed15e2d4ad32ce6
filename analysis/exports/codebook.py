"""items.csv and panels.csv: what was asked of whom, in every language; columns.csv: what each column means."""

from typing import Any

from analysis.exports.cells import csv_bytes, number_cell, text_cell
from analysis.exports.columns import COLUMNS
from analysis.models import AnalysisRun, ItemResult
from analysis.publication import shown_runs
from surveys.items import ItemSpec, by_language
from surveys.models import AskedItem, Study
from surveys.queries import progress_by_panel


def items_csv(study: Study, *, bom: bool = False) -> bytes:
    """One row per item version that a round asked: code, version, section, kind, the rounds, texts and labels by language."""
    languages = study.languages
    header = ["item", "item_version", "section", "kind", "rounds", "theatre", "same_as", "practice", "unit", "minimum", "maximum", "decimals",
              "equivalent_to"]
    header += [f"text_{language}" for language in languages] + [f"labels_{language}" for language in languages]
    asked = AskedItem.objects.filter(round__study=study).exclude(round__state="draft").select_related("round", "item_version__item__section")
    rounds: dict[int, list[str]] = {}
    versions = {}
    for entry in asked.order_by("item_version__item__section__position", "item_version__item__position", "item_version__number", "round__number"):
        versions[entry.item_version_id] = entry.item_version
        rounds.setdefault(entry.item_version_id, []).append(str(entry.round.number))
    rows = [_item_row(study, version, rounds[pk], languages) for pk, version in versions.items()]
    return csv_bytes(header, rows, bom=bom)


def _item_row(study: Study, version: Any, rounds: list[str], languages: list[str]) -> list[str]:
    spec: ItemSpec = version.spec(study.settings)
    cells: list[Any] = [spec.code, version.number, version.item.section.code, spec.kind, " ".join(rounds), spec.theatre, spec.same_as,
                        "yes" if spec.practice else "no", spec.unit.get(study.source_language, "")]
    texts = [text_cell(cell) for cell in cells]
    texts += [number_cell(value) for value in (spec.minimum, spec.maximum, spec.decimals, version.definition.get("equivalent_to"))]
    texts += [text_cell(spec.text.get(language, "")) for language in languages]
    return texts + [text_cell(labels_of(spec, language)) for language in languages]


def labels_of(spec: ItemSpec, language: str) -> str:
    """A scale's or an option list's labels in one cell: `1 = Strongly disagree | 2 = Disagree`; "" without any."""
    if spec.options:
        return " | ".join(f"{option.code} = {option.text[language]}" for option in spec.options if language in option.text)
    if spec.scale is None:
        return ""
    if language in spec.scale.labels:
        return " | ".join(f"{place} = {label}" for place, label in enumerate(spec.scale.labels[language], start=1))
    low, high = spec.scale.ends.get(language, ("", ""))
    return f"1 = {low} | {spec.scale.points} = {high}" if low or high else ""


def panels_csv(study: Study, *, bom: bool = False) -> bytes:
    """One row per panel: code, names by language, theatres, and responses by round (counts of people, never of answers).

    The counts are those of the published rows: who withdraws later must not be told by a file that shrinks beside another that stays.
    """
    runs = list(shown_runs(study).select_related("round__study").order_by("round__number"))
    header = ["panel", "theatres", *(f"name_{language}" for language in study.languages)]
    counts = [people_counted(run) for run in runs]
    header += [f"{what}_round_{run.round.number}" for run in runs for what in ("invited", "submitted")]
    rows = []
    for panel in study.panels.prefetch_related("theatres"):
        names = by_language(panel.name, study.source_language)
        row = [panel.code, " ".join(theatre.code for theatre in panel.theatres.all()), *(names.get(language, "") for language in study.languages)]
        cells = [text_cell(cell) for cell in row]
        rows.append(cells + [number_cell(number) for of_round in counts for number in of_round.get(panel.code, (0, 0))])
    return csv_bytes(header, rows, bom=bom)


def people_counted(run: AnalysisRun) -> dict[str, tuple[int, int]]:
    """Panel → invited, submitted, as the run's rows say; any component's rows do (2 queries). A round of open questions alone has no rows."""
    rows = ItemResult.objects.filter(run=run, group_type="panel")
    first = rows.order_by("asked_item__position", "component_position").first()
    if first is None:
        return {row["panel"].code: (row["invited"], row["submitted"]) for row in progress_by_panel(run.round)}
    same = rows.filter(asked_item=first.asked_item_id, component=first.component)
    return {row.group: (row.figures["n_invited"], row.figures["n_submitted"]) for row in same}


def columns_csv(*, bom: bool = False) -> bytes:
    return csv_bytes(["column", "kind", "meaning"], [[column.name, column.kind, column.meaning] for column in COLUMNS], bom=bom)
