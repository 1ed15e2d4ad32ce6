"""Who has which role in a study: owners see it, give roles and take them back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Role
from surveys.exceptions import Refused
from surveys.forms.membership import MemberForm, RemovalForm
from surveys.models import Study, StudyMember
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.members import add_member, remove_member

MEANINGS: dict[str, str | Promise] = {
    Role.OWNER: gettext_lazy("Everything that organizers may, and gives and takes roles."),
    Role.ORGANIZER: gettext_lazy("Writes the study, knows the experts, runs the rounds, sees results and files."),
    Role.MODERATOR: gettext_lazy("Reads reasons and answers to open questions, without name and panel, and decides what is shown."),
    Role.TRANSLATOR: gettext_lazy("Translates the study's texts. Sees neither experts nor answers."),
    Role.ANALYST: gettext_lazy("Sees results, files and the record. Never learns who the experts are."),
    Role.OBSERVER: gettext_lazy("Sees how many have answered, and the record. Sees no figures."),
}


@study_page("manage_members", "GET", "POST")
def members(request: HttpRequest, access: Access) -> HttpResponse:
    """The list, and a form that gives a role (1 query)."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, role = form.user, form.cleaned_data["role"]
        words = {"name": user.get_full_name(), "role": Role(role).label}
        if add_member(access.study, user, role, by=request.user):
            messages.success(request, _("%(name)s is %(role)s of this study now.") % words)
        else:
            messages.info(request, _("%(name)s was %(role)s of this study already; nothing changed.") % words)
        return redirect("surveys:members", access.study.slug)
    return _page(request, access, form, is_refused=bool(request.method == "POST"))


def _page(request: HttpRequest, access: Access, form: MemberForm, *, is_refused: bool) -> HttpResponse:
    context = {"form": form, "people": people_of(access.study), "meanings": [(Role(role).label, meaning) for role, meaning in MEANINGS.items()]}
    return study_response(request, access, "surveys/organizer/members.html", context, status=REFUSED if is_refused else 200)


def people_of(study: Study) -> list[dict[str, Any]]:
    """Each member once, by name, with their roles in the roles' own order (1 query)."""
    order = {role.value: place for place, role in enumerate(Role)}
    people: dict[int, dict[str, Any]] = {}
    for member in sorted(StudyMember.objects.filter(study=study).select_related("user"), key=lambda member: order[member.role]):
        people.setdefault(member.user_id, {"user": member.user, "members": []})["members"].append(member)
    return sorted(people.values(), key=lambda entry: (entry["user"].get_full_name().casefold(), entry["user"].pk))


@study_page("manage_members", "POST")
def remove(request: HttpRequest, access: Access) -> HttpResponse:
    """An owner who takes back the own role is back on the list of studies: this page is no longer theirs."""
    form = RemovalForm(request.POST)
    member = StudyMember.objects.filter(study=access.study, **form.wanted).select_related("user").first() if form.is_valid() else None
    if member is None:
        raise Http404
    try:
        remove_member(access.study, member.user, member.role, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:members", access.study.slug)
    messages.success(request, _("%(name)s is no longer %(role)s of this study.") % {"name": member.user.get_full_name(), "role": member.get_role_display()})
    is_own = member.user_id == request.user.pk and member.role == Role.OWNER
    return redirect("surveys:study-list") if is_own else redirect("surveys:members", access.study.slug)
