"""DELPHISTAR: Delphi studies in social and health sciences (Niederberger et al. 2024, PLOS ONE 19(8): e0304651).

It has 38 items: title and abstract 3, context 7, method 20, results 4, discussion 4. What we could look up are 36 of them and no
published numbers: one item of title and abstract and one of method are missing here, and a report says so.
"""

from django.utils.translation import gettext_lazy as _

from analysis.report.checklists import replies
from analysis.report.checklists.item import Checklist, Item, Topic
from analysis.report.checklists.replies import authors

CONTEXT = Topic(_("Context"), (
    Item("", _("Sources of funding"), authors(_("State them."), "authors-funding")),
    Item("", _("Team of authors and researchers"), replies.organizers),
    Item("", _("Advice on method"), authors(_("Say who was consulted on the method, if anybody."), "authors-contributions")),
    Item("", _("Background of the project"), authors(_("Tell it."), "study")),
    Item("", _("Study protocol"), authors(_("Say where it can be read."), "authors-registration")),
    Item("", _("Why a Delphi study for this question"), authors(_("Say why a Delphi study fits the question."), "study")),
    Item("", _("Aim of the Delphi study, such as consensus or forecast"), replies.aim),
))
EXPERTISE = Topic(_("Method: knowledge and variant"), (
    Item("", _("Which expertise, experience and views were wanted"), replies.panels),
    Item("", _("Which knowledge and views are missing or were left out"), authors(_("Name them."), "authors-discussion")),
    Item("", _("Kind of Delphi and its modifications"), replies.process),
    Item("", _("Reasons for the kind and its modifications"), authors(_("Give them."), "methods-design")),
))
EXPERTS = Topic(_("Method: experts and questionnaire"), (
    Item("", _("Criteria for choosing experts"), authors(_("State them."), "methods-design")),
    Item("", _("How experts were found"), authors(_("Tell it."), "methods-design")),
    Item("", _("Recruitment, also later"), replies.recruited),
    Item("", _("How the questionnaire’s content was developed"), authors(_("Tell the sources of the questions."), "methods-questionnaire")),
    Item("", _("Description of the questionnaire"), replies.questionnaire),
))
ROUNDS = Topic(_("Method: rounds and feedback"), (
    Item("", _("Number of rounds"), replies.rounds),
    Item("", _("Aims of the single rounds"), replies.aims_of_rounds),
    Item("", _("Criterion for ending, and its reasons"), replies.stopping),
    Item("", _("What was fed back after each round"), replies.feedback),
    Item("", _("How it was fed back"), replies.feedback),
    Item("", _("Whether feedback differed by groups"), replies.by_groups),
    Item("", _("How dissent and unclear results were dealt with"), replies.dissent),
))
ANALYSIS = Topic(_("Method: analysis"), (
    Item("", _("Analysis of numbers and of words"), replies.analysis),
    Item("", _("Definition and measurement of consensus"), replies.consensus),
    Item("", _("Analysis by groups, and weights of experts"), replies.group_analysis),
))
RESULTS = Topic(_("Results"), (
    Item("", _("Picture of the process, such as a flow chart"), replies.flow),
    Item("", _("Special events, such as departures from the plan"), replies.departures),
    Item("", _("Experts by round, invited and taking part"), replies.participants),
    Item("", _("Results of each round and at the end"), replies.results),
))
DISCUSSION = Topic(_("Discussion"), (
    Item("", _("Findings set out"), replies.highlights),
    Item("", _("Validity of the results"), authors(_("Discuss it."), "authors-discussion")),
    Item("", _("Reliability of the results"), replies.reliability),
    Item("", _("Limits"), authors(_("Discuss them."), "authors-discussion")),
))
DELPHISTAR = Checklist(
    "delphistar", "DELPHISTAR", "Niederberger et al. 2024, PLOS ONE 19(8): e0304651, doi:10.1371/journal.pone.0304651", 38,
    (Topic(_("Title and abstract"), (Item("", _("Delphi named in the title"), replies.title), Item("", _("Structured abstract"), replies.in_short))),
     CONTEXT, EXPERTISE, EXPERTS, ROUNDS, ANALYSIS, RESULTS, DISCUSSION),
    _("36 of the 38 published items are answered here, without their published numbers: "
      "one on title and abstract and one on method could not be looked up. Complete the list from the publication."),
)  # fmt: skip
