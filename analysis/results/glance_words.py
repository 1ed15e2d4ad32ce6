"""A round at a glance in plain words: for the page and for the report."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.models import AnalysisRun, ItemResult
from analysis.results.glance import PROTECTED, Question, Together, still_open
from analysis.results.lines import rounded
from analysis.results.part_words import in_parts
from analysis.results.pictures import WITHOUT_ORDER
from analysis.results.value_words import ValueWords, percent
from analysis.stored_tables import Values
from surveys.items import resolve_item
from surveys.models import Panel, Study
from surveys.queries import progress_by_panel
from surveys.templatetags.organizer import marked

MOST = 0.5
Texts = tuple[str | Promise, str | Promise]
CLASSES: dict[str, Texts] = {
    "stable_consensus": (gettext_lazy("Agreed, and settled"), gettext_lazy(
        "The experts agree, and the answers as a whole hardly changed: "
        "by the registered rule they have settled.")),
    "unstable_consensus": (gettext_lazy("Agreed, still moving"), gettext_lazy(
        "The experts agree in this round, but by the registered rule the answers have not settled.")),
    "stable_dissent": (gettext_lazy("Not agreed, and settled"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for, and as a whole hardly changed. "
        "That is a finding of its own.")),
    "unstable_dissent": (gettext_lazy("Not agreed, still moving"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for, and by the registered rule they have not settled.")),
    "mixed": (gettext_lazy("Different from part to part"), gettext_lazy(
        "These questions have several parts, which came out differently: in agreement, in whether they are settled, or in whether that can be told.")),
    "reached": (gettext_lazy("Agreed so far"), gettext_lazy(
        "The experts agree. "
        "Whether that is settled can only show when the same question is asked twice.")),
    "not_reached": (gettext_lazy("Not agreed so far"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for. "
        "Whether that is settled can only show when the same question is asked twice.")),
    "reached_again": (gettext_lazy("Agreed in this round"), gettext_lazy(
        "The experts agree. "
        "The same question was asked before, but whether the answers have settled can’t be told.")),
    "not_reached_again": (gettext_lazy("Not agreed in this round"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for. "
        "The same question was asked before, but whether the answers have settled can’t be told.")),
    "not_assessed": (gettext_lazy("Not judged"), gettext_lazy(
        "Whether the experts agree is not judged: the study has no rule for it, or the rule can’t be applied to the answers that there are.")),
    "protected": (gettext_lazy("Protected"), gettext_lazy("Showing the figures could give somebody away.")),
}
NARROWING: dict[str, str | Promise] = {
    "narrows": gettext_lazy("Since the questions were last asked the allies have come closer to each other."),
    "widens": gettext_lazy("Since the questions were last asked the allies have moved apart."),
    "no_clear_change": gettext_lazy("Since the questions were last asked, how far the allies lie apart has not clearly changed."),
    "not_assessed": gettext_lazy("Whether that changed since the questions were last asked can’t be judged: no two panels have enough answers in both rounds."),
}
TOGETHER: dict[str, str | Promise] = {
    "closer": gettext_lazy("Taken together, the experts of the panels compared have moved closer to each other."),
    "apart": gettext_lazy("Taken together, the experts of the panels compared have moved apart."),
    "": gettext_lazy("Taken together, the experts of the panels compared have clearly moved neither closer nor apart."),
}
UNTOLD = gettext_lazy("Whether that changed since the questions were last asked can’t be told without giving somebody away.")
CAUSES: dict[str, str | Promise] = {
    "revision": gettext_lazy("Mainly because experts changed their answers."),
    "left": gettext_lazy("Mainly because of who left."),
    "joined": gettext_lazy("Mainly because of who joined."),
}
CAUSE_UNKNOWN = gettext_lazy("Why can’t be told: of a panel, fewer than two experts answered in both rounds.")


def in_short(number_of_questions: int, people: list[dict[str, Any]]) -> str:
    """Who took part, and in how much: the first sentence of the page."""
    if not number_of_questions:
        return _("This round asked no question whose answers are counted. What experts wrote stands with each question.")
    said = {"answered": sum(row["answered"] for row in people), "invited": sum(row["invited"] for row in people), "panels": len(people),
            "questions": ngettext("%(n)s question", "%(n)s questions", number_of_questions) % {"n": number_of_questions}}
    return ngettext("%(answered)s of %(invited)s invited experts answered, in %(panels)s panel. Here is what came out of %(questions)s.",
                    "%(answered)s of %(invited)s invited experts answered, in %(panels)s panels. Here is what came out of %(questions)s.", len(people)) % said


def class_in_words(study: Study, name: str, questions: list[Question]) -> dict[str, Any]:
    title, meaning = CLASSES[name]
    return {"name": name, "title": title, "meaning": meaning, "count": len(questions), "questions": [question_in_words(study, held) for held in questions]}


def question_in_words(study: Study, question: Question) -> dict[str, Any]:
    return {"code": question.item.code, "text": marked(study, question.definition["text"]), "said": said_in_words(study, question)}


def said_in_words(study: Study, question: Question) -> str:
    """What the answer was: that experts agree on a sentence does not tell whether they agree with it."""
    words = ValueWords(study, resolve_item(question.definition, study.settings))
    if question.told:
        judged = parts_in_words(question) if question.parts > 1 else ""
        return ". ".join(filter(None, (in_parts(words, question.told), judged)))
    figures = question.figures[0] if question.figures else {}
    if question.level in WITHOUT_ORDER and figures.get("modal"):
        return _("commonest answer: %(answer)s (%(percent)s %%)") % {
            "answer": words.modal_said("", question.level, figures["modal"]), "percent": percent(figures["modal_share"])}
    if figures.get("median") is None:
        return ""
    middle, low, high = (words.value("", question.level, figures[name]) for name in ("median", "q1", "q3"))
    if is_outside(figures):
        return _("most (%(percent)s %%) answered %(middle)s, which the rule does not count as agreement") % {
            "percent": percent(figures["modal_share"]), "middle": middle}
    if low == high:
        return _("middle answer: %(middle)s") % {"middle": middle}
    return _("middle answer: %(middle)s; middle half from %(low)s to %(high)s") % {"middle": middle, "low": low, "high": high}


def parts_in_words(question: Question) -> str:
    """Of those that may be told. Whether they are settled is told once it can be."""
    if not question.figures:
        return ""
    said = {"agreed": question.agreed, "parts": len(question.figures), "settled": question.settled, "hidden": question.protected}
    is_settling = any(figures.get("stability") in ("stable", "unstable") for figures in question.figures)
    found = _("%(agreed)s of %(parts)s parts agreed, %(settled)s settled") if is_settling else _("%(agreed)s of %(parts)s parts agreed")
    words = found % said
    return _("%(answer)s (%(hidden)s protected)") % {"answer": words, **said} if question.protected else words


def is_outside(figures: Mapping[str, Any]) -> bool:
    """Did most give the middle answer, and does the rule count agreement elsewhere, as at the ends of the scale? Then “not agreed” alone would mislead."""
    share, value = figures.get("modal_share") or 0.0, figures.get("rule_value")
    is_banded = figures.get("consensus_rule") == "percent_agreement" and figures.get("consensus") == "not_reached"
    return is_banded and value is not None and share > max(value, MOST)


def moved_in_words(study: Study, question: Question) -> dict[str, Any]:
    said = _("about %(percent)s %% changed their answer") if question.is_rough else _("%(percent)s %% changed their answer")
    changed = said % {"percent": number_format(rounded(question.percent_changed or 0.0, 0), 0)}
    return {**question_in_words(study, question), "changed": on_average(question, changed)}


def on_average(question: Question, changed: str) -> str:
    """Who changed one part of four changed the answer; a mean over the parts must not read as if it told of people."""
    return _("%(changed)s, on average over its parts") % {"changed": changed} if len(question.changes) > 1 else changed


def stillness_in_words(questions: Iterable[Question]) -> str:
    """Where nothing moved: asked for the first time, nobody changed, or it can't be told."""
    again = [question for question in questions if question.was_asked_before]
    if not again:
        return _("Movement shows when the same questions are asked again.")
    if any(question.percent_changed is not None for question in again):
        return _("On no question, as far as that can be told, did anybody who answered twice change the answer.")
    return _("How many changed their answers can’t be told.")


def next_in_words(classes: Mapping[str, list[Question]]) -> str:
    """How many questions another round could change, and where they stand; nothing without questions that are counted."""
    unsettled = [name for name in classes if still_open(classes[name])]
    left, asked = sum(still_open(classes[name]) for name in unsettled), sum(map(len, classes.values()))
    if not left:
        return settled_in_words(classes) if asked else ""
    where = ", ".join(_("“%(title)s”") % {"title": CLASSES[name][0]} for name in unsettled)
    could = ngettext("%(left)s of %(asked)s question could still change in another round.",
                     "%(left)s of %(asked)s questions could still change in another round.", asked) % {"left": left, "asked": asked}
    stands = ngettext("It stands under %(where)s.", "They stand under %(where)s.", left) % {"where": where}
    return f"{could} {stands}"


def settled_in_words(classes: Mapping[str, list[Question]]) -> str:
    """Where none is open. What is protected, or not judged, may be settled or not; nothing is said of it."""
    if list(classes) == [PROTECTED]:
        return _("Nothing may be told of the questions without giving somebody away. More answers from each panel could change that.")
    untold = sum(not question.is_settled for name, held in classes.items() for question in held if name != PROTECTED)
    if untold:
        return ngettext("Of %(untold)s question it can’t be told whether the answers have settled.",
                        "Of %(untold)s questions it can’t be told whether the answers have settled.", untold) % {"untold": untold}
    if PROTECTED in classes:
        return _("By the registered rules every question that may be told is settled.")
    return _("By the registered rules every question is settled.")


def between_in_words(together: Together) -> dict[str, Any] | None:
    """How much of the disagreement lies between the allies, whether that narrows, and why."""
    row = together.disagreement
    if row is None:
        return None
    share, low, high = (None if row[name] is None else percent(max(0.0, row[name]))
                        for name in ("between_share", "between_share_low", "between_share_high"))
    return {"share": share, "low": low, "high": high, "narrowing": narrowing_in_words(row), "cause": cause_in_words(row),
            "together": together_in_words(row)}


def narrowing_in_words(row: Values) -> str | Promise:
    """Nothing where there is no earlier round; tables stored before there was a cause_status have none."""
    return UNTOLD if row.get("cause_status") == "protected" else NARROWING.get(row["verdict"] or "", "")


def cause_in_words(row: Values) -> str | Promise:
    return CAUSE_UNKNOWN if row.get("cause_status") == "insufficient_n" else CAUSES.get(row["main_cause"] or "", "")


def together_in_words(row: Values) -> str | Promise:
    """Of the mean distance of any two experts, by the interval of its change; nothing where that is not told."""
    low, high = row.get("total_change_low"), row.get("total_change_high")
    if low is None or high is None:
        return ""
    return TOGETHER["closer" if high < 0 else "apart" if low > 0 else ""]


def people_by_panel(study: Study, run: AnalysisRun, together: Together) -> list[dict[str, Any]]:
    """Each panel's invited and answered, as panels.csv has them, and who stayed, left and joined since the round compared with (1 query, 2 without rows)."""
    of_panels = ItemResult.objects.filter(run=run, group_type="panel")
    first = of_panels.order_by("asked_item__position", "component_position")
    name = Panel.objects.filter(study=study, code=OuterRef("group")).values("name")[:1]
    rows = of_panels.filter(asked_item=first.values("asked_item")[:1], component=first.values("component")[:1]).annotate(panel_name=Subquery(name))
    told = [(row.group, row.panel_name, row.figures["n_invited"], row.figures["n_submitted"]) for row in rows.order_by("group_position")]
    if not told:  # a round of open questions alone
        told = [(row["panel"].code, row["panel"].name, row["invited"], row["submitted"]) for row in progress_by_panel(run.round)]
    return [{"name": marked(study, name) or code, "invited": invited, "answered": answered, "share": percent(answered / invited) if invited else "0",
             "since": together.attrition.get(code)} for code, name, invited, answered in told]
