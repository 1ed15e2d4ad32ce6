"""What a report says to the questions that the checklists share, written from the facts of the study."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.checklists.item import Reply
from analysis.report.facts import ReportFacts
from analysis.report.wording import count, listed


def authors(add: str | Promise, *places: str) -> Callable[[ReportFacts], Reply]:
    """What no data can say."""
    return lambda facts: Reply("", places, str(add))


def with_more(reply: Callable[[ReportFacts], Reply], add: str | Promise) -> Callable[[ReportFacts], Reply]:
    """An answer from the data to which authors must add something."""

    def both(facts: ReportFacts) -> Reply:
        said = reply(facts)
        return Reply(said.text, said.places, joined(said.add, str(add)))

    return both


def joined(*sentences: str) -> str:
    """Those that are true of the study."""
    return " ".join(sentence for sentence in sentences if sentence)


def title(facts: ReportFacts) -> Reply:
    return Reply(_("The first page calls the report one of a Delphi study."), (), _("Say so in the title of a publication, too."))


def aim(facts: ReportFacts) -> Reply:
    text = ""
    if facts.has_aim:
        text = (_("The study’s aim is stated, with who carried it out, its panels and its languages.") if facts.has_organisation else
                _("The study’s aim is stated, with its panels and its languages."))
    return Reply(text, ("study",), _("Say for whom the results are.") if facts.has_aim else _("State the aim, for whom the results are, and for which region."))


def in_short(facts: ReportFacts) -> Reply:
    return Reply(_("The report begins with a summary in whole sentences."), ("summary",), _("Shape it as the journal or publisher asks."))


def process(facts: ReportFacts) -> Reply:
    text = ngettext("%(count)s round was held and counted.", "%(count)s rounds were held and counted.", facts.rounds) % {"count": count(facts.rounds)}
    return Reply(joined(text, _("Design, questionnaire and feedback are described.")), ("methods-design", "methods-questionnaire", "methods-feedback"))


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
    if not any(facts.invited):
        return Reply("", ("flow",), _("Say how many were invited in each round, and how many answered."))
    text = _("Invited in the rounds: %(invited)s; answered: %(answered)s. Panel by panel in the flow.")
    numbers = {"invited": _listed(facts.invited), "answered": _listed(facts.answered)}
    return Reply(text % numbers, ("flow", "study-rounds"))


def _listed(numbers: tuple[int | None, ...]) -> str:
    return ", ".join(count(number) for number in numbers)


def described(facts: ReportFacts) -> Reply:
    """Participants with who they are."""
    return with_more(participants, _("Describe the experts: fields, posts, years of experience, and whatever else matters."))(facts)


def flow(facts: ReportFacts) -> Reply:
    if not any(facts.invited):
        return Reply("", ("flow",), _("Draw who was invited and who answered, round by round."))
    text = (_("A chart shows who was invited, answered, left and joined, by panel and round.") if facts.rounds > 1 else
            _("A chart shows who was invited and who answered, by panel."))
    return Reply(text, ("flow",))


def panels(facts: ReportFacts) -> Reply:
    text = ngettext("Experts belong to %(count)s panel, which was fixed before the answers came in.",
                    "Experts belong to %(count)s panels, which were fixed before the answers came in.", facts.panels)
    return Reply(text % {"count": count(facts.panels)}, ("study-panels", "methods-design"),
                 _("Say what made somebody an expert, how many were looked for and why, and who chose them."))


def recruited(facts: ReportFacts) -> Reply:
    again = ""
    if facts.rounds > 1:
        again = (_("Every round invited all who had not left.") if facts.everybody_again else
                 _("Later rounds invited those who had answered the round before, and whoever was added while they were open."))
    return Reply(again, ("methods-design",), _("Say how experts were first found and asked."))


def questionnaire(facts: ReportFacts) -> Reply:
    text = _("Questions: %(questions)s; of these %(reasons)s asked for a reason, %(confidence)s for the expert’s confidence, and open were %(open)s. "
             "Kinds, sections and every wording are listed.")
    numbers = {"questions": count(facts.questions), "reasons": count(facts.asking_reasons), "confidence": count(facts.asking_confidence),
               "open": count(facts.open_questions)}
    return Reply(text % numbers, ("methods-questionnaire", "questions", "record-wordings"))


def aims_of_rounds(facts: ReportFacts) -> Reply:
    return Reply(_("What each round asked, and what came of it, is told round by round."), ("story",), _("Say what each round was meant to reach."))


def consensus(facts: ReportFacts) -> Reply:
    if "consensus" not in facts.rules:
        return Reply("", ("methods-rules",), _("Say what counts as consensus here: the study registered no rule of it."))
    if not facts.rules_fixed_on:
        return Reply(_("The rules of consensus and stability are stated."), ("methods-rules",))
    text = (_("Consensus and stability are judged by rules that were fixed on %(day)s, before the first answer, and can be checked by their hash.")
            if "stability" in facts.rules else
            _("Consensus is judged by rules that were fixed on %(day)s, before the first answer, and can be checked by their hash."))
    return Reply(text % {"day": facts.rules_fixed_on}, ("methods-rules",))


def consensus_and_why(facts: ReportFacts) -> Reply:
    return with_more(consensus, _("Say why these rules."))(facts) if "consensus" in facts.rules else consensus(facts)


def registration(facts: ReportFacts) -> Reply:
    """The study file's rules are registered when round 1 opens; a protocol stands elsewhere."""
    said = consensus(facts) if "consensus" in facts.rules else Reply("", ("methods-rules",))
    return Reply(said.text, said.places, _("Say where the protocol was registered, with a link, or that it was not."))


def asked_again(facts: ReportFacts) -> Reply:
    text = (_("The report tells which questions were asked again, dropped, reworded or added.") if facts.rounds > 1 else
            _("One round is counted; no question was asked again."))
    return Reply(text, ("record-decisions", "record-wordings", "story"))


def stopping(facts: ReportFacts) -> Reply:
    has_rule = "stability" in facts.rules and facts.rules_fixed_on
    text = joined(_("Stability has a rule that was fixed before."), _("What became stable is told round by round.") if facts.rounds > 1 else "")
    return Reply(text if has_rule else "", ("methods-rules", "story"), _("Say why the study ended after its last round."))


def alone(facts: ReportFacts) -> Reply:
    if not facts.answered_here:
        return Reply("", ("methods-design",), _("Say how answers were collected, and whether experts were alone or in a group."))
    return Reply(_("Experts are asked alone, online and in their own time."), ("methods-design", "methods-questionnaire"),
                 _("Say if there were meetings beside it."))


def analysis(facts: ReportFacts) -> Reply:
    return Reply(_("What was computed, and with which software and versions, is stated."), ("methods-analysis",),
                 _("Say how open answers and reasons were read and summed up.") if facts.open_questions or facts.asking_reasons else "")


def feedback(facts: ReportFacts) -> Reply:
    if facts.rounds < 2:
        return _not_fed_back()
    return Reply(_("What the study shows experts of each other’s answers and reasons between the rounds is listed; "
                   "it is frozen before the round that shows it opens."), ("methods-feedback",))


def _not_fed_back() -> Reply:
    return Reply(_("One round is counted; nothing was fed back before it."), ("methods-feedback",))


def by_groups(facts: ReportFacts) -> Reply:
    if facts.rounds < 2:
        return _not_fed_back()
    said = {"all_panels": _("Feedback shows everybody and each panel."), "own_panel": _("Feedback shows everybody and the expert’s own panel.")}
    text = said.get(facts.feedback["distribution"], _("Feedback shows no figures of groups."))
    return Reply(text, ("methods-feedback",))


def anonymity(facts: ReportFacts) -> Reply:
    told = {
        "peers": _("Experts were promised that no other expert learns who answered what."),
        "organizers": _("Experts were promised that the organizers do not learn who answered what: names are kept apart from answers."),
    }
    texts = [text for promised, text in told.items() if promised in facts.anonymity]
    if facts.minimum > 1:
        texts.append(_("Published figures rest on at least %(minimum)s answers.") % {"minimum": count(facts.minimum)})
    return Reply(" ".join(texts), ("methods-disclosure",), "" if texts else _("Say what experts were promised."))


def dissent(facts: ReportFacts) -> Reply:
    text = joined(
        _("Questions on which experts stably disagree are results of their own.") if "dissent" in facts.sections else "",
        _("What is agreed and what is open is listed question by question.") if "agreement" in facts.sections and facts.rules else "",
        _("Reasons and open answers are quoted.") if "reasons" in facts.sections else "")
    return Reply(text, ("dissent", "agreement", "reasons"), "" if text else _("Say how dissent and unclear results were dealt with."))


def group_analysis(facts: ReportFacts) -> Reply:
    if facts.panels < 2:
        return Reply(_("There is one panel; no groups are compared, and every expert weighs the same."), ("methods-analysis",))
    groups = (_("Figures are given for everybody, with each panel weighing the same, by theatre and by panel.") if facts.theatres else
              _("Figures are given for everybody, with each panel weighing the same, and by panel."))
    tested = _("Gaps between panels are tested and corrected.") if "gaps" in facts.sections else ""
    return Reply(joined(groups, tested), ("methods-analysis", "gaps", "roles", "pools"))


def departures(facts: ReportFacts) -> Reply:
    if not facts.departures and not (facts.rules and facts.rules_fixed_on):
        return Reply("", ("record",), _("Say what went otherwise than planned."))
    if not facts.departures:
        return Reply(_("No question was added after the rules were registered, or judged by other rules."), ("methods-rules", "record"),
                     _("Explain anything else that went otherwise than planned."))
    text = ngettext("%(count)s departure from the registered rules is listed.", "%(count)s departures from the registered rules are listed.", facts.departures)
    return Reply(text % {"count": count(facts.departures)}, ("methods-rules", "record"), _("Explain why they were necessary."))


def results(facts: ReportFacts) -> Reply:
    told = {"questions": _("every question’s latest figures"), "agreement": _("verdicts") if facts.rules else "", "paths": _("the answers over the rounds"),
            "gaps": _("gaps between the panels"), "roles": _("role expectations"), "pools": _("estimates drawn together"),
            "reasons": _("what experts wrote")}
    held = listed(words for section, words in told.items() if words and section in facts.sections)
    text = _("The report holds: %(results)s.") % {"results": held} if held else ""
    return Reply(joined(text, _("The file aggregates.csv has every published figure of every round.")),
                 ("agreement", "dissent", "gaps", "roles", "pools", "questions", "paths"))


def modified(facts: ReportFacts) -> Reply:
    text = _("Questions dropped before the last round: %(dropped)s; reworded: %(reworded)s.") % {
        "dropped": count(facts.dropped), "reworded": count(facts.reworded)}
    when = _("Which, and between which rounds, is recorded.") if facts.dropped or facts.reworded else ""
    return Reply(joined(text, when), ("record-wordings", "record-decisions"), _("Say why.") if when else "")


def bias(facts: ReportFacts) -> Reply:
    tried = facts.is_complete and "consensus" in facts.rules and facts.panels > 1 and facts.rounds > 1
    text = joined(
        _("A question that is asked for the first time starts empty.") if facts.answered_here else "",
        _("Nobody’s answer is carried forward.") if facts.rounds > 1 else "",
        _("Reasons are shown only where a moderator let them through.") if facts.asking_reasons and facts.feedback["reasons"] == "moderated" else "",
        _("Every verdict was also worked out without each ally and as if those who left had stayed.") if tried else "")
    return Reply(text, ("methods-disclosure", "methods-questionnaire", "methods-analysis"), _("Say who organized and moderated, and with which interests."))


def reliability(facts: ReportFacts) -> Reply:
    has_verdicts = "consensus" in facts.rules
    text = joined(
        _("How much answers changed between the rounds is reported.") if facts.rounds > 1 else "",
        _("How each verdict hangs on its rule is in the file sensitivity.csv.") if has_verdicts else "",
        _("How it hangs on single allies is in the file influence.csv.") if has_verdicts and facts.panels > 1 else "")
    return Reply(text, ("story", "agreement", "methods-analysis"), _("Judge how reliable the results are."))


def highlights(facts: ReportFacts) -> Reply:
    return Reply(_("What came out is told first, in a minute."), ("summary",), _("Say what it means."))


def conclusions(facts: ReportFacts) -> Reply:
    text = _("Agreement, stability and disagreement are told apart, so that conclusions can rest on each.") if len(facts.rules) == 2 else ""
    return Reply(text, ("summary", "agreement", "dissent"), _("Draw the conclusions."))


def information(facts: ReportFacts) -> Reply:
    text = _("What experts are given to read before they begin is printed.") if facts.has_information else ""
    return Reply(text, ("methods-design",), _("Say what else was given to them, and on what evidence it rests.") if text else
                 _("Say what was given to them, and on what evidence it rests."))


def accessible(facts: ReportFacts) -> Reply:
    if not facts.answered_here:
        return Reply("", ("methods-questionnaire",), _("Say what was done so that everybody could take part."))
    text = ngettext("The questionnaire was offered in %(count)s language, on any device, by keyboard and with screen readers.",
                    "The questionnaire was offered in %(count)s languages, on any device, by keyboard and with screen readers.", facts.languages)
    return Reply(text % {"count": count(facts.languages)}, ("methods-questionnaire",), _("Say what else was done so that everybody could take part."))


def organizers(facts: ReportFacts) -> Reply:
    text = _("Who carried out the study is named.") if facts.has_organisation else ""
    return Reply(text, ("study", "authors-contributions"), _("Name those who directed it, with their fields and what each did."))


def published(facts: ReportFacts) -> Reply:
    return Reply(_("The report is a file of its own, in the study’s languages, with all figures as files beside it."), (),
                 _("Say where it is published and how it is put to use."))
