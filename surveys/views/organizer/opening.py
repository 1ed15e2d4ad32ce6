"""Opening a round: choose the items of round 1, deadline and languages; read what will happen; confirm.

From round 2 on the items are decided on one by one: see deciding.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import RoundState
from surveys.exceptions import Refused
from surveys.forms import OpeningForm, OpenRoundForm
from surveys.models import ItemVersion, Round, Study
from surveys.permissions import Access
from surveys.queries import newest_of, panelists_taking_part, responses_that_count, versions_of
from surveys.views.organizer.scope import REFUSED, study_response
from surveys.workflow.rounds import open_round
from surveys.workflow.text_reviews import Completeness, gaps
from surveys.workflow.walk import Walk, obstacle_to, walk_of

TEMPLATE = "surveys/organizer/open_round.html"


@dataclass
class Plan:
    """What the next round of a study can be: read once for the form, the preview and the act.

    `rounds`: all of the study, by number; `walk`: the way to the next one, where there is one.
    """

    study: Study
    rounds: Sequence[Round]
    walk: Walk | None

    @classmethod
    def of(cls, study: Study) -> "Plan":
        rounds = list(study.rounds.order_by("number"))
        return cls(study, rounds, walk_of(study, rounds))

    @property
    def latest(self) -> Round | None:
        opened = [study_round for study_round in self.rounds if study_round.state != RoundState.DRAFT]
        return opened[-1] if opened else None

    @property
    def number(self) -> int:
        return self.latest.number + 1 if self.latest else 1

    @cached_property
    def obstacle(self) -> str:
        """Why no round can open now, in words; "" when one can."""
        return obstacle_to(self.study, self.latest)

    @cached_property
    def versions(self) -> list[ItemVersion]:
        """Of each item the one that this round would ask, in the questionnaire's order (1 query, none on the way to a later round)."""
        return newest_of(versions_of(self.study)) if self.walk is None else [step.version for step in self.walk.steps]

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Each item with its text, its section and its present wording."""
        return [{"item": version.item, "section": version.item.section, "version": version, "text": version.definition["text"]}
                for version in self.versions]

    @cached_property
    def gaps(self) -> dict[str, Completeness]:
        """The languages in which the round does not open unless somebody says so: texts are missing or outdated (2 queries)."""
        return gaps(self.study, self.versions)

    @cached_property
    def invited(self) -> int:
        panelists = panelists_taking_part(self.study)
        if not self.study.invites_everyone and self.latest is not None:
            panelists = panelists.filter(pk__in=responses_that_count(self.latest).values("panelist"))
        return panelists.count()

    def languages(self, allowed: list[str]) -> list[str]:
        return [language for language in self.study.languages if language not in self.gaps or language in allowed]

    def form(self, data: Any = None) -> OpenRoundForm:
        """For round 1: what is asked, until when, and in which languages."""
        language = get_language() or self.study.source_language
        items = [(entry["item"].code, self.study.text(entry["text"], language)) for entry in self.items]
        definitions = [entry["version"].definition for entry in self.items]
        return OpenRoundForm(data, study=self.study, items=items, definitions=definitions, incomplete=self._incomplete,
                             initial={"items": [code for code, _text in items]})

    def terms(self, data: Any = None, draft: Round | None = None) -> OpeningForm:
        """For later rounds: until when and in which languages, as somebody may have chosen them already."""
        kept = {"deadline": draft.deadline_at, "allow_incomplete": [code for code in draft.languages if code in self.gaps]} if draft else {}
        return OpeningForm(data, study=self.study, incomplete=self._incomplete, initial=kept)

    @property
    def _incomplete(self) -> list[tuple[str, str]]:
        return [(code, code) for code in self.gaps]


def open_first(request: HttpRequest, access: Access, plan: Plan) -> HttpResponse:
    """The form of round 1; with POST `step=review` what will happen; with `step=confirm` it happens."""
    if request.method == "POST" and request.POST.get("step") == "confirm":
        return _confirm(request, access, plan)
    if plan.obstacle:
        return obstacle_page(request, access, plan.obstacle, plan.number)
    form = plan.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return study_response(request, access, "surveys/organizer/open_review.html", review(plan, form, form.cleaned_data["items"]))
    return _form_page(request, access, plan, form)


def obstacle_page(request: HttpRequest, access: Access, obstacle: str, number: int) -> HttpResponse:
    """Why the round can't open now."""
    return study_response(request, access, "surveys/organizer/open_not_now.html", {"obstacle": obstacle, "number": number})


def _form_page(request: HttpRequest, access: Access, plan: Plan, form: OpenRoundForm) -> HttpResponse:
    chosen = set(form["items"].value() or [])
    for entry in plan.items:
        entry["chosen"] = entry["item"].code in chosen
    context = {"plan": plan, "form": form, "allowed": form["allow_incomplete"].value() or []}
    return study_response(request, access, TEMPLATE, context, status=REFUSED if form.errors else 200)


def review(plan: Plan, form: OpeningForm, chosen: list[str]) -> dict[str, Any]:
    """What will happen, for the page that asks for confirmation."""
    allowed = form.cleaned_data["allow_incomplete"]
    return {
        "plan": plan, "form": form, "chosen": chosen, "count": len(chosen), "languages": plan.languages(allowed),
        "closed_languages": [code for code in plan.gaps if code not in allowed], "deadline": form.cleaned_data["deadline"],
        "overridden": [f"{code} ({plan.gaps[code].percent} %)" for code in allowed if code in plan.gaps],
    }


def opened_already(request: HttpRequest, plan: Plan) -> bool:
    """Whoever confirms second is told that the round that their page spoke of is open already."""
    present = plan.latest
    if present is None or request.POST.get("number", "") != str(present.number):
        return False
    text = _("Round %(number)s was opened already; nothing changed. Its items and deadline are those of whoever opened it.")
    messages.info(request, text % {"number": present.number})
    return True


def _confirm(request: HttpRequest, access: Access, plan: Plan) -> HttpResponse:
    """Opens the round that the page spoke of, and no other."""
    if opened_already(request, plan):
        return redirect(access.study)
    if plan.obstacle:
        return obstacle_page(request, access, plan.obstacle, plan.number)
    form = plan.form(request.POST)
    if request.POST.get("number", "") != str(plan.number) or not form.is_valid():
        return _form_page(request, access, plan, form)
    return open_as_planned(request, plan, form, form.cleaned_data["items"]) or _form_page(request, access, plan, form)


def open_as_planned(request: HttpRequest, plan: Plan, form: OpeningForm, items: list[str]) -> HttpResponse | None:
    """Open the round and say so; None where that was refused, which the form says then."""
    began = timezone.now()
    try:
        opened = open_round(plan.study, plan.number, by=request.user, deadline_at=form.cleaned_data["deadline"], items=items,
                            languages=plan.languages(form.cleaned_data["allow_incomplete"]))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    is_mine = opened.opened_by_id == request.user.pk and opened.opened_at is not None and opened.opened_at >= began
    messages.success(request, _("Round %(number)s is open.") % {"number": opened.number} if is_mine
                     else _("Round %(number)s was opened already; nothing changed.") % {"number": opened.number})
    return redirect(plan.study)
