"""datapackage.json: all files with their columns, sizes and checksums, as a Data Package (Frictionless, version 1)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.exports.contents import MEDIA_TYPES, contents_in_english
from analysis.exports.files import FILES, ResultFile, asked_of
from analysis.exports.scripts import SCRIPTS
from analysis.exports.shown import Shown
from surveys.items import by_language
from surveys.models import Study

TYPES = {"text": "string", "number": "number"}


@dataclass(frozen=True)
class Written:
    """What was written of a file: its length and its SHA-256."""

    size: int
    sha256: str


def datapackage_json(shown: Shown, written: Mapping[str, Written]) -> bytes:
    tables = {file.name: file for file in FILES}
    package = {
        "profile": "data-package", "name": shown.study.slug, "title": title_of(shown.study),
        "description": "The published results of a Delphi study. A cell is empty where a figure is not defined, or protected.",
        "resources": [_resource(name, found) | (_schema(tables[name], shown) if name in tables else {}) for name, found in written.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def title_of(study: Study) -> str:
    titles = by_language(study.settings["title"], study.source_language)
    return str(titles.get(study.source_language) or study.slug)


def _resource(name: str, written: Written) -> dict[str, Any]:
    """A script keeps its ending in its name: without it, the two would be called the same."""
    stem, _dot, ending = name.partition(".")
    named = {"name": name.lower() if name in SCRIPTS else stem, "path": name, "description": contents_in_english(name)}
    return {**named, "format": ending, "mediatype": MEDIA_TYPES[ending], "encoding": "utf-8", "bytes": written.size, "hash": f"sha256:{written.sha256}"}


def _schema(file: ResultFile, shown: Shown) -> dict[str, Any]:
    """A key is named only where its columns are never empty, as the standard wants: a component's name may be."""
    fields = [{"name": column.name, "type": TYPES[column.kind], "description": column.meaning} for column in file.columns(asked_of(shown))]
    key = {"primaryKey": list(file.key)} if file.key else {}
    return {"profile": "tabular-data-resource", "schema": {"fields": fields, "missingValues": [""], **key}}
