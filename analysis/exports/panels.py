"""panels.csv: who was asked, in every language."""

from collections.abc import Sequence

from analysis.exports.cells import csv_bytes, number_cell, text_cell
from analysis.exports.described import Described, names_of, number, text
from analysis.models import AnalysisRun, ItemResult
from analysis.publication import shown_runs
from surveys.items import by_language
from surveys.models import Study
from surveys.queries import progress_by_panel

COUNTS = (
    ("invited", "panelists invited to round {round} who neither declined nor withdrew"),
    ("submitted", "their responses to round {round} that count"),
)


def panel_columns(languages: Sequence[str], rounds: Sequence[int | str]) -> tuple[Described, ...]:
    return (
        text("panel", "the panel's code"),
        text("theatres", "the codes of its theatres, separated by spaces"),
        *(text(f"name_{language}", f"the panel's name ({language}); empty where it is not translated") for language in languages),
        *(number(f"{what}_round_{place}", meaning.format(round=place)) for place in rounds for what, meaning in COUNTS),
    )


def panels_csv(study: Study, *, bom: bool = False) -> bytes:
    """One row per panel: code, names by language, theatres, and responses by round (counts of people, never of answers).

    The counts are those of the published rows: who withdraws later must not be told by a file that shrinks beside another that stays.
    """
    runs = list(shown_runs(study).select_related("round__study").order_by("round__number"))
    header = names_of(panel_columns(study.languages, [run.round.number for run in runs]))
    counts = [people_counted(run) for run in runs]
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
