"""The analyst's files in the browser: each alone, or all in one archive, sent piece by piece.

What writes them is loaded when a file is asked for: it brings the statistics along, which pages do without.
"""

import tempfile
from collections.abc import Callable, Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from analysis.exports.contents import CONTENTS, WITHOUT_FURTHER_FIGURES, media_type_of
from analysis.exports.formats import BY_FILE, FORMATS, Format
from analysis.models import ItemResult
from analysis.publication import shown_runs
from analysis.readiness import check_ready, still_missing
from surveys.exceptions import NotReady
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response

LARGE = 500  # rows of aggregates.csv: from here on a workbook takes more than a few seconds


@study_page("export_results")
def file_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What there is to download, what each file holds, and how to read it."""
    return study_response(request, access, "analysis/files.html", page_of(access.study))


def page_of(study: Study) -> dict[str, Any]:
    """In the archive's order; while some have to wait, those that can be had come first."""
    missing = still_missing(study)
    files = [{"name": name, "holds": holds, "ready": not missing or name in WITHOUT_FURTHER_FIGURES} for name, holds in CONTENTS.items()]
    files.sort(key=lambda file: not file["ready"])
    runs = shown_runs(study)
    is_large = not missing and ItemResult.objects.filter(run__in=runs).count() > LARGE
    return {"files": files, "formats": FORMATS, "is_large": is_large, "ready": runs.exists(), "missing": missing}


@study_page("export_results")
def download(request: HttpRequest, access: Access, name: str) -> HttpResponseBase:
    """One file; `?bom=1` marks its encoding for spreadsheets. Other programs' formats are made first."""
    if name in BY_FILE:
        return _sent(request, access, name, lambda: _in_format(access.study, BY_FILE[name]), BY_FILE[name].media_type)
    if name not in CONTENTS:
        raise Http404

    def pieces() -> Iterable[bytes]:
        from analysis.exports.bundle import content_of
        from analysis.exports.shown import what_is_shown

        return content_of(what_is_shown(access.study), name, bom=request.GET.get("bom") == "1")

    return _sent(request, access, name, lambda: StreamingHttpResponse(pieces()))


def _in_format(study: Study, form: Format) -> FileResponse:
    from analysis.exports.formats.making import made

    return FileResponse(made(study, form))


@study_page("export_results")
def download_archive(request: HttpRequest, access: Access) -> HttpResponseBase:

    def archive() -> FileResponse:
        from analysis.exports.bundle import write_archive

        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        write_archive(access.study, file)
        file.seek(0)
        return FileResponse(file)

    return _sent(request, access, "archive.zip", archive)


def _sent(request: HttpRequest, access: Access, name: str, make: Callable[[], HttpResponseBase], media_type: str = "") -> HttpResponseBase:
    """The file, or the page that says what it waits for."""
    try:
        check_ready(access.study, "" if name == "archive.zip" else name)
        response = make()
    except NotReady as refusal:
        context = page_of(access.study)
        return study_response(request, access, "analysis/files.html", {**context, "missing": [], "refusal": str(refusal)}, status=REFUSED)
    response.headers["Content-Type"] = media_type or media_type_of(name)
    response.headers["Content-Disposition"] = f'attachment; filename="{access.study.slug}-{name}"'
    return response
