"""Which kind of question? Plain words for what each is for, with an example, before the form of the one that is chosen."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.items import KINDS
from surveys.permissions import Access
from surveys.studyfile.editing import section_place
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.problems import address
from surveys.views.organizer.builder.words import said
from surveys.views.organizer.scope import study_page
from surveys.workflow.drafts import read_draft


@dataclass(frozen=True)
class KindCard:
    """`purpose`: when to choose it; `example`: a question of this kind; `answer`: what its answer looks like."""

    kind: str
    purpose: str | Promise
    example: str | Promise
    answer: str | Promise


CARDS: tuple[KindCard, ...] = (
    KindCard("rating", _("A judgement on an ordered scale of words or points."), _("How grave would a blockade be for your country?"),
             _("one point from “no effect” to “extreme”")),
    KindCard("probability", _("How likely something is, in per cent."), _("A blockade lasts a week or more before the end of 2032"), _("35 %")),
    KindCard("number", _("A quantity with its unit: days, euros, ships."), _("After how many days would reserves be short?"), _("90 days")),
    KindCard("quantiles", _("A quantity together with how uncertain it is."), _("How many days until the first convoy arrives?"),
             _("probably 20, with 5 and 60 as limits")),
    KindCard("choice", _("One of several options."), _("Who should speak first for the allies?"), _("one option")),
    KindCard("choices", _("All options that apply."), _("Which of these steps would your country support?"), _("none, one or several options")),
    KindCard("ranking", _("Options in order of importance."), _("Order these capabilities by how much they deter."), _("first, second, third and so on")),
    KindCard("allocation", _("A fixed number of points shared among options."), _("Share 100 points of the common budget among these tasks."),
             _("60, 30 and 10 points")),
    KindCard("grid", _("The same scale for many pairs, such as allies and tasks."), _("How large a part should each ally take in each task?"),
             _("a rating in each cell of a table")),
    KindCard("plane", _("Two ratings at once on a map, such as likelihood and gravity."), _("Place this event by likelihood and by gravity."),
             _("one point on a map")),
    KindCard("text", _("An answer in the expert's own words; nothing is counted."), _("What did we forget to ask?"), _("a text")),
)


def cards() -> list[KindCard]:
    """The registry's kinds; one that has no words yet comes last, by its name alone."""
    known = {card.kind: card for card in CARDS}
    return [*CARDS, *(KindCard(kind, "", "", "") for kind in KINDS if kind not in known)]


@study_page("edit_study")
def choose(request: HttpRequest, access: Access, section: str) -> HttpResponse:
    draft = read_draft(access.study)
    try:
        place = section_place(draft.definition, section)
    except LookupError:
        raise Http404 from None
    title = said(draft.definition["questionnaire"][place].get("title"), draft.definition) or section
    context = {"cards": cards(), "section_title": title, "address": address("build-item-new", access.study.slug, section)}
    return builder_response(request, access, draft, "kinds", context, part="build")
