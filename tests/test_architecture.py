"""The house stands: arrows and layers, sizes, names."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = [ROOT / name for name in ("accounts", "analysis", "deterrence_delphi", "surveys")]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handler", "handlers"}


def modules() -> list[Path]:
    return [path for folder in CODE for path in folder.rglob("*.py") if "migrations" not in path.parts]


def test_imports_follow_the_contracts() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_no_module_is_a_junk_drawer() -> None:
    assert [str(path.relative_to(ROOT)) for path in modules() if path.stem in FORBIDDEN_NAMES] == []


def variables_called_round(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    fields = {line.lineno for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for line in node.body}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "round" and isinstance(node.ctx, ast.Store) and node.lineno not in fields
    ]


def test_no_variable_is_called_round() -> None:
    """The built-in stays usable, and a reader knows whether a number or a round is meant. Fields of classes may be called so."""
    assert [place for path in modules() for place in variables_called_round(path)] == []


def test_files_stay_small() -> None:
    assert [f"{path.relative_to(ROOT)}" for path in modules() if len(path.read_text().splitlines()) > 300] == []


def test_functions_stay_small() -> None:
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                doc = ast.get_docstring(node, clean=False)
                lines = node.end_lineno - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)
                if lines > 40:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({lines})")
    assert found == []


@pytest.mark.parametrize("package", ["analysis.statistics", "analysis.disclosure"])
def test_pure_packages_import_without_django(package: str) -> None:
    blocked = "import sys\nfor name in ('django', 'celery', 'rest_framework', 'pandas'): sys.modules[name] = None\n"
    done = subprocess.run([sys.executable, "-c", f"{blocked}import {package}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_survey_rows_are_written_in_the_workflow_only() -> None:
    """Views, tasks and analysis call the workflow; they never save, create, update or delete survey rows themselves."""
    writes = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}
    found = []
    for folder in ("surveys/views", "surveys/api", "analysis/views", "analysis/api", "surveys/management", "analysis/management"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writes:
                    chain = ast.unparse(node.func.value)
                    if ".objects" in chain or ".filter(" in chain:
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno} {chain[:60]}.{node.func.attr}")
    assert found == []
