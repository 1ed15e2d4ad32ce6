"""The commands as processes of their own: help, exit status, what goes to standard output and what to standard error."""

import pytest
from django.core.management import load_command_class

from surveys.models import Study
from surveys.studyfile import read_study
from tests.commands.running import run_for_real
from tests.surveys.studyfile.studies import SMALL

COMMANDS = {
    "import_study": "surveys", "export_study": "surveys", "import_panel": "surveys", "import_answers": "surveys", "study_schema": "surveys",
    "add_member": "surveys", "open_round": "analysis", "close_round": "analysis", "reopen_round": "analysis", "export": "analysis", "sweep": "analysis",
    "simulate": "analysis",
}


@pytest.mark.parametrize(("name", "app"), COMMANDS.items())
def test_every_command_explains_itself(name: str, app: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        load_command_class(app, name).run_from_argv(["manage.py", name, "--help"])
    shown = capsys.readouterr()
    assert left.value.code == 0 and shown.err == ""
    assert f"manage.py {name}" in shown.out
    for action in load_command_class(app, name).create_parser("manage.py", name)._actions:
        assert action.help, f"{name} {action.dest} has no help"


@pytest.mark.django_db(transaction=True)
def test_a_study_goes_through_pipes() -> None:
    imported = run_for_real("import_study", "-", stdin=SMALL)
    assert (imported.status, imported.out) == (0, "small\n")
    assert "ko: " in imported.err and "Traceback" not in imported.err
    exported = run_for_real("export_study", "small")
    assert (exported.status, exported.err) == (0, "") and read_study(exported.out) == read_study(SMALL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("arguments", [("export_study", "nowhere"), ("import_study", "missing.yaml")])
def test_a_refusal_is_one_on_standard_error_without_a_traceback(arguments: tuple[str, ...]) -> None:
    ran = run_for_real(*arguments)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("CommandError: ") and "Traceback" not in ran.err
    assert not Study.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nonsense_arguments_are_refused_with_the_usage() -> None:
    ran = run_for_real("open_round", "small", "one")
    assert (ran.status, ran.out) == (1, "")
    assert "usage: " in ran.err and "Traceback" not in ran.err
