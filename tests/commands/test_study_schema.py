"""study_schema: JSON Schema on standard output, the published one, without a database."""

import json
from pathlib import Path

from tests.commands.running import ROOT, run


def test_it_is_the_published_schema() -> None:
    ran = run("study_schema")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == json.loads(Path(ROOT / "docs" / "study-file.schema.json").read_text(encoding="utf-8"))
