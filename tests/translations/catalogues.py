"""The script in locale/, which is no package: the standard library has the name."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def script() -> ModuleType:
    if "catalogues" not in sys.modules:
        found = importlib.util.spec_from_file_location("catalogues", ROOT / "locale" / "catalogues.py")
        assert found is not None and found.loader is not None
        sys.modules["catalogues"] = importlib.util.module_from_spec(found)
        found.loader.exec_module(sys.modules["catalogues"])
    return sys.modules["catalogues"]
