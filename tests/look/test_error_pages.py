"""Error pages stand by themselves: no request, no database, no context."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_an_error_page_needs_nothing(status):
    html = render_to_string(f"{status}.html")
    assert html.startswith("<!doctype html>")
    assert 'lang="en"' in html
    assert html.count("<main") == html.count("<h1") == 1


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_an_error_page_says_what_to_do(status):
    assert render_to_string(f"{status}.html").count("<p>") >= 2
