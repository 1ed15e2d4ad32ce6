"""What every test may use."""

import gc
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.databases import empty_databases, open_copy

# How long an example takes, to run or to draw, is the machine's business; the tests look at what comes out.
settings.register_profile("delphi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("delphi")

ROOT = Path(__file__).resolve().parents[1]
BROWSER = ROOT / "tests" / "browser"
# The files of five seconds and more, and whatever needs a browser, first of all, so that at the end no worker is left with a long one alone.
# Those that mostly wait stand between those that mostly work.
LONGEST = (
    "tests/browser/expert/test_bundled_studies.py",
    "tests/journeys/test_bundled_studies.py",
    "tests/embedded/test_demo.py",
    "tests/analysis/disclosure/test_attack_on_releases.py",
    "tests/browser/organizer/test_builder.py",
    "tests/analysis/disclosure/test_attack_on_small_releases.py",
    "tests/deterrence_delphi/access/test_every_role.py",
    "tests/browser/organizer/test_result_pages.py",
    "tests/browser/organizer/test_pages_for_words_and_plans.py",
    "tests/browser/organizer/test_pages.py",
    "tests/journeys/test_every_row_by_the_book.py",
    "tests/journeys/test_every_table_of_any_study.py",
    "tests/test_sqlite.py",
    "tests/browser/expert/test_lost_nothing.py",
    "tests/browser/expert/test_way_through.py",
    "tests/browser/expert/test_accessibility.py",
    "tests/browser/organizer/test_the_way.py",
    "tests/surveys/views/organizer/test_queries.py",
    "tests/analysis/views/test_files.py",
    "tests/embedded/test_commands_on_a_bare_machine.py",
    "tests/analysis/test_demonstration.py",
    "tests/analysis/test_faults_with_a_real_worker.py",
    "tests/deterrence_delphi/access/test_every_state.py",
    "tests/deterrence_delphi/access/test_no_leaks.py",
    "tests/analysis/test_aggregation_faults.py",
    "tests/surveys/workflow/test_acts_at_once.py",
    "tests/surveys/workflow/test_closing_race.py",
    "tests/commands/test_as_a_shell_sees_it.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """xdist hands files out in this order (--no-loadscope-reorder: it would put those with many tests first)."""
    rank = {ROOT / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(LONGEST) + (BROWSER not in item.path.parents)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for what can be freed, again and again, takes long."""
    gc.collect()
    gc.freeze()


TransactionTestCase._fixture_teardown = empty_databases  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Of several workers one migrates, and each takes a copy. (They end with their server.)"""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker is None or connection.vendor != "postgresql":
        request.getfixturevalue("django_db_setup")
        return
    with django_db_blocker.unblock():
        open_copy(worker)


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    """Rendered fragments of one test must not be met by another: ids repeat."""
    caches["fragments"].clear()


@pytest.fixture(autouse=True)
def default_language() -> None:
    """The test client leaves the language of the last page on in its thread."""
    translation.deactivate()
