"""Which command needs what: one that needs no database starts none."""

import pytest

from deterrence_delphi.embedded.classification import Need, command_name, need_of


@pytest.mark.parametrize(
    ("line", "need"),
    [
        ("", Need.NO_DATABASE),
        ("help", Need.NO_DATABASE),
        ("--help", Need.NO_DATABASE),
        ("--version", Need.NO_DATABASE),
        ("check --deploy", Need.NO_DATABASE),
        ("check --database default", Need.DATABASE),
        ("makemigrations surveys", Need.NO_DATABASE),
        ("makemessages -l ko", Need.NO_DATABASE),
        ("compilemessages", Need.NO_DATABASE),
        ("collectstatic --no-input", Need.NO_DATABASE),
        ("study_schema", Need.NO_DATABASE),
        ("import_study --help", Need.NO_DATABASE),
        ("import_study study.yaml", Need.DATABASE),
        ("close_round replicats 1 --wait", Need.DATABASE),
        ("migrate", Need.DATABASE),
        ("shell", Need.DATABASE),
        ("--settings=other import_study study.yaml", Need.DATABASE),
        ("demo --port 8001", Need.DEMO),
        ("demo --help", Need.DEMO),
        ("test -k closing", Need.TESTS),
        ("test --help", Need.TESTS),
    ],
)
def test_need(line: str, need: Need) -> None:
    assert need_of(["manage.py", *line.split()]) is need


def test_the_name_is_the_first_word_that_is_no_option() -> None:
    assert command_name(["manage.py", "--pythonpath=.", "shell", "-c", "print()"]) == "shell"
