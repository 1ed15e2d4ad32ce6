"""Methods, written from the study's own settings and records; what these can't say, authors must."""

from django.utils.translation import gettext as _

from analysis.report.chapters.methods.analysis import analysis
from analysis.report.chapters.methods.design import design
from analysis.report.chapters.methods.disclosure import disclosure
from analysis.report.chapters.methods.feedback import feedback
from analysis.report.chapters.methods.questionnaire import questionnaire
from analysis.report.chapters.methods.rules import rules
from analysis.report.document import Section
from analysis.report.material import Material

PARTS = (design, questionnaire, disclosure, rules, feedback, analysis)


def methods(material: Material) -> Section:
    return Section("methods", _("Methods"), (), tuple(part(material) for part in PARTS))
