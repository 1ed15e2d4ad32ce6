"""The analyst's files in the browser: each alone, or all in one archive, sent piece by piece.

What writes them is loaded when a file is asked for: it brings the statistics along, which pages do without.
"""

import tempfile
from collections.abc import Callable, Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from analysis.exports.contents import CONTENTS, WITHOUT_FURTHER_FIGURES
from analysis.publication import shown_runs
from analysis.readiness import check_ready, still_missing
from surveys.exceptions import NotReady
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip"}


@study_page("export_results")
def file_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What there is to download, what each file holds, and how to read it."""
    return study_response(request, access, "analysis/files.html", page_of(access.study))


def page_of(study: Study) -> dict[str, Any]:
    """In the archive's order; while some have to wait, those that can be had come first."""
    missing = still_missing(study)
    files = [{"name": name, "holds": holds, "ready": not missing or name in WITHOUT_FURTHER_FIGURES} for name, holds in CONTENTS.items()]
    files.sort(key=lambda file: not file["ready"])
    return {"files": files, "ready": shown_runs(study).exists(), "missing": missing}


@study_page("export_results")
def download(request: HttpRequest, access: Access, name: str) -> HttpResponseBase:
    """One file; `?bom=1` marks its encoding for spreadsheets."""
    if name not in CONTENTS:
        raise Http404

    def pieces() -> Iterable[bytes]:
        from analysis.exports.bundle import content_of
        from analysis.exports.shown import what_is_shown

        return content_of(what_is_shown(access.study), name, bom=request.GET.get("bom") == "1")

    return _sent(request, access, name, lambda: StreamingHttpResponse(pieces()))


@study_page("export_results")
def download_archive(request: HttpRequest, access: Access) -> HttpResponseBase:

    def archive() -> FileResponse:
        from analysis.exports.bundle import write_archive

        file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        write_archive(access.study, file)
        file.seek(0)
        return FileResponse(file)

    return _sent(request, access, "archive.zip", archive)


def _sent(request: HttpRequest, access: Access, name: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The file, or the page that says what it waits for."""
    try:
        check_ready(access.study, "" if name == "archive.zip" else name)
        response = make()
    except NotReady as refusal:
        context = page_of(access.study)
        return study_response(request, access, "analysis/files.html", {**context, "missing": [], "refusal": str(refusal)}, status=REFUSED)
    response.headers["Content-Type"] = TYPES[name.rpartition(".")[2]]
    response.headers["Content-Disposition"] = f'attachment; filename="{access.study.slug}-{name}"'
    return response
