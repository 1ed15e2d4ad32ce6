"""All files of a study together: in a folder, or in one archive with checksums and fixed times. Nothing is held in memory whole."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from analysis.exports.datapackage import Written, datapackage_json
from analysis.exports.files import FILES
from analysis.exports.provenance import provenance_json
from analysis.exports.scripts import SCRIPTS, script
from analysis.exports.shown import Shown, what_is_shown
from surveys.models import Study

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
PACKAGE = "datapackage.json"
NAMES = (*(file.name for file in FILES), *SCRIPTS, "provenance.json", PACKAGE)
Keep = Callable[[str, Iterable[bytes]], Written]


def content_of(shown: Shown, name: str, *, bom: bool = False) -> Iterator[bytes]:
    """One file, piece by piece. `bom` marks a CSV file's encoding for spreadsheets."""
    if name == PACKAGE:
        return iter([datapackage_json(shown, _each(shown, lambda _name, pieces: measured(pieces)))])
    if name == "provenance.json":
        return iter([provenance_json(shown.study)])
    if name in SCRIPTS:
        return iter([script(name)])
    return next(file for file in FILES if file.name == name).content(shown, bom=bom)


def write_folder(study: Study, folder: Path) -> list[Path]:
    """Write the files into a folder (made if need be), each whole or not at all. What they hold of further tables is what is worked out by now."""
    shown = what_is_shown(study)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str, pieces: Iterable[bytes]) -> Written:
        part = folder / f".{name}.part"
        with part.open("wb") as stream:
            written = measured(pieces, stream)
        part.replace(folder / name)
        return written

    _all(shown, keep)
    return [folder / name for name in NAMES]


def write_archive(study: Study, stream: IO[bytes]) -> None:
    """One ZIP file with all files and SHA256SUMS; the same bytes for the same results."""
    shown = what_is_shown(study)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:

        def keep(name: str, pieces: Iterable[bytes]) -> Written:
            entry = zipfile.ZipInfo(f"{study.slug}/{name}", FIXED_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with target.open(entry, "w") as file:
                return measured(pieces, file)

        sums = "".join(f"{found.sha256}  {name}\n" for name, found in _all(shown, keep).items())
        keep("SHA256SUMS", [sums.encode()])


def _all(shown: Shown, keep: Keep) -> dict[str, Written]:
    """Every file in turn; the data package comes last, since it says how long the others are."""
    written = _each(shown, keep)
    return {**written, PACKAGE: keep(PACKAGE, [datapackage_json(shown, written)])}


def _each(shown: Shown, keep: Keep) -> dict[str, Written]:
    return {name: keep(name, content_of(shown, name)) for name in NAMES if name != PACKAGE}


def measured(pieces: Iterable[bytes], stream: IO[bytes] | None = None) -> Written:
    """Length and digest of what passes through, on its way into the stream if there is one."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
        if stream is not None:
            stream.write(piece)
    return Written(size, digest.hexdigest())
