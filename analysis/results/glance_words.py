"""A round at a glance in plain words: for the page and for the report."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.models import ItemResult
from analysis.results.glance import PROTECTED, Question, Together, still_open
from analysis.results.lines import rounded
from analysis.results.value_words import WITHOUT_ORDER, ValueWords, percent
from analysis.stored_tables import Values
from surveys.items import resolve_item
from surveys.models import Panel, Study
from surveys.templatetags.organizer import marked

MOST = 0.5
Texts = tuple[str | Promise, str | Promise]
CLASSES: dict[str, Texts] = {
    "stable_consensus": (gettext_lazy("Agreed, and settled"), gettext_lazy(
        "The experts agree, and hardly changed their answers. "
        "Asking again would bring little.")),
    "unstable_consensus": (gettext_lazy("Agreed, still moving"), gettext_lazy(
        "The experts agree in this round, but many changed their answers. "
        "Another round shows whether it holds.")),
    "stable_dissent": (gettext_lazy("Divided, and settled"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for, and hardly changed. "
        "That is a finding of its own.")),
    "unstable_dissent": (gettext_lazy("Divided, still moving"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for, and many experts changed theirs. "
        "Another round can bring them together, or show the camps.")),
    "mixed": (gettext_lazy("Different from part to part"), gettext_lazy(
        "These questions have several parts, which came out differently: some agreed and some not, or some settled and some not.")),
    "reached": (gettext_lazy("Agreed so far"), gettext_lazy(
        "The experts agree. "
        "Whether that is settled shows when the same question is asked twice.")),
    "not_reached": (gettext_lazy("Not agreed so far"), gettext_lazy(
        "The answers fall short of the agreement that the rule asks for. "
        "Whether that is settled shows when the same question is asked twice.")),
    "not_assessed": (gettext_lazy("Not judged"), gettext_lazy("No rule of this study says when such answers agree.")),
    "protected": (gettext_lazy("Protected"), gettext_lazy("Too few answers to show without giving someone away.")),
}
NARROWING: dict[str, str | Promise] = {
    "narrows": gettext_lazy("Since the last round the allies have come closer to each other."),
    "widens": gettext_lazy("Since the last round the allies have moved apart."),
    "no_clear_change": gettext_lazy("Since the last round that has not clearly changed."),
    "not_assessed": gettext_lazy("Whether that changed since the last round can’t be judged: no two panels have enough answers in both rounds."),
}
UNTOLD = gettext_lazy("Whether that changed since the last round can’t be told without giving somebody away.")
CAUSES: dict[str, str | Promise] = {
    "revision": gettext_lazy("Mainly because experts changed their answers."),
    "left": gettext_lazy("Mainly because of who left."),
    "joined": gettext_lazy("Mainly because of who joined."),
}
CAUSE_UNKNOWN = gettext_lazy("Why can’t be told: of a panel, fewer than two experts answered in both rounds.")


def in_short(number_of_questions: int, people: list[dict[str, Any]]) -> str:
    """Who took part, and in how much: the first sentence of the page."""
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
    if question.parts > 1:
        return parts_in_words(question)
    figures = question.figures[0] if question.figures else {}
    words = ValueWords(study, resolve_item(question.definition, study.settings))
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
    """Whether its parts are settled is told once they can be."""
    said = {"agreed": question.agreed, "parts": question.parts, "settled": question.settled}
    if any(figures.get("stability") in ("stable", "unstable") for figures in question.figures):
        return _("%(agreed)s of %(parts)s parts agreed, %(settled)s settled") % said
    return _("%(agreed)s of %(parts)s parts agreed") % said


def is_outside(figures: Mapping[str, Any]) -> bool:
    """Did most give the middle answer, and does the rule count agreement elsewhere, as at the ends of the scale? Then “not agreed” alone would mislead."""
    share, value = figures.get("modal_share") or 0.0, figures.get("rule_value")
    is_banded = figures.get("consensus_rule") == "percent_agreement" and figures.get("consensus") == "not_reached"
    return is_banded and value is not None and share > max(value, MOST)


def moved_in_words(study: Study, question: Question) -> dict[str, Any]:
    said = _("about %(percent)s %% changed their answer") if question.is_rough else _("%(percent)s %% changed their answer")
    changed = said % {"percent": number_format(rounded(question.percent_changed or 0.0, 0), 0)}
    return {**question_in_words(study, question), "changed": changed}


def next_in_words(classes: Mapping[str, list[Question]]) -> str:
    """How many questions another round could change, and where they stand."""
    unsettled = [name for name in classes if still_open(classes[name])]
    left, asked = sum(still_open(classes[name]) for name in unsettled), sum(map(len, classes.values()))
    if not left:
        return settled_in_words(classes)
    where = ", ".join(_("“%(title)s”") % {"title": CLASSES[name][0]} for name in unsettled)
    return ngettext("%(left)s of %(asked)s questions could still change in another round. It stands under %(where)s.",
                    "%(left)s of %(asked)s questions could still change in another round. They stand under %(where)s.", left) % {
        "left": left, "asked": asked, "where": where}


def settled_in_words(classes: Mapping[str, list[Question]]) -> str:
    """What is protected may be settled or not; nothing is said of it."""
    if PROTECTED not in classes:
        return _("Every question is settled. Another round would bring little.")
    if len(classes) == 1:
        return _("Nothing may be told of the questions without giving someone away. More answers from each panel would change that.")
    return _("Every question that may be told is settled. Another round would bring little.")


def between_in_words(together: Together) -> dict[str, Any] | None:
    """How much of the disagreement lies between the allies, whether that narrows, and why."""
    row = together.disagreement
    if row is None:
        return None
    share, low, high = (None if row[name] is None else percent(max(0.0, row[name]))
                        for name in ("between_share", "between_share_low", "between_share_high"))
    return {"share": share, "low": low, "high": high, "narrowing": narrowing_in_words(row), "cause": cause_in_words(row)}


def narrowing_in_words(row: Values) -> str | Promise:
    """Nothing where there is no earlier round; tables stored before there was a cause_status have none."""
    return UNTOLD if row.get("cause_status") == "protected" else NARROWING.get(row["verdict"] or "", "")


def cause_in_words(row: Values) -> str | Promise:
    return CAUSE_UNKNOWN if row.get("cause_status") == "insufficient_n" else CAUSES.get(row["main_cause"] or "", "")


def people_by_panel(study: Study, run_id: int, together: Together) -> list[dict[str, Any]]:
    """Each panel's invited and answered, as the published rows say, and who stayed, left and joined since the round before (1 query)."""
    of_panels = ItemResult.objects.filter(run=run_id, group_type="panel")
    first = of_panels.order_by("asked_item__position", "component_position")
    name = Panel.objects.filter(study=study, code=OuterRef("group")).values("name")[:1]
    rows = of_panels.filter(asked_item=first.values("asked_item")[:1], component=first.values("component")[:1]).annotate(panel_name=Subquery(name))
    return [
        {"name": marked(study, row.panel_name) or row.group, "invited": row.figures["n_invited"], "answered": row.figures["n_submitted"],
         "share": percent(row.figures["n_submitted"] / row.figures["n_invited"]) if row.figures["n_invited"] else "0",
         "since": together.attrition.get(row.group)}
        for row in rows.order_by("group_position")
    ]
