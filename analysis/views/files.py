"""The analyst's files in the browser: each alone, or all in one archive."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from analysis.exports.bundle import archive, study_files
from analysis.publication import shown_runs
from surveys.exceptions import NotReady
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "zip": "application/zip"}
NAMES = ("aggregates.csv", "items.csv", "panels.csv", "columns.csv", "provenance.json")


@study_page("export_results")
def file_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What there is to download, what each file holds, and how to read it."""
    ready = shown_runs(access.study).exists()
    return study_response(request, access, "analysis/files.html", {"files": descriptions(), "ready": ready})


def descriptions() -> list[tuple[str, str]]:
    return [
        ("aggregates.csv", _("One row for each round, item, component and group: counts, median, quartiles, consensus, stability.")),
        ("items.csv", _("The code book: every item with its texts, scale labels and options.")),
        ("panels.csv", _("The panels with their theatres, and responses by round.")),
        ("columns.csv", _("What each column of aggregates.csv means.")),
        ("provenance.json", _("On which closings, rules and versions the figures rest.")),
    ]


@study_page("export_results")
def download(request: HttpRequest, access: Access, name: str) -> HttpResponse:
    """One file; `?bom=1` marks its encoding for spreadsheets."""
    if name not in NAMES:
        raise Http404
    return _sent(request, access, name, lambda: study_files(access.study, bom=request.GET.get("bom") == "1")[name])


@study_page("export_results")
def download_archive(request: HttpRequest, access: Access) -> HttpResponse:
    return _sent(request, access, "archive.zip", lambda: archive(access.study))


def _sent(request: HttpRequest, access: Access, name: str, make: Callable[[], bytes]) -> HttpResponse:
    try:
        content = make()
    except NotReady as refusal:
        context = {"files": descriptions(), "ready": False, "refusal": str(refusal)}
        return study_response(request, access, "analysis/files.html", context, status=REFUSED)
    headers = {"Content-Disposition": f'attachment; filename="{access.study.slug}-{name}"'}
    return HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]], headers=headers)
