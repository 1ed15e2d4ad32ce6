"""What every JSON address of a study shares: the way in, and one shape for everything that goes wrong."""

from typing import Any, ClassVar

from django.http import Http404
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse
from rest_framework.views import APIView, set_rollback

from surveys.permissions import Access, access_to


def error_response(error: Exception, context: dict[str, Any]) -> ApiResponse | None:
    """`{"error": {"code": ..., "message": ...}}`, whatever it was. None: not ours, let it rise."""
    if isinstance(error, Http404):
        error = NotFound()
    if not isinstance(error, APIException):
        return None
    set_rollback()
    detail = error.detail[0] if isinstance(error.detail, list) else error.detail
    return ApiResponse({"error": {"code": getattr(detail, "code", error.default_code), "message": str(detail)}}, error.status_code)


class StudyApiView(APIView):
    """A study read by a member; `act` is what the member must be allowed to do. Others get 404, as on the pages."""

    act: ClassVar[str]
    http_method_names = ["get", "head", "options"]

    def get_exception_handler(self) -> Any:
        return error_response

    def access(self, request: Request, slug: str) -> Access:
        found = access_to(request.user, slug, self.act)
        if found is None:
            raise NotFound
        return found
