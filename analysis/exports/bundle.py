"""All files of a study together: in a folder, or in one archive with checksums and fixed times."""

import hashlib
import io
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from analysis.exports.aggregates import aggregates_csv
from analysis.exports.codebook import columns_csv, panels_csv
from analysis.exports.items import items_csv
from analysis.exports.provenance import provenance_json
from analysis.publication import remember_shown, shown_runs
from surveys.exceptions import NotReady
from surveys.models import Study

FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def study_files(study: Study, *, bom: bool = False) -> dict[str, bytes]:
    """File name → content, for all counted rounds; from now on their figures count as seen."""
    counted = list(study.rounds.filter(analysis_runs__in=shown_runs(study)))
    if not counted:
        raise NotReady(_("No round of “%(slug)s” is closed and counted yet, so there is nothing to export.") % {"slug": study.slug})
    for study_round in counted:
        remember_shown(study_round.pk)
    return {
        "aggregates.csv": aggregates_csv(study, bom=bom),
        "items.csv": items_csv(study, bom=bom),
        "panels.csv": panels_csv(study, bom=bom),
        "columns.csv": columns_csv(bom=bom),
        "provenance.json": provenance_json(study),
    }


def write_folder(study: Study, folder: Path) -> list[Path]:
    """Write the files into a folder (made if need be), each whole or not at all."""
    files = study_files(study)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files.items():
        part = folder / f".{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
        written.append(folder / name)
    return written


def archive(study: Study) -> bytes:
    """One ZIP file with all files and SHA256SUMS; the same bytes for the same results."""
    files = study_files(study)
    files["SHA256SUMS"] = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{study.slug}/{name}", FIXED_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(entry, content)
    return stream.getvalue()
