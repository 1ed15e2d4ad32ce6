"""What a report says to the questions that the checklists share, written from the facts of the study."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.checklists.item import Reply
from analysis.report.facts import ReportFacts
from analysis.report.wording import count


def authors(add: str | Promise, *places: str) -> Callable[[ReportFacts], Reply]:
    """What no data can say."""
    return lambda facts: Reply("", places, str(add))


def with_more(reply: Callable[[ReportFacts], Reply], add: str | Promise) -> Callable[[ReportFacts], Reply]:
    """An answer from the data to which authors must add something."""

    def both(facts: ReportFacts) -> Reply:
        said = reply(facts)
        return Reply(said.text, said.places, str(add))

    return both


def title(facts: ReportFacts) -> Reply:
    return Reply(_("The first page calls the report one of a Delphi study."), (), _("Say so in the title of a publication, too."))


def aim(facts: ReportFacts) -> Reply:
    text = _("The study’s aim is stated, with who carried it out, its panels and its languages.") if facts.has_aim else ""
    return Reply(text, ("study",), _("Say for whom the results are.") if facts.has_aim else _("State the aim, for whom the results are, and for which region."))


def in_short(facts: ReportFacts) -> Reply:
    return Reply(_("The report begins with a summary in whole sentences."), ("summary",), _("Shape it as the journal or publisher asks."))


def process(facts: ReportFacts) -> Reply:
    text = ngettext("%(count)s anonymous round was held and counted; each asks by the same questionnaire and shows the answers of the round before.",
                    "%(count)s anonymous rounds were held and counted; each asks by the same questionnaire and shows the answers of the round before.",
                    facts.rounds) % {"count": count(facts.rounds)}
    return Reply(text, ("methods-design", "methods-questionnaire", "methods-feedback"))


def rounds(facts: ReportFacts) -> Reply:
    if facts.most_rounds is None:
        text = ngettext("%(count)s round was held.", "%(count)s rounds were held.", facts.rounds)
    else:
        text = ngettext("%(count)s round was held, of %(most)s at most that were planned.",
                        "%(count)s rounds were held, of %(most)s at most that were planned.", facts.rounds)
    return Reply(text % {"count": count(facts.rounds), "most": count(facts.most_rounds)}, ("methods-design", "study-rounds"))


def times(facts: ReportFacts) -> Reply:
    text = _("Round 1 opened on %(started)s; the last counted round closed on %(ended)s. The days of every round are in a table.")
    return Reply(text % {"started": facts.started, "ended": facts.ended}, ("study-rounds", "record-closings"))


def participants(facts: ReportFacts) -> Reply:
    text = _("Invited in the rounds: %(invited)s; answered: %(answered)s. Panel by panel in the flow.")
    numbers = {"invited": _listed(facts.invited), "answered": _listed(facts.answered)}
    return Reply(text % numbers, ("flow", "study-rounds"))


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(count(number) for number in numbers)


def described(facts: ReportFacts) -> Reply:
    """Participants with who they are."""
    return with_more(participants, _("Describe the experts: fields, posts, years of experience, and whatever else matters."))(facts)


def flow(facts: ReportFacts) -> Reply:
    return Reply(_("A chart shows who was invited, answered, left and joined, by panel and round."), ("flow",))


def panels(facts: ReportFacts) -> Reply:
    text = ngettext("Experts belong to %(count)s panel, which was fixed before the answers came in.",
                    "Experts belong to %(count)s panels, which were fixed before the answers came in.", facts.panels)
    return Reply(text % {"count": count(facts.panels)}, ("study-panels", "methods-design"),
                 _("Say what made somebody an expert, how many were looked for and why, and who chose them."))


def recruited(facts: ReportFacts) -> Reply:
    again = _("Every round invited all who had not left.") if facts.everybody_again else _("Later rounds invited those who had answered the round before.")
    return Reply(again, ("methods-design",), _("Say how experts were first found and asked."))


def questionnaire(facts: ReportFacts) -> Reply:
    text = _("%(questions)s questions; %(reasons)s asked for a reason, %(confidence)s for the expert’s confidence, %(open)s were open. "
             "Kinds, sections and every wording are listed.")
    numbers = {"questions": count(facts.questions), "reasons": count(facts.asking_reasons), "confidence": count(facts.asking_confidence),
               "open": count(facts.open_questions)}
    return Reply(text % numbers, ("methods-questionnaire", "questions", "record-wordings"))


def aims_of_rounds(facts: ReportFacts) -> Reply:
    return Reply(_("What each round asked, and what came of it, is told round by round."), ("story",), _("Say what each round was meant to reach."))


def consensus(facts: ReportFacts) -> Reply:
    if not facts.rules_fixed_on:
        return Reply(_("The rules of consensus and stability are stated."), ("methods-rules",))
    text = _("Consensus and stability are judged by rules that were fixed on %(day)s, before the first answer, and can be checked by their hash.")
    return Reply(text % {"day": facts.rules_fixed_on}, ("methods-rules",))


def consensus_and_why(facts: ReportFacts) -> Reply:
    return with_more(consensus, _("Say why these rules."))(facts)


def asked_again(facts: ReportFacts) -> Reply:
    return Reply(_("What was decided for each question before each round is recorded: asked again, dropped, reworded or added."),
                 ("record-decisions", "record-wordings", "story"))


def stopping(facts: ReportFacts) -> Reply:
    return Reply(_("Stability has a rule that was fixed before; what became stable is told round by round."), ("methods-rules", "story"),
                 _("Say why the study ended after its last round."))


def alone(facts: ReportFacts) -> Reply:
    return Reply(_("Experts are asked alone, online and in their own time."), ("methods-design", "methods-questionnaire"),
                 _("Say if there were meetings beside it, or answers that were collected elsewhere."))


def analysis(facts: ReportFacts) -> Reply:
    return Reply(_("Statistics, how answers were paired between rounds, corrections, software and versions are stated."), ("methods-analysis",),
                 _("Say how open answers and reasons were read and summed up.") if facts.open_questions or facts.asking_reasons else "")


def feedback(facts: ReportFacts) -> Reply:
    return Reply(_("What experts were shown of each other’s answers and reasons between the rounds is listed; it is frozen with the round that showed it."),
                 ("methods-feedback",))


def by_groups(facts: ReportFacts) -> Reply:
    said = {"all_panels": _("Feedback showed everybody and each panel."), "own_panel": _("Feedback showed everybody and the expert’s own panel.")}
    text = said.get(facts.feedback["distribution"], _("Feedback showed no figures of groups."))
    return Reply(text, ("methods-feedback",))


def anonymity(facts: ReportFacts) -> Reply:
    told = {
        "peers": _("Experts were promised that no other expert learns who answered what."),
        "organizers": _("They were promised that organizers do not learn it either: names are kept apart from answers."),
    }
    texts = [text for promised, text in told.items() if promised in facts.anonymity]
    if facts.minimum > 1:
        texts.append(_("Published figures rest on at least %(minimum)s answers.") % {"minimum": count(facts.minimum)})
    return Reply(" ".join(texts), ("methods-disclosure",), "" if texts else _("Say what experts were promised."))


def dissent(facts: ReportFacts) -> Reply:
    return Reply(_("Questions on which experts stably disagree are results of their own, with their camps and reasons; what stayed open is named."),
                 ("dissent", "agreement", "reasons"))


def group_analysis(facts: ReportFacts) -> Reply:
    text = _("Figures are given for everybody, with each panel weighing the same, by theatre and by panel; gaps between panels are tested and corrected.")
    return Reply(text, ("methods-analysis", "gaps", "roles", "pools"))


def departures(facts: ReportFacts) -> Reply:
    if not facts.departures:
        return Reply(_("No question was added to, or judged by other rules than, the registered plan."), ("methods-rules", "record"),
                     _("Explain anything else that went otherwise than planned."))
    text = ngettext("%(count)s departure from the registered rules is listed.", "%(count)s departures from the registered rules are listed.", facts.departures)
    return Reply(text % {"count": count(facts.departures)}, ("methods-rules", "record"), _("Explain why they were necessary."))


def results(facts: ReportFacts) -> Reply:
    return Reply(_("Every question’s latest figures and verdict, its path over the rounds, the gaps and what experts wrote; the file aggregates.csv has "
                   "every figure of every round."),
                 ("agreement", "dissent", "gaps", "roles", "pools", "questions", "paths"))


def final_results(facts: ReportFacts) -> Reply:
    return Reply(_("The latest figures and verdict of every question, in a table and in words."), ("agreement", "dissent", "questions"))


def modified(facts: ReportFacts) -> Reply:
    text = _("Dropped before the last round: %(dropped)s questions; reworded: %(reworded)s. When and why is recorded.")
    return Reply(text % {"dropped": count(facts.dropped), "reworded": count(facts.reworded)}, ("record-wordings", "record-decisions"))


def bias(facts: ReportFacts) -> Reply:
    text = (_("Scales start empty, nobody’s answer is carried forward, reasons are shown only where a moderator let them through, "
              "and every verdict was also worked out without each ally and as if those who left had stayed.") if facts.is_complete else
            _("Scales start empty, nobody’s answer is carried forward, and reasons are shown only where a moderator let them through."))
    return Reply(text, ("methods-disclosure", "methods-questionnaire", "methods-analysis"), _("Say who organized and moderated, and with which interests."))


def reliability(facts: ReportFacts) -> Reply:
    return Reply(_("How stable answers are between rounds, and how sure figures are, is reported; how each verdict hangs on its rule or on an ally is in "
                   "the files sensitivity.csv and influence.csv."),
                 ("story", "agreement", "methods-analysis"), _("Judge what this means for the results."))


def highlights(facts: ReportFacts) -> Reply:
    return Reply(_("What came out is told first, in a minute."), ("summary",), _("Say what it means."))


def conclusions(facts: ReportFacts) -> Reply:
    return Reply(_("Agreement, stability and disagreement are told apart, so that conclusions can rest on each."), ("summary", "agreement", "dissent"),
                 _("Draw the conclusions."))


def information(facts: ReportFacts) -> Reply:
    text = _("What experts read before they began is printed.") if facts.has_information else ""
    return Reply(text, ("methods-design",), _("Say what else was given to them, and on what evidence it rests."))


def accessible(facts: ReportFacts) -> Reply:
    text = ngettext("The questionnaire was offered in %(count)s language, on any device, by keyboard and with screen readers.",
                    "The questionnaire was offered in %(count)s languages, on any device, by keyboard and with screen readers.", facts.languages)
    return Reply(text % {"count": count(facts.languages)}, ("methods-questionnaire",), _("Say what else was done so that everybody could take part."))


def organizers(facts: ReportFacts) -> Reply:
    text = _("Who carried out the study is named.") if facts.has_organisation else ""
    return Reply(text, ("study", "authors-contributions"), _("Name those who directed it, with their fields and what each did."))


def published(facts: ReportFacts) -> Reply:
    return Reply(_("The report is a file of its own, in the study’s languages, with all figures as files beside it."), (),
                 _("Say where it is published and how it is put to use."))
