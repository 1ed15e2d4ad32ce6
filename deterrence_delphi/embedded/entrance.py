"""The two steps of manage.py: into an environment that has everything, then the command itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .classification import Need, need_of
from .environment import enter_environment
from .folders import DataFolder
from .refusal import Refused, in_plain_words, say
from .session import settings_for_command

ROOT = Path(__file__).resolve().parent.parent.parent
INTERRUPTED = 130


def data_folder() -> DataFolder:
    return DataFolder(Path(os.environ.get("DELPHI_VAR") or ROOT / "var"))


@contextmanager
def plainly() -> Iterator[None]:
    """Ends the program with a sentence instead of a traceback, where a user can do something about it."""
    try:
        yield
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        say("")
        sys.exit(INTERRUPTED)
    except OSError as error:
        plain = in_plain_words(error)
        if plain is None:
            raise
        sys.exit(str(plain))


def enter(arguments: list[str]) -> None:
    """Before anything is installed: what can be refused at once is refused at once."""
    with plainly():
        need = need_of(arguments)
        if need is Need.DEMO:
            from deterrence_delphi.demo.options import check_options, demo_options

            check_options(demo_options(arguments), data_folder())
        enter_environment(ROOT, "test" if need is Need.TESTS else "run", arguments)


def run(arguments: list[str]) -> int:
    """In an environment that has everything: the command. Returns, or exits with, the command's own status."""
    need = need_of(arguments)
    with plainly():
        if need is Need.DEMO:
            return run_demo(arguments)
        if need is Need.TESTS:
            run_tests(arguments)
        return run_command(need, arguments)


def let_children_share_what_they_compile() -> None:
    """Demo and tests start many Pythons. Where the machine forbids them to keep compiled code, each would compile everything anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def run_demo(arguments: list[str]) -> int:
    from deterrence_delphi.demo.options import demo_options
    from deterrence_delphi.demo.supervisor import Demo

    let_children_share_what_they_compile()
    return Demo(ROOT, data_folder(), demo_options(arguments)).run()


def run_tests(arguments: list[str]) -> None:
    """This process becomes pytest, with its own closing line and status. The plugin tests.servers starts the servers."""
    let_children_share_what_they_compile()
    if not Path.cwd().is_relative_to(ROOT):
        os.chdir(ROOT)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [os.fspath(ROOT), os.environ.get("PYTHONPATH")]))
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments[2:]])  # noqa: S606


def run_command(need: Need, arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
    with settings_for_command(data_folder(), need, arguments):
        from django.core.management import execute_from_command_line

        execute_from_command_line(arguments)
    return 0
