"""A round at a glance: the first page of its results, in plain words."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.exports.aggregates import published_rows
from analysis.glance import PROTECTED, Question, Together, by_class, most_moved, questions_of, still_open, together_of
from analysis.models import ItemResult
from analysis.views.results import shown_round
from surveys.models import Panel, Study
from surveys.permissions import Access
from surveys.templatetags.organizer import marked
from surveys.views.organizer.scope import study_page, study_response

Texts = tuple[str | Promise, str | Promise]
CLASSES: dict[str, Texts] = {
    "stable_consensus": (gettext_lazy("Agreed, and settled"), gettext_lazy(
        "The experts agree, and hardly changed their answers. "
        "Asking again would bring little.")),
    "unstable_consensus": (gettext_lazy("Agreed, still moving"), gettext_lazy(
        "The experts agree in this round, but many changed their answers. "
        "Another round shows whether it holds.")),
    "stable_dissent": (gettext_lazy("Divided, and settled"), gettext_lazy(
        "The experts do not agree, and hardly changed their answers. "
        "That is a finding of its own.")),
    "unstable_dissent": (gettext_lazy("Divided, still moving"), gettext_lazy(
        "The experts do not agree, and many changed their answers. "
        "Another round can bring them together, or show the camps.")),
    "mixed": (gettext_lazy("Different from part to part"), gettext_lazy("These questions have answers of several numbers; some are agreed, some are not.")),
    "reached": (gettext_lazy("Agreed so far"), gettext_lazy(
        "The experts agree. "
        "Whether that is settled shows when the same question is asked twice.")),
    "not_reached": (gettext_lazy("Not agreed so far"), gettext_lazy(
        "The experts do not agree. "
        "Whether that is settled shows when the same question is asked twice.")),
    "not_assessed": (gettext_lazy("Not judged"), gettext_lazy("No rule of this study says when such answers agree.")),
    "protected": (gettext_lazy("Protected"), gettext_lazy("Too few answers to show without giving someone away.")),
}
NARROWING: dict[str, str | Promise] = {
    "narrows": gettext_lazy("Since the last round the allies have come closer to each other."),
    "widens": gettext_lazy("Since the last round the allies have moved apart."),
    "no_clear_change": gettext_lazy("Since the last round that has not clearly changed."),
}
CAUSES: dict[str, str | Promise] = {
    "revision": gettext_lazy("Mainly because experts changed their answers."),
    "left": gettext_lazy("Mainly because of who left."),
    "joined": gettext_lazy("Mainly because of who joined."),
}


@study_page("see_results")
def round_glance(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """What a round says, in a minute (4 queries)."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    questions = questions_of(published_rows(study, number, group_type="all"))
    together = together_of(run)
    context = {
        "rounds": rounds, "study_round": study_round, "run": run, "page": "glance", "number_of_questions": len(questions),
        "classes": [class_in_words(study, name, held) for name, held in by_class(questions).items()],
        "moved": [moved_in_words(study, question) for question in most_moved(questions)],
        "open": still_open(questions), "protected": sum(question.outcome == PROTECTED for question in questions),
        "between": between_in_words(together), "people": people_by_panel(study, run.pk, together),
        "has_attrition": bool(together.attrition), "further_are_there": together.are_there, "is_last": study_round == rounds[-1],
    }
    return study_response(request, access, "analysis/glance.html", context)


def class_in_words(study: Study, name: str, questions: list[Question]) -> dict[str, Any]:
    title, meaning = CLASSES[name]
    return {"name": name, "title": title, "meaning": meaning, "count": len(questions), "questions": [question_in_words(study, held) for held in questions]}


def question_in_words(study: Study, question: Question) -> dict[str, Any]:
    parts = ""
    if question.parts > 1:
        parts = _("%(agreed)s of %(parts)s parts agreed") % {"agreed": question.agreed, "parts": question.parts}
    return {"code": question.item.code, "text": marked(study, question.definition["text"]), "parts": parts}


def moved_in_words(study: Study, question: Question) -> dict[str, Any]:
    said = _("about %(percent)s %% changed their answer") if question.is_rough else _("%(percent)s %% changed their answer")
    percent = number_format(round(question.percent_changed or 0), 0)
    return {**question_in_words(study, question), "changed": said % {"percent": percent}}


def between_in_words(together: Together) -> dict[str, Any] | None:
    """How much of the disagreement lies between the allies, whether that narrows, and why."""
    row = together.disagreement
    if row is None:
        return None
    share, low, high = (None if row[name] is None else number_format(round(100 * max(0.0, row[name])), 0)
                        for name in ("between_share", "between_share_low", "between_share_high"))
    return {"share": share, "low": low, "high": high, "narrowing": NARROWING.get(row["verdict"] or "", ""), "cause": CAUSES.get(row["main_cause"] or "", "")}


def people_by_panel(study: Study, run_id: int, together: Together) -> list[dict[str, Any]]:
    """Each panel's invited and answered, as the published rows say, and who stayed, left and joined since the round before (1 query)."""
    of_panels = ItemResult.objects.filter(run=run_id, group_type="panel")
    first = of_panels.order_by("asked_item__position", "component_position")
    name = Panel.objects.filter(study=study, code=OuterRef("group")).values("name")[:1]
    rows = of_panels.filter(asked_item=first.values("asked_item")[:1], component=first.values("component")[:1]).annotate(panel_name=Subquery(name))
    return [
        {"name": marked(study, row.panel_name) or row.group, "invited": row.figures["n_invited"], "answered": row.figures["n_submitted"],
         "share": round(100 * row.figures["n_submitted"] / row.figures["n_invited"]) if row.figures["n_invited"] else 0,
         "since": together.attrition.get(row.group)}
        for row in rows.order_by("group_position")
    ]
