"""Addresses of the read API that tell figures, and of its description."""

from django.urls import path, re_path

from analysis.api.description import SchemaView, documentation
from analysis.api.files import FileDownload, FileList
from analysis.api.progress import ProgressView
from analysis.api.tables import TableView
from surveys.api.base import UnknownAddress

STUDY = "api/studies/<slug:slug>"
urlpatterns = [
    path("api/", documentation, name="api-documentation"),
    path("api/schema/", SchemaView.as_view(), name="api-schema"),
    path(f"{STUDY}/progress/", ProgressView.as_view(), name="api-progress"),
    path(f"{STUDY}/files/", FileList.as_view(), name="api-files"),
    path(f"{STUDY}/files/<str:name>", FileDownload.as_view(), name="api-file"),
    path(f"{STUDY}/<slug:table>/", TableView.as_view(), name="api-table"),
    re_path("^api/", UnknownAddress.as_view(), name="api-unknown"),
]
