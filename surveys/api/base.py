"""What every address of the read API shares: the way in, what may be asked, and one shape for everything that goes wrong.

Errors are those of drf-standardized-errors: `{"type": …, "errors": [{"code": …, "detail": …, "attr": …}]}`.
"""

from typing import Any, ClassVar

from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse
from rest_framework.views import APIView

from surveys.api.pages import Page, address_of_next, mark_of, page_of_rows
from surveys.api.parameters import Parameter, asked_by
from surveys.api.shapes import Shape
from surveys.permissions import Access, access_to


class AlwaysJson(BaseContentNegotiation):
    """There is one form of every answer: what a program says that it accepts changes nothing."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class ReadView(APIView):
    """Something to read. What a view says of itself here is what the description of the API says of it (description.py)."""

    http_method_names = ["get", "head"]
    content_negotiation_class = AlwaysJson
    summary: ClassVar[str]
    parameters: tuple[Parameter, ...] = ()
    may_be_unready: ClassVar[bool] = False

    def answer_shape(self) -> Shape | None:
        """The JSON schema of the answer; None for a file."""
        raise NotImplementedError

    def asked(self, request: Request) -> dict[str, Any]:
        return asked_by(request.query_params, self.parameters)


class StudyApiView(ReadView):
    """A study read by a member; `act` is what the member must be allowed to do. Others get 404, as on the pages."""

    act: ClassVar[str]

    def access(self, request: Request, slug: str) -> Access:
        found = access_to(request.user, slug, self.act)
        if found is None:
            raise NotFound
        return found


class UnknownAddress(APIView):
    """Whatever else begins with /api/: the same shape of error as everywhere, not the site's page."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    content_negotiation_class = AlwaysJson
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound


def listed_answer(request: Request, rows: list[dict[str, Any]], asked: dict[str, Any]) -> ApiResponse:
    """A list that is at hand, in pages."""
    mark = mark_of(len(rows))
    page: Page = page_of_rows(rows, asked, mark)
    return ApiResponse({"next": address_of_next(request, page, mark), "rows": page.rows})


__all__ = ["ReadView", "StudyApiView", "UnknownAddress", "listed_answer"]
