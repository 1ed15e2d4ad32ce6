"""The annex of reporting checklists."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from analysis.report.checklists import checklist_sections
from analysis.report.document import Paragraph, Section
from analysis.report.facts import facts_of
from analysis.report.material import Material


def checklists(material: Material, keys: Collection[str]) -> Section:
    """`keys`: the sections of the report, to which answers point."""
    text = _("What journals and reviewers ask of a report of a Delphi study, and where this report answers it. "
             "They were made for health and social research; the first two are the newest.")
    return Section("checklists", _("Reporting checklists"), (Paragraph(text),), checklist_sections(facts_of(material, keys)))
