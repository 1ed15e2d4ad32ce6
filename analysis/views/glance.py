"""A round at a glance: the first page of its results, in plain words."""

from django.http import HttpRequest, HttpResponse

from analysis.exports.aggregates import published_rows
from analysis.results.glance import PROTECTED, by_class, most_moved, questions_of, together_of
from analysis.results.glance_words import between_in_words, class_in_words, in_short, moved_in_words, next_in_words, people_by_panel, stillness_in_words
from analysis.views.results import RoundTab, shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import study_page, study_response


@study_page("see_results")
def round_glance(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """What a round says, in a minute (4 queries)."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    questions = questions_of(published_rows(study, number, group_type="all"))
    classes, together = by_class(questions), together_of(run)
    people, is_last = people_by_panel(study, run, together), is_latest(study, rounds, number)
    context = {
        "rounds": rounds, "study_round": study_round, "run": run, "page": "results", "in_short": in_short(len(questions), people),
        "classes": [class_in_words(study, name, held) for name, held in classes.items()],
        "moved": [moved_in_words(study, question) for question in most_moved(questions)],
        "not_moved": stillness_in_words(questions), "is_last": is_last, "next": next_in_words(classes) if is_last and number != study.maximum_rounds else "",
        "protected": sum(question.outcome == PROTECTED for question in questions),
        "between": between_in_words(together), "people": people, "has_attrition": bool(together.attrition),
        "compared_with": (together.everybody or {}).get("previous_round"), "further_are_there": together.are_there,
    }
    return study_response(request, access, "analysis/glance.html", context)


def is_latest(study: Study, rounds: list[RoundTab], number: int) -> bool:
    """Is it the last round that was opened, and does the study go on?"""
    return number == rounds[-1].number and not rounds[-1].is_followed and study.finished_at is None
