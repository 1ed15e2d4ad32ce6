"""Forms that fill a part of the study's definition: what the study is and tells experts, and how its rounds run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.parts import AgainForm, HeadForm, PartForm
from surveys.permissions import Access
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Draft, edit_draft, read_draft

Definition = dict[str, Any]


class SentForm(Protocol):
    """A form that knows which wording its author had read."""

    data: Any
    initial: Any
    cleaned_data: dict[str, Any]

    def is_valid(self) -> bool: ...
    def is_overtaken(self) -> bool: ...


def refusals_of(request: HttpRequest, access: Access, form: SentForm, act: str, subject: str, edit: Callable[[Definition], Mapping[str, Any]],
                digest: Callable[[Definition], str]) -> list[str] | None:
    """Keeps the edit of a form that was sent. None when it is kept; else what was refused, with what was typed still in the form.

    `digest` names the part of a definition that the form is about: it is asked again under the lock, for two may save at once.
    """
    if not form.is_valid():
        return []

    def checked(definition: Definition) -> Mapping[str, Any]:
        if digest(definition) != form.cleaned_data["seen"]:
            raise Refused(_("Somebody has changed this part in between. What stands there now is shown beside yours; save again if yours is to hold."))
        return edit(definition)

    try:
        draft = edit_draft(access.study, act, checked, subject=subject, by=request.user)
    except Refused as refusal:
        form.data = form.data.copy()
        form.data["seen"] = form.initial["seen"]
        return [str(refusal)]
    messages.success(request, _("Saved as step %(number)s.") % {"number": draft.step})
    return None


@study_page("edit_study", "GET", "POST")
def head(request: HttpRequest, access: Access) -> HttpResponse:
    draft = read_draft(access.study)
    form = HeadForm(request.POST if request.method == "POST" else None, definition=draft.definition)
    return part_page(request, access, draft, form, act="head", part="build-head", title=_("Study and information"))


def part_page(request: HttpRequest, access: Access, draft: Draft, form: PartForm, *, act: str, part: str, title: str,
              notes: Sequence[str] = ()) -> HttpResponse:
    """The form of a part; with POST it is saved and the page comes again."""
    refusals: list[str] | None = []
    is_sent = request.method == "POST" and not shown_again(request, form)
    if is_sent:
        refusals = refusals_of(request, access, form, act, "", form.applied, form.digest)
        if refusals is None:
            return redirect(request.path)
    context = {"form": form, "groups": form.grouped(draft.problems), "title": title, "refusals": refusals, "notes": notes}
    return builder_response(request, access, draft, "part", context, part=part, status=REFUSED if is_sent else 200)


def shown_again(request: HttpRequest, form: AgainForm) -> bool:
    """Was it a button inside the form, such as one for a further rule? Then the form is shown as it was typed, with that."""
    act = request.POST.get("do", "")
    if ":" not in act:
        return False
    form.show_again(act)
    return True
