"""Experts' addresses. The token stands only in the link itself; everything after it is clean."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def placeholder(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("i/<str:token>/", placeholder, name="link")]
