"""What the entrance sets before many processes start."""

import os
import subprocess
import sys

import pytest

from deterrence_delphi.embedded.entrance import let_children_share_what_they_compile


def test_children_keep_what_they_compile_where_the_machine_forbids_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    let_children_share_what_they_compile()
    ask = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]
    assert subprocess.run(ask, env=os.environ, capture_output=True, text=True, check=True).stdout == "False\n"
