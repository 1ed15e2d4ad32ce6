"""Dates and times as each language writes them."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "Nov. 22, 2026, 7:30 p.m."), ("ko", "2026년 11월 22일 오후 7:30"), ("ja", "2026年11月22日19:30"),
])
def test_a_moment_in_each_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert date_format(datetime(2026, 11, 22, 19, 30, tzinfo=UTC), "DATETIME_FORMAT") == expected
