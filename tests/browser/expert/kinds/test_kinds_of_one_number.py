"""Rating, probability, number, choice and text: by keyboard alone, and in three languages on a narrow phone. (By mouse and without
JavaScript they are answered in test_way_through.py.)"""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Answer
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import expect_saved, item, open_section
from tests.surveys.views.expert.expert_studies import ITEMS, MORE, an_open_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY = [{"section": "main", "title": {"en": "Main"}, "items": [*ITEMS, *MORE]}]


def tab_to(page: Page, ending: str) -> None:
    """Press Tab until a field whose name ends like this has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''").endswith(ending):
            return
    raise AssertionError(f"no way to {ending} by keyboard")


def name_of(page: Page, code: str) -> str:
    return f"i{item(page, code).get_attribute('data-item')}-value"


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round(questionnaire=EVERY)
    open_section(page, live_server, experts[0])
    tab_to(page, name_of(page, "grave"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, name_of(page, "likely"))
    page.keyboard.type("35")
    page.keyboard.press("Tab")  # the slider beside the field takes arrows too
    page.keyboard.press("ArrowRight")
    tab_to(page, name_of(page, "days"))
    page.keyboard.type("30")
    tab_to(page, name_of(page, "way"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, name_of(page, "next"))
    page.keyboard.type("Ask about ports")
    for code in ("grave", "likely", "days", "way", "next"):
        expect_saved(page, code)
    stored = dict(Answer.objects.values_list("asked_item__item_version__item__code", "value"))
    assert stored == {"grave": 2, "likely": 36, "days": 30, "way": "law", "next": "Ask about ports"}


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_they_fit_a_phone_in_every_language(window: OpenWindow, live_server: Any, language: str) -> None:
    _study, _round, experts = an_open_round(questionnaire=EVERY, languages=["en", "ko", "ja"])
    for scheme in ("light", "dark"):
        page = window(width=320, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
