"""Opening a round: choose items, deadline and languages; read what will happen; confirm."""

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
from surveys.forms import OpenRoundForm
from surveys.models import Item, Round, Study
from surveys.permissions import Access
from surveys.queries import definition_of, panelists_taking_part, responses_that_count
from surveys.studyfile import missing_texts
from surveys.studyfile.shared_wording import without_unused_lists
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.rounds import open_round

TEMPLATE = "surveys/organizer/open_round.html"


@dataclass
class Plan:
    """What the next round of a study can be: read once for the form, the preview and the act."""

    study: Study

    @cached_property
    def latest(self) -> Round | None:
        return self.study.rounds.exclude(state=RoundState.DRAFT).order_by("-number").first()

    @property
    def number(self) -> int:
        return self.latest.number + 1 if self.latest else 1

    @cached_property
    def obstacle(self) -> str:
        """Why no round can open now, in words; "" when one can."""
        latest = self.latest
        if self.study.finished_at is not None:
            return _("The study is finished; no further round can open.")
        if self.study.maximum_rounds is not None and self.number > self.study.maximum_rounds:
            return _("The study has at most %(most)s rounds. Finish it, or look at its results.") % {"most": self.study.maximum_rounds}
        if latest is not None and latest.state == RoundState.OPEN:
            return _("Round %(number)s is open already. The next round can open when it is closed and counted.") % {"number": latest.number}
        if latest is not None and latest.state == RoundState.CLOSED:
            return _("Round %(number)s is being counted. The next round can open when its results are there.") % {"number": latest.number}
        return ""

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Each item with its text, its section, whether the latest round asked it, and in which version."""
        asked = dict(self.latest.asked_items.values_list("item_version__item_id", "item_version_id")) if self.latest else None
        found = []
        for item in Item.objects.filter(study=self.study).select_related("section").prefetch_related("versions").order_by("section__position", "position"):
            version = max(item.versions.all(), key=lambda version: version.number)
            found.append({"item": item, "section": item.section, "version": version, "text": version.definition["text"],
                          "asked": asked is None or item.pk in asked, "asked_version": (asked or {}).get(item.pk)})
        return found

    @cached_property
    def missing(self) -> dict[str, int]:
        """Language → number of texts that it lacks, for the incomplete ones."""
        missing = missing_texts(without_unused_lists(definition_of(self.study)))
        return {language: len(paths) for language, paths in missing.items() if paths}

    @cached_property
    def invited(self) -> int:
        panelists = panelists_taking_part(self.study)
        if not self.study.invites_everyone and self.latest is not None:
            panelists = panelists.filter(pk__in=responses_that_count(self.latest).values("panelist"))
        return panelists.count()

    def languages(self, allowed: list[str]) -> list[str]:
        return [language for language in self.study.languages if language not in self.missing or language in allowed]

    def form(self, data: Any = None) -> OpenRoundForm:
        language = get_language() or self.study.source_language
        items = [(entry["item"].code, self.study.text(entry["text"], language)) for entry in self.items]
        initial = {"items": [entry["item"].code for entry in self.items if entry["asked"]]}
        definitions = [entry["version"].definition for entry in self.items]
        incomplete = [(code, code) for code in self.missing]
        return OpenRoundForm(data, study=self.study, items=items, definitions=definitions, incomplete=incomplete, initial=initial)


@study_page("run_rounds", "GET", "POST")
def open_next(request: HttpRequest, access: Access) -> HttpResponse:
    """The form; with POST `step=review` what will happen; with `step=confirm` it happens."""
    plan = Plan(access.study)
    if request.method == "POST" and request.POST.get("step") == "confirm":
        return _confirm(request, access, plan)
    if plan.obstacle:
        return study_response(request, access, TEMPLATE, {"plan": plan, "obstacle": plan.obstacle})
    form = plan.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return study_response(request, access, "surveys/organizer/open_review.html", review(plan, form))
    return _form_page(request, access, plan, form)


def _form_page(request: HttpRequest, access: Access, plan: Plan, form: OpenRoundForm) -> HttpResponse:
    chosen = set(form["items"].value() or [])
    for entry in plan.items:
        entry["chosen"] = entry["item"].code in chosen
    context = {"plan": plan, "form": form, "allowed": form["allow_incomplete"].value() or []}
    return study_response(request, access, TEMPLATE, context, status=REFUSED if form.errors else 200)


def review(plan: Plan, form: OpenRoundForm) -> dict[str, Any]:
    """What will happen, for the page that asks for confirmation."""
    chosen = form.cleaned_data["items"]
    return {
        "plan": plan, "form": form, "chosen": chosen, "count": len(chosen),
        "dropped": [entry for entry in plan.items if entry["asked"] and entry["item"].code not in chosen],
        "languages": plan.languages(form.cleaned_data["allow_incomplete"]),
        "closed_languages": [code for code in plan.missing if code not in form.cleaned_data["allow_incomplete"]],
        "deadline": form.cleaned_data["deadline"],
    }


def _confirm(request: HttpRequest, access: Access, plan: Plan) -> HttpResponse:
    """Opens the round that the page spoke of, and no other; whoever comes second is told that it is open already."""
    number = request.POST.get("number", "")
    present = plan.latest
    if present is not None and number == str(present.number):
        text = _("Round %(number)s was opened already; nothing changed. Its items and deadline are those of whoever opened it.")
        messages.info(request, text % {"number": present.number})
        return redirect(access.study)
    form = plan.form(request.POST)
    if number != str(plan.number) or not form.is_valid():
        return _form_page(request, access, plan, form)
    began = timezone.now()
    try:
        opened = open_round(
            access.study, plan.number, by=request.user, deadline_at=form.cleaned_data["deadline"], items=form.cleaned_data["items"],
            languages=plan.languages(form.cleaned_data["allow_incomplete"]),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, access, plan, form)
    is_mine = opened.opened_by_id == request.user.pk and opened.opened_at is not None and opened.opened_at >= began
    messages.success(request, _("Round %(number)s is open.") % {"number": opened.number} if is_mine
                     else _("Round %(number)s was opened already; nothing changed.") % {"number": opened.number})
    return redirect(access.study)
