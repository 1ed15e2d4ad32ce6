"""GET /api/schema/: what the read API offers, for programs (OpenAPI 3.1); and GET /api/: the same for people."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from analysis.exports.contents import table_names
from surveys.api.base import ReadView
from surveys.api.shapes import Shape

Endpoint = tuple[str, str, str, Any]
ABOUT = {
    "TITLE": "Deterrence Delphi: read API",
    "DESCRIPTION": "What a study asked and what may be told of its answers. Everything can be read and nothing changed. docs/api.md has examples.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "PREPROCESSING_HOOKS": ["analysis.api.description.each_table"],
}


class SchemaView(ReadView):
    """The same for everybody who is signed in, in English."""

    schema = None

    def answer_shape(self) -> Shape:
        return {"type": "object"}

    def get(self, request: Request) -> ApiResponse:
        self.asked(request)
        return ApiResponse(description())


@require_safe
@login_required
def documentation(request: HttpRequest) -> HttpResponse:
    """Everything from this host: the page's script and style come with the software."""
    return render(request, "analysis/api.html")


@lru_cache(1)
def description() -> dict[str, Any]:
    """Made once in each process: it follows from the code alone."""
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.settings import patched_settings

    with override("en"), patched_settings(ABOUT):
        return SchemaGenerator().get_schema(request=None, public=True)


def each_table(endpoints: list[Endpoint]) -> list[Endpoint]:
    """An address for each table in place of the one for all, so that each says what its columns are."""
    from analysis.api.tables import TableView

    found = []
    for path, pattern, method, view in endpoints:
        names = table_names() if "{table}" in path else ("",)
        found += [(path.replace("{table}", name), pattern.replace("{table}", name), method, TableView.as_view(table=name) if name else view) for name in names]
    return found
