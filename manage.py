#!/usr/bin/env python3
"""The one door: Django's commands, and `demo` and `test`, on a machine that has nothing but Python.

It makes its own environment (.venv) when it needs one, then goes on there. This file itself is kept
readable for old Pythons, so that they can say in words what is missing.
"""

import os
import sys
import types
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent


def refuse_where_it_cannot_run() -> None:
    """Says in one sentence what an old Python or a foreign system would otherwise say in a traceback."""
    if os.name != "posix":
        sys.exit("Deterrence Delphi runs on Linux and macOS. On Windows, use it inside WSL (`wsl --install`).")
    if sys.version_info < OLDEST:
        from shutil import which

        newer = [name for name in (f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1)) if which(name)]
        remedy = f"Try: {newer[0]} manage.py" if newer else "Please install a newer Python and try again."
        this = f"{sys.version_info[0]}.{sys.version_info[1]}"
        sys.exit(f"Deterrence Delphi needs Python 3.11 or newer; this is {this}. {remedy}")


def main() -> None:
    refuse_where_it_cannot_run()
    sys.path.insert(0, str(ROOT))
    # deterrence_delphi/__init__.py needs Celery, which may not be installed yet: until it is, a bare package stands in.
    bare = types.ModuleType("deterrence_delphi")
    bare.__path__ = [str(ROOT / "deterrence_delphi")]
    sys.modules["deterrence_delphi"] = bare
    from deterrence_delphi.embedded.entrance import enter

    enter(sys.argv)
    del sys.modules["deterrence_delphi"]
    from deterrence_delphi.embedded.entrance import run

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
