"""What writes each format: into a folder, or into a file that is sent to a browser and gone afterwards."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from analysis.exports.bundle import FIXED_TIME
from analysis.exports.files import FILES
from analysis.exports.formats import FORMATS, Format
from analysis.exports.formats.labelled import write_dta, write_sav
from analysis.exports.formats.parquet import write_parquet
from analysis.exports.formats.workbook import write_workbook
from analysis.exports.shown import Shown, what_is_shown
from surveys.models import Study

Write = Callable[[Shown, Path], None]
ALONE: dict[str, Write] = {"xlsx": write_workbook, "sav": write_sav, "dta": write_dta}


def writers_of(option: str) -> dict[str, Write]:
    """A format's files in a folder, each with what writes it."""
    if option == "parquet":
        return {f"{file.name.removesuffix('.csv')}.parquet": partial(write_parquet, file) for file in FILES}
    return {found.file: ALONE[option] for found in FORMATS if found.option == option}


def write_format(study: Study, option: str, folder: Path) -> list[Path]:
    """Each file whole or not at all; the folder is made if need be."""
    shown = what_is_shown(study)
    folder.mkdir(parents=True, exist_ok=True)
    return [_whole(shown, write, folder / name) for name, write in writers_of(option).items()]


def _whole(shown: Shown, write: Write, path: Path) -> Path:
    part = path.with_name(f".part-{path.name}")
    part.touch()  # a folder that can't be written into says so here, in the same way for every format
    write(shown, part)
    part.replace(path)
    return path


def made(study: Study, form: Format) -> IO[bytes]:
    """What the browser gets, from its beginning. The receiver closes it, and then it is gone."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the receiver closes it)
    with tempfile.TemporaryDirectory() as folder:
        paths = write_format(study, form.option, Path(folder))
        if form.file.endswith(".zip"):
            _put_together(paths, study.slug, target)
        else:
            with paths[0].open("rb") as file:
                shutil.copyfileobj(file, target)
    target.seek(0)
    return target


def _put_together(paths: list[Path], slug: str, target: IO[bytes]) -> None:
    """Parquet is compressed already."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(f"{slug}/{path.name}", FIXED_TIME)
            entry.external_attr = 0o644 << 16
            with path.open("rb") as file, archive.open(entry, "w") as copy:
                shutil.copyfileobj(file, copy)
