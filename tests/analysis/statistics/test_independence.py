"""The statistics are a library of their own: an analyst needs neither Django nor pandas to use them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
for name in ("django", "celery", "rest_framework", "pandas", "statsmodels", "surveys", "accounts", "deterrence_delphi"):
    sys.modules[name] = None
from analysis.statistics import kendall_w
print(kendall_w([[1, 2, 3], [1, 2, 3]]).w)
"""


def test_the_statistics_import_and_run_where_everything_else_is_blocked():
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (run.stdout.strip(), run.stderr) == ("1.0", "")
