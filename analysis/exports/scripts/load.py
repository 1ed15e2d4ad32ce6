"""Load the tables that lie beside this script with pandas.

    from load import load
    tables = load()
    tables["aggregates"]

Each column has the type that datapackage.json names: text is "str", numbers are "float64". An empty cell becomes a missing value, because the
figure is not defined, does not apply, or is protected.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas

HERE = Path(__file__).resolve().parent
TYPES = {"string": "str", "number": "float64"}


def load(folder: str | Path = HERE) -> dict[str, pandas.DataFrame]:
    """Name of the file without its ending → its rows."""
    package = json.loads((Path(folder) / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: read(folder, resource) for resource in package["resources"] if "schema" in resource}


def read(folder: str | Path, resource: dict[str, Any]) -> pandas.DataFrame:
    types: Any = {column["name"]: TYPES[column["type"]] for column in resource["schema"]["fields"]}
    return pandas.read_csv(Path(folder) / resource["path"], dtype=types, keep_default_na=False, na_values=[""], float_precision="round_trip",
                           encoding="utf-8-sig")


if __name__ == "__main__":
    for name, rows in load().items():
        sys.stdout.write(f"{name}: {len(rows)} rows, {len(rows.columns)} columns\n")
