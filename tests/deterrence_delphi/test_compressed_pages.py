"""Pages travel compressed, to those who can read it; files go as they are."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from deterrence_delphi.middleware import compressed_pages

PAGE = "<p>" + "the same again and again " * 50


def answer(content_type: str, accepts: str = "gzip") -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(PAGE, content_type=content_type)

    return compressed_pages(view)(RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts))


def test_a_page_is_compressed_and_reads_the_same() -> None:
    response = answer("text/html; charset=utf-8")
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == PAGE
    assert len(response.content) < len(PAGE) / 3


def test_a_browser_that_cannot_read_it_gets_the_page_as_it_is() -> None:
    response = answer("text/html", accepts="identity")
    assert not response.has_header("Content-Encoding")
    assert response.content.decode() == PAGE


@pytest.mark.parametrize("content_type", ["application/zip", "text/csv", "application/json"])
def test_a_file_is_left_alone(content_type: str) -> None:
    response = answer(content_type)
    assert not response.has_header("Content-Encoding")
    assert response.content.decode() == PAGE


@pytest.mark.django_db
def test_two_equal_pages_differ_in_length_by_chance() -> None:
    """So that the length of a page tells nothing about a secret in it."""
    client = Client(headers={"accept-encoding": "gzip"})
    assert len({len(client.get("/accounts/login/").content) for _repeat in range(12)}) > 1
