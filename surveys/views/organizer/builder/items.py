"""An item's page: every key of its kind as a form. What is incomplete is saved all the same, and told at its field."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.items import ItemForm, Surroundings
from surveys.forms.items.page import groups_of, problems_of
from surveys.items import KINDS
from surveys.permissions import Access
from surveys.studyfile.editing import item_of, item_place, section_place, with_item, with_item_copied, with_item_replaced, without_item
from surveys.views.organizer.builder.item_acts import asked_again, differences
from surveys.views.organizer.builder.page import builder_response
from surveys.views.organizer.builder.problems import address
from surveys.views.organizer.scope import REFUSED, study_page
from surveys.workflow.drafts import Definition, Draft, edit_draft, read_draft

Item = Mapping[str, Any]
OVERTAKEN = "overtaken"


@study_page("edit_study", "GET", "POST")
def item(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The form; with POST it is saved, shown again with one more option, or does what another of its buttons says."""
    draft = read_draft(access.study)
    try:
        present = item_of(draft.definition, code)
    except LookupError:
        return _gone(request, access, draft, code)
    around = Surroundings(draft.definition, code)
    if request.method == "POST" and request.POST.get("do") == "remove":
        return _remove(request, access, code)
    return _form_page(request, access, draft, present, around)


@study_page("edit_study", "GET", "POST")
def new_item(request: HttpRequest, access: Access, section: str) -> HttpResponse:
    """A new item at the section's end, of the kind that the address names."""
    draft = read_draft(access.study)
    try:
        section_place(draft.definition, section)
    except LookupError:
        raise Http404 from None
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return redirect(address("build-kinds", access.study.slug, section))
    return _form_page(request, access, draft, {"kind": kind}, Surroundings(draft.definition, "", section))


def _form_page(request: HttpRequest, access: Access, draft: Draft, present: Item, around: Surroundings) -> HttpResponse:
    if request.method != "POST":
        return _page(request, access, draft, ItemForm(item=present, around=around))
    form = ItemForm(request.POST, item=present, around=around)
    if ":" in request.POST.get("do", ""):
        return _page(request, access, draft, asked_again(form, request.POST["do"]))
    return _save(request, access, draft, form)


def _save(request: HttpRequest, access: Access, draft: Draft, form: ItemForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, access, draft, form)
    if form.is_overtaken:
        return _page(request, access, draft, form, overtaken=differences(form))
    try:
        saved = edit_draft(access.study, "item" if form.around.code else "item-added", lambda definition: _edited(definition, form),
                           subject=form.cleaned_data["code"], by=request.user)
    except (Refused, LookupError) as refusal:
        return _page(request, access, draft, form, refused=_changed_since() if isinstance(refusal, LookupError) else str(refusal))
    return _after(request, access, saved, form)


def _edited(definition: Definition, form: ItemForm) -> Definition:
    """Under the lock once more: two may save at once."""
    if not form.around.code:
        return with_item(definition, form.around.section, form.definition)
    if item_of(definition, form.around.code) != form.item:
        raise Refused(_changed_since())
    return with_item_replaced(definition, form.around.code, form.definition)


def _changed_since() -> str:
    return _("Somebody has changed this question while you saved. Save again to see what stands there now.")


def _after(request: HttpRequest, access: Access, saved: Draft, form: ItemForm) -> HttpResponse:
    """Where to go once it is saved: stay, add another, look at it, or go to its copy."""
    slug, code, act = access.study.slug, form.cleaned_data["code"], request.POST.get("do", "save")
    messages.success(request, _("Saved as step %(number)s.") % {"number": saved.step})
    if act == "another":
        section = saved.definition["questionnaire"][item_place(saved.definition, code)[0]]["section"]
        return redirect(f"{address('build-item-new', slug, section)}?kind={form.kind_name}")
    if act == "preview":
        return redirect(f"{address('build-preview', slug)}?item={code}")
    return redirect("surveys:build-item", slug, _copied(request, access, code) if act == "copy" else code)


def _copied(request: HttpRequest, access: Access, code: str) -> str:
    """The code of the copy; the item's own where somebody was quicker, and it can't be copied any more."""
    made: list[str] = []

    def edit(definition: Definition) -> Definition:
        found, new = with_item_copied(definition, code)
        made.append(new)
        return found

    try:
        edit_draft(access.study, "item-copied", edit, subject=code, by=request.user)
    except (Refused, LookupError):
        messages.error(request, _("The question is saved, and was not duplicated: somebody has changed the study in between."))
        return code
    return made[0]


def _remove(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Without asking: undo brings it back."""
    try:
        draft = edit_draft(access.study, "item-removed", lambda definition: without_item(definition, code), subject=code, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:build-item", access.study.slug, code)
    return redirect(f"{address('build', access.study.slug)}?removed={draft.step}")


def _gone(request: HttpRequest, access: Access, draft: Draft, code: str) -> HttpResponse:
    """Whoever was typing when somebody removed the item keeps what they typed."""
    sections = draft.definition["questionnaire"]
    kind = request.POST.get("kind", "")
    if request.method != "POST" or not sections or kind not in KINDS or request.POST.get("do") == "remove":
        raise Http404
    around = Surroundings(draft.definition, "", sections[-1]["section"])
    typed = ItemForm(request.POST, item={"kind": kind}, around=around).held()
    form = ItemForm(item={"kind": kind}, around=around, held={key: value for key, value in typed.items() if key != "seen"} | {"code": code})
    here = f"{address('build-item-new', access.study.slug, around.section)}?kind={kind}"
    return _page(request, access, draft, form, gone=True, here_url=here, status=REFUSED)


def _page(request: HttpRequest, access: Access, draft: Draft, form: ItemForm, *, status: int = 200, **context: Any) -> HttpResponse:
    code = form.around.code
    problems = problems_of(form.item, _path(draft, code), draft.problems) if code else {}
    if context.get("overtaken"):
        form = asked_again(form, "", has_read=True)
    groups = groups_of(form, problems)
    found = {
        "form": form, "groups": groups, "kinds": KINDS, "item_code": code, "item_problems": problems.get("", []), "kind_problems": problems.get("kind", []),
        "code_problems": problems.get("code", []),
        "here_url": request.get_full_path(), **context,
    }
    if form.errors or context.get("refused") or context.get("overtaken"):
        status = REFUSED
    return builder_response(request, access, draft, "item", found, part="build", status=status)


def _path(draft: Draft, code: str) -> tuple[str | int, ...]:
    place, there = item_place(draft.definition, code)
    return ("questionnaire", place, "items", there)
