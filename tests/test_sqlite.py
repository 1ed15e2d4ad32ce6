"""The core (workflow, closing race, export) also runs on SQLite: a run within the run, on a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORE = ["tests/surveys/workflow/test_closing_race.py", "tests/surveys/workflow/test_round_states.py", "tests/surveys/workflow/test_responses.py",
        "tests/analysis/test_publication.py", "tests/journeys/test_click_to_csv_cell.py", "tests/journeys/test_protected_answers.py"]
OF_THIS_RUN = ("DATABASE_URL", "REDIS_URL", "DELPHI_VAR", "DELPHI_VALKEY_DB", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_CURRENT_TEST",
               "PYTEST_XDIST_TESTRUNUID")


def test_the_core_runs_on_sqlite() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in OF_THIS_RUN}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *CORE],
        cwd=ROOT, env={**environment, "DELPHI_TEST_DB": "sqlite"}, capture_output=True, text=True, check=False, timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "SQLite" in done.stdout + done.stderr
