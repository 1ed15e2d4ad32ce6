"""What every test may use."""

import pytest
from django.core.cache import caches
from django.utils import translation


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    """Rendered fragments of one test must not be met by another: ids repeat."""
    caches["fragments"].clear()


@pytest.fixture(autouse=True)
def english() -> None:
    """A page read in Korean leaves its language active in the thread; every test begins in the default one."""
    translation.deactivate_all()
    translation.activate("en")
