"""Style and types are clean: ruff and mypy find nothing, as configured in pyproject.toml."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("tool", [["ruff", "check", "--no-cache", "."], ["mypy"]], ids=["ruff", "mypy"])
def test_it_finds_nothing(tool: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "DELPHI_MODE": "test", "DATABASE_URL": "sqlite://:memory:", "MYPY_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
