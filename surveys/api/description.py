"""The description of the read API (OpenAPI), from what each view says of itself. Loaded when it is asked for, and never before."""

from typing import Any, ClassVar, cast

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from drf_standardized_errors.openapi import AutoSchema
from rest_framework import serializers

from surveys.api.base import ReadView

STUDY = OpenApiParameter("slug", {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}, OpenApiParameter.PATH, description="The study's slug.")


class TokenScheme(OpenApiAuthenticationExtension):
    """`Authorization: Bearer delphi_…`"""

    target_class = "accounts.authentication.AccessTokenAuthentication"
    name = "accessToken"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "An access token of your account."}


class OneError(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class Errors(serializers.Serializer):
    """The one shape of everything that goes wrong."""

    type = serializers.ChoiceField(["validation_error", "client_error", "server_error"])
    errors = OneError(many=True)  # type: ignore[assignment]


class ReadSchema(AutoSchema):
    """Of views that say what they are: `summary`, `parameters`, `answer_shape`, `may_be_unready`."""

    WHEN: ClassVar[dict[str, str]] = {
        "400": "A parameter is not known, or can't have this value.",
        "401": "No access token and no session, or a token that is not valid.",
        "403": "Your role in this study is not one for this.",
        "404": "There is nothing here, or nothing for you.",
        "405": "The API can only be read.",
        "409": "The further figures are still being worked out; or there are none yet.",
        "429": "Too many requests; Retry-After says for how many seconds to wait.",
    }

    @property
    def said(self) -> ReadView:
        return cast(ReadView, self.view)

    def get_summary(self) -> str:
        return self.said.summary

    def get_operation_id(self) -> str:
        *_before, last = self.path.strip("/").split("/")
        return {"{slug}": "study", "{name}": "file"}.get(last, last)

    def get_tags(self) -> list[str]:
        return ["read"]

    def get_override_parameters(self) -> list[Any]:
        asked = [OpenApiParameter(each.name, each.shape, OpenApiParameter.QUERY, description=each.meaning) for each in self.said.parameters]
        return [*([STUDY] if "{slug}" in self.path else []), *asked]

    def get_response_serializers(self) -> Any:
        shape = self.said.answer_shape()
        good = {(200, "application/octet-stream"): OpenApiTypes.BINARY} if shape is None else {200: shape}
        codes = [code for code in self.WHEN if code != "409" or self.said.may_be_unready]
        return {**good, **{code: OpenApiResponse(Errors, description=self.WHEN[code]) for code in codes}}

    def _get_allowed_error_status_codes(self) -> list[str]:
        return []  # they are all said above, with words of our own
