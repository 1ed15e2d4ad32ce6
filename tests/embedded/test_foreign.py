"""An environment that somebody else made: is everything there, in a version that we allow?"""

from pathlib import Path

import pytest
from packaging.requirements import Requirement

from deterrence_delphi.embedded.foreign import is_met, named_requirements, requirement_lines, what_is_missing

ROOT = Path(__file__).parents[2]


def test_the_environment_of_this_test_lacks_nothing() -> None:
    assert what_is_missing(ROOT, "test") == []


def test_hashes_comments_and_options_are_no_requirements() -> None:
    text = "# why\n-r other.in\none==1 ; sys_platform != 'win32' \\\n    --hash=sha256:aa\n    # via two\ntwo>=2  # note\n"
    assert requirement_lines(text) == ["one==1 ; sys_platform != 'win32'", "two>=2"]


@pytest.mark.parametrize(
    ("requirement", "met"),
    [("django~=5.2.1", True), ("django>=99", False), ("no-such-package-here>=1", False), ("django==1.0", True)],
)
def test_ranges_are_checked_and_locked_versions_only_for_presence(requirement: str, met: bool) -> None:
    """A newer patch release than the locked one will do; the ranges in requirements.in say what will not."""
    assert is_met(Requirement(requirement)) is met


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "requirements.in").write_text("django~=5.2\n")
    (tmp_path / "requirements.txt").write_text(
        "django==5.2.19 \\\n    --hash=sha256:aa\nno-such-package-here==1\nother-one==1 ; sys_platform == 'plan9'\nvalkeylite==0.0.1\n"
    )
    assert what_is_missing(tmp_path, "run") == ["no-such-package-here"]


def test_the_tests_need_what_running_needs_too() -> None:
    assert set(named_requirements(ROOT, "run")) < set(named_requirements(ROOT, "test"))
