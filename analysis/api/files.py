"""GET /api/studies/<slug>/files/ and …/files/<name>: the files as they are downloaded in the browser."""

import tempfile
from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse
from rest_framework.reverse import reverse

from analysis.api.tables import FiguresMissing
from analysis.exports.contents import CONTENTS, WITHOUT_FURTHER_FIGURES, media_type_of
from analysis.exports.formats import BY_FILE
from analysis.publication import shown_runs
from analysis.readiness import check_ready, still_missing
from surveys.api.base import StudyApiView, listed_answer
from surveys.api.pages import PAGING
from surveys.api.shapes import TEXT, YES_OR_NO, Shape, paged, record
from surveys.exceptions import NotReady
from surveys.models import Study

ARCHIVE = "archive.zip"
FILE: dict[str, Shape] = {
    "name": TEXT,
    "format": {**TEXT, "description": "csv, json, py, R or zip; parquet, xlsx, sav and dta are made of the CSV files' cells when they are asked for"},
    "media_type": TEXT,
    "holds": {**TEXT, "description": "in plain words"},
    "ready": {**YES_OR_NO, "description": "false while no round is counted, or its further figures are being worked out"},
    "url": {**TEXT, "format": "uri"},
}


class FileList(StudyApiView):
    """In the archive's order, the archive first, other programs' formats last. Sizes and checksums stand in datapackage.json."""

    act: ClassVar[str] = "export_results"
    summary = "The files of a study"
    parameters = PAGING

    def answer_shape(self) -> Shape:
        return paged(record(**FILE))

    def get(self, request: Request, slug: str) -> ApiResponse:
        asked = self.asked(request)
        return listed_answer(request, list(files_of(request, self.access(request, slug).study)), asked)


class FileDownload(StudyApiView):
    """Its bytes, the same for the same results; “archive.zip” holds all of them. From now on their figures count as seen."""

    act: ClassVar[str] = "export_results"
    summary = "One file"
    may_be_unready = True

    def answer_shape(self) -> None:
        return None

    def get(self, request: Request, slug: str, name: str) -> HttpResponseBase:
        self.asked(request)
        study = self.access(request, slug).study
        if name != ARCHIVE and name not in CONTENTS and name not in BY_FILE:
            raise NotFound
        try:
            check_ready(study, "" if name == ARCHIVE else name)
            response = sent(study, name)
        except NotReady as refusal:
            raise FiguresMissing(str(refusal)) from refusal
        response.headers["Content-Type"] = sent_as(name)
        response.headers["Content-Disposition"] = f'attachment; filename="{study.slug}-{name}"'
        return response


def files_of(request: Request, study: Study) -> Iterator[dict[str, Any]]:
    counted, missing = shown_runs(study).exists(), still_missing(study)
    for name, form, holds in offered():
        ready = counted and (not missing or name in WITHOUT_FURTHER_FIGURES)
        url = reverse("analysis:api-file", args=[study.slug, name], request=request)
        yield {"name": name, "format": form, "media_type": sent_as(name), "holds": str(holds), "ready": ready, "url": url}


def offered() -> Iterator[tuple[str, str, object]]:
    """Each file with its format and what it holds."""
    yield ARCHIVE, "zip", _("All files together, with their checksums.")
    yield from ((name, name.rpartition(".")[2], holds) for name, holds in CONTENTS.items())
    yield from ((form.file, form.option, form.holds) for form in BY_FILE.values())


def sent_as(name: str) -> str:
    return BY_FILE[name].media_type if name in BY_FILE else media_type_of(name)


def sent(study: Study, name: str) -> HttpResponseBase:
    """Piece by piece; the archive is put together first, and so are other programs' formats."""
    from analysis.exports.bundle import content_of, write_archive
    from analysis.exports.formats.making import made
    from analysis.exports.shown import what_is_shown

    if name in BY_FILE:
        return FileResponse(made(study, BY_FILE[name]))
    if name != ARCHIVE:
        return StreamingHttpResponse(content_of(what_is_shown(study), name))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_archive(study, file)
    file.seek(0)
    return FileResponse(file)
