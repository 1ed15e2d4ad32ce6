"""An annex of pictures: median and middle half of every question with an order, round by round."""

from dataclasses import replace

from django.utils.translation import gettext as _

from analysis.report.document import Figure, Paragraph, Section
from analysis.report.material import Material
from analysis.report.wording import worded
from analysis.results.convergence_paths import Portion, path_charts, portions_of


def paths(material: Material) -> Section | None:
    """None after a single round."""
    if len(material.rounds) < 2:
        return None
    sections = tuple(section for portion in portions_of(material.convergence) if (section := _portion(material, portion)) is not None)
    if not sections:
        return None
    text = _("Each picture follows a question over the rounds that compare: the middle answer, and the half of the answers around it.")
    return Section("paths", _("The answers over the rounds"), (Paragraph(text),), sections)


def _portion(material: Material, portion: Portion) -> Section | None:
    name = portion.key.replace(".", "-")
    charts = tuple(Figure(replace(chart, key=f"{chart.key}-{name}")) for chart in path_charts(material.study, portion))
    return Section(f"paths.{portion.key}", worded(material.study, portion.section.title), charts) if charts else None
