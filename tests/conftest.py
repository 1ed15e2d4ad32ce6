"""What every test may use."""

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    """Rendered fragments of one test must not be met by another: ids repeat."""
    caches["fragments"].clear()
