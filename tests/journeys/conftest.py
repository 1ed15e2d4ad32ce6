"""Journeys that end in a browser share the one that the browser tests start."""

from tests.browser.conftest import browser

__all__ = ["browser"]
