"""GET /api/studies/ and /api/studies/<slug>/: what one has a role in, and who is asked there."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from surveys.api.base import ReadView, StudyApiView, listed_answer
from surveys.api.pages import PAGING
from surveys.api.shapes import BY_LANGUAGE, MOMENT, TEXT, YES_OR_NO, Shape, listed, or_none, paged, record
from surveys.enums import Role
from surveys.items import by_language
from surveys.models import Study, StudyMember
from surveys.queries import groups_of

STUDY: dict[str, Shape] = {
    "study": {**TEXT, "description": "the study's slug"},
    "title": BY_LANGUAGE,
    "languages": {**listed(TEXT), "description": "the first is the one it was written in"},
    "simulated": {**YES_OR_NO, "description": "true for a study of simulated experts"},
    "rules_sha256": {**TEXT, "description": "digest of the registered rules; empty before the first round"},
    "rules_locked_at": or_none(MOMENT),
    "finished_at": or_none(MOMENT),
    "roles": {**listed({"type": "string", "enum": [role.value for role in Role]}), "description": "yours in this study"},
}
PLACE = record(code=TEXT, name=BY_LANGUAGE)
PANEL = record(code=TEXT, name=BY_LANGUAGE, theatres=listed(TEXT))


class StudyList(ReadView):
    """In the order of their slugs."""

    summary = "The studies in which you have a role"
    parameters = PAGING

    def answer_shape(self) -> Shape:
        return paged(record(**STUDY))

    def get(self, request: Request) -> ApiResponse:
        asked = self.asked(request)
        members = StudyMember.objects.filter(user=request.user.pk).select_related("study").order_by("study__slug", "role")
        roles: dict[Study, list[str]] = {}
        for member in members:
            roles.setdefault(member.study, []).append(member.role)
        return listed_answer(request, [row_of(study, mine) for study, mine in roles.items()], asked)


class StudyDetail(StudyApiView):
    """With its theatres and panels, in the study's order."""

    act: ClassVar[str] = "see_study"
    summary = "One study"

    def answer_shape(self) -> Shape:
        return record(**STUDY, theatres=listed(PLACE), panels=listed(PANEL))

    def get(self, request: Request, slug: str) -> ApiResponse:
        self.asked(request)
        access = self.access(request, slug)
        groups, language = groups_of(access.study), access.study.source_language
        theatres = [{"code": row["code"], "name": by_language(row["name"], language)} for row in groups.theatres]
        panels = [{"code": row["code"], "name": by_language(row["name"], language), "theatres": row.get("theatres", [])} for row in groups.panels]
        return ApiResponse({**row_of(access.study, sorted(access.roles)), "theatres": theatres, "panels": panels})


def row_of(study: Study, roles: list[str]) -> dict[str, Any]:
    return {
        "study": study.slug, "title": by_language(study.settings["title"], study.source_language), "languages": study.languages,
        "simulated": study.is_simulated, "rules_sha256": study.rules_sha256, "rules_locked_at": study.rules_locked_at,
        "finished_at": study.finished_at, "roles": roles,
    }
