"""CREDES, Conducting and REporting DElphi Studies: 16 recommendations (Jünger et al. 2017, Palliative Medicine 31(8): 684–706).

They stand under rationale, planning and design, study conduct, and reporting. Each is told in words of our own; they have no published numbers
but their order.
"""

from django.utils.translation import gettext_lazy as _

from analysis.report.checklists import replies
from analysis.report.checklists.item import Checklist, Item, Topic
from analysis.report.checklists.replies import authors

DESIGN = Topic(_("Rationale, planning and design"), (
    Item("1", _("Justification: why this method for this question"), authors(_("Say why a Delphi study fits the question."), "study")),
    Item("2", _("Planning and process, with modifications"), replies.process),
    Item("3", _("Definition of consensus, fixed before, and what becomes of items"), replies.consensus),
))
CONDUCT = Topic(_("Study conduct"), (
    Item("4", _("Information given to experts, tried before"), replies.information),
    Item("5", _("Prevention of bias"), replies.bias),
    Item("6", _("Interpretation and processing of results; dissent and stability"), replies.dissent),
    Item("7", _("External validation before publication"), authors(_("Say who outside the study reviewed the results."), "authors-contributions")),
))
REPORTING = Topic(_("Reporting"), (
    Item("8", _("Purpose and rationale"), replies.aim),
    Item("9", _("Expert panel: who, how chosen, response"), replies.panels),
    Item("10", _("Description of the methods"), replies.analysis),
    Item("11", _("Procedure, with a flow chart"), replies.flow),
    Item("12", _("Definition and attainment of consensus"), replies.consensus),
    Item("13", _("Results of each round, transparently"), replies.results),
    Item("14", _("Discussion of limits"), authors(_("Discuss them."), "authors-discussion")),
    Item("15", _("Adequacy of conclusions"), replies.conclusions),
    Item("16", _("Publication and dissemination"), replies.published),
))
CREDES = Checklist(
    "credes", "CREDES", "Jünger et al. 2017, Palliative Medicine 31(8): 684–706, doi:10.1177/0269216317690685", 16, (DESIGN, CONDUCT, REPORTING),
)  # fmt: skip
