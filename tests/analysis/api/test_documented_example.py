"""docs/api.md's programs are run as they stand there, against a running server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from accounts.tokens import create_token
from analysis.blocks import analyse_now
from surveys.enums import Role
from tests.factories import a_study, add_experts, by_panel, public, run_round
from tests.surveys.views.organizer.stage import somebody

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_the_programs_of_the_document_read_a_study(live_server: LiveServer) -> None:
    study = a_study(public())
    add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    analyse_now(run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5, 5], "jp": [2, 2, 3, 3, 4, 4], "kr": [1, 1, 1, 1, 1, 1]})))
    _token, text = create_token(somebody(study, Role.ANALYST), "document", 30)
    one_line, whole = PROGRAMS
    program = f"{whole}\nfile = {one_line}\nprint(len(file), 'rows of the file;', len(table('aggregates')), 'by the API')\n"
    known = {"DELPHI_SITE": live_server.url, "DELPHI_STUDY": study.slug, "DELPHI_TOKEN": text}
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ, **known}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed = [line.split() for line in done.stdout.splitlines()]
    assert printed[0] == ["item", "group", "n", "median", "q1", "q3"]
    # By hand, type 7: of six sorted values, quartiles lie at the places 2.25, 3.5 and 4.75.
    assert [[*line[:2], *map(float, line[2:])] for line in printed[1:4]] == [
        ["grave", "us", 6, 3.5, 2.25, 4.75], ["grave", "jp", 6, 3, 2.25, 3.75], ["grave", "kr", 6, 1, 1, 1]]
    in_file, by_api = re.findall(r"\d+", done.stdout.splitlines()[-1])
    assert in_file == by_api != "0"
