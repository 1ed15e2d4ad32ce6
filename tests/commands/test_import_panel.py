"""import_panel SLUG FILE.csv: the whole list or nothing; the same list twice changes nothing."""

from pathlib import Path

import pytest

from surveys.models import AuditEvent, Invitation, Panelist, Study
from surveys.workflow.rounds import open_round
from tests.commands.running import Ran, run
from tests.factories import a_study, by_panel, give

LIST = "panelist,panel,name,email,language\na,us,Ann,Ann@example.org,en\nb,jp,,,\n,kr,Kim,kim@example.org,\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return a_study()


def take(folder: Path, text: str | bytes) -> Ran:
    file = folder / "panel.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run("import_panel", "small", file)


def test_counts_are_printed(study: Study, tmp_path: Path) -> None:
    assert take(tmp_path, LIST) == Ran(0, "3 new, 0 changed, 0 unchanged, 0 repeated\n", "")
    assert sorted(study.panelists.values_list("panel__code", flat=True)) == ["jp", "kr", "us"]


def test_the_same_list_twice_changes_nothing(study: Study, tmp_path: Path) -> None:
    take(tmp_path, LIST)
    before = (list(Panelist.objects.order_by("pk").values()), AuditEvent.objects.count())
    assert take(tmp_path, LIST) == Ran(0, "0 new, 0 changed, 3 unchanged, 0 repeated\n", "")
    assert (list(Panelist.objects.order_by("pk").values()), AuditEvent.objects.count()) == before


def test_an_expert_without_a_code_is_found_by_the_address_in_any_case(study: Study, tmp_path: Path) -> None:
    take(tmp_path, LIST)
    assert take(tmp_path, "panel,email\nkr,KIM@Example.org\nus,ann@example.org\n").out.startswith("0 new")
    assert study.panelists.count() == 3


@pytest.mark.parametrize(("text", "said"), [
    ("panelist,panel\na,us\nb,xx\n", "line 3: there is no panel “xx”"),
    ("panelist,panel\na,us\n,us\n", "line 3: give a panelist code or an e-mail address"),
    ("panelist,panel,language\na,us,fr\n", "line 2: the study has no language “fr”"),
    ("panelist,panel,email\na,us,nobody\n", "line 2: “nobody” is not an e-mail address"),
    ("panelist,panel\na,us\na,jp\n", "line 3: panelist “a” stands in line 2 already"),
    ("panelist,panel,age\na,us,4\n", "unknown column “age”"),
    ("panelist\na\n", "there is no column “panel”"),
    ("panelist,panel\na,us,3\n", "3 cells"),
    (b"panelist,panel\n\xe4,us\n", "not in UTF-8"),
    ("", "there is no column"),
])
def test_a_list_with_a_mistake_is_refused_whole(study: Study, tmp_path: Path, text: str | bytes, said: str) -> None:
    ran = take(tmp_path, text)
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert not study.panelists.exists()


def test_who_has_answered_stays_in_the_panel(study: Study, tmp_path: Path) -> None:
    take(tmp_path, "panelist,panel\nus-1,us\nus-2,us\n")
    give(open_round(study, 1), by_panel("grave", {"us": [3]}))
    ran = take(tmp_path, "panelist,panel\nus-1,jp\n")
    assert ran.status == 1 and "has answered" in ran.err
    assert take(tmp_path, "panelist,panel\nus-2,jp\n").out.startswith("0 new, 1 changed")


def test_who_comes_while_a_round_is_open_is_invited(study: Study, tmp_path: Path) -> None:
    study_round = open_round(study, 1)
    take(tmp_path, LIST)
    assert Invitation.objects.filter(round=study_round).count() == 3


def test_semicolons_and_a_byte_order_mark_are_read(study: Study, tmp_path: Path) -> None:
    assert take(tmp_path, "\ufeffpanelist;panel\r\na;us\r\n").out.startswith("1 new")
