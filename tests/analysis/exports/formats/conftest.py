"""The files are made once for all tests that only read them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.analysis.exports.formats.korean_study import all_formats


@pytest.fixture(scope="session")
def folder(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    with django_db_blocker.unblock(), all_formats() as made:
        yield made
