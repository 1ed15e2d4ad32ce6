"""ACCORD, the ACcurate COnsensus Reporting Document: 35 items (Gattrell et al. 2024, PLOS Medicine 21(1): e1004326).

Title 1, introduction 3, methods 21, results 5, discussion 2, other information 3. Each item is told in words of our own.
"""

from django.utils.translation import gettext_lazy as _

from analysis.report.checklists import replies
from analysis.report.checklists.item import Checklist, Item, Topic
from analysis.report.checklists.replies import authors, with_more

INTRODUCTION = Topic(_("Introduction"), (
    Item("I1", _("Why a consensus method rather than another approach"), authors(_("Say why a Delphi study fits the question."), "study")),
    Item("I2", _("Aim, audience and geographical scope"), replies.aim),
    Item("I3", _("If it updates an earlier document: why, and which"), authors(_("Say so where it does; else leave it out."), "study")),
))
PREPARATION = Topic(_("Methods: registration, people, preparation"), (
    Item("M1", _("Registration of the study or its protocol"), replies.registration),
    Item("M2", _("Roles and expertise of those who directed it"), replies.organizers),
    Item("M3", _("Criteria for panellists, their number, and who chose them"), replies.panels),
    Item("M4", _("How panellists were recruited"), replies.recruited),
    Item("M5", _("Part of the public, patients or carers"), authors(_("Say whether people from outside the field took part, and in what."), "methods-design")),
    Item("M6", _("Where information for the items came from"), authors(_("Tell the sources of the questions."), "methods-questionnaire")),
    Item("M7", _("Literature search in detail"), authors(_("Describe a systematic search, or say that there was none."), "study")),
    Item("M8", _("How evidence was summed up and given to panellists"), replies.information),
))
CONSENSUS = Topic(_("Methods: reaching consensus"), (
    Item("M9", _("Method and steps by which input was gathered"), replies.process),
    Item("M10", _("How questions and answer options were put; reasons and new items"), replies.questionnaire),
    Item("M11", _("Purpose of each step"), replies.aims_of_rounds),
    Item("M12", _("Definition of consensus and its reasons"), replies.consensus_and_why),
    Item("M13", _("Whether items with consensus were asked again"), replies.asked_again),
    Item("M14", _("How answers were collected; alone or in a group"), replies.alone),
    Item("M15", _("How answers were processed"), replies.analysis),
    Item("M16", _("Piloting"), authors(_("Say how the questionnaire was tried out."), "methods-questionnaire")),
    Item("M17", _("Feedback to panellists"), replies.feedback),
    Item("M18", _("Anonymity: planned, for whom, by which means"), replies.anonymity),
    Item("M19", _("Part of the steering group in the panel’s decisions"), authors(
        _("Say whether those who directed the study also answered or decided."), "authors-contributions")),
))
PARTICIPATION = Topic(_("Methods: participation"), (
    Item("M20", _("Incentives"), authors(_("Say what experts were offered, or that they were offered nothing."), "methods-design")),
    Item("M21", _("Adaptations for accessibility"), replies.accessible),
))
RESULTS = Topic(_("Results"), (
    Item("R1", _("When each step was held, and delays"), with_more(replies.times, _("Explain delays and extensions."))),
    Item("R2", _("Departures from the protocol"), replies.departures),
    Item("R3", _("Panellists of each step: numbers, response rate, who they are"), replies.described),
    Item("R4", _("Outcome in numbers and words"), replies.results),
    Item("R5", _("Items changed or removed, when and why"), replies.modified),
))
LAST = Topic(_("Discussion and other information"), (
    Item("D1", _("Strengths and limits of the method as used"), authors(_("Discuss them."), "authors-discussion")),
    Item("D2", _("Agreement with the literature"), authors(_("Compare the results with what is known."), "authors-discussion")),
    Item("O1", _("Endorsing organizations and their part"), authors(_("Name them, or say that there are none."), "authors-funding")),
    Item("O2", _("Conflicts of interest and how they were dealt with"), authors(_("State those of authors, organizers and experts."), "authors-funding")),
    Item("O3", _("Funding and the funder’s part"), authors(_("State both."), "authors-funding")),
))
ACCORD = Checklist(
    "accord", "ACCORD", "Gattrell et al. 2024, PLOS Medicine 21(1): e1004326, doi:10.1371/journal.pmed.1004326", 35,
    (Topic(_("Title"), (Item("T1", _("Consensus method named in the title"), replies.title),)),
     INTRODUCTION, PREPARATION, CONSENSUS, PARTICIPATION, RESULTS, LAST),
)  # fmt: skip
