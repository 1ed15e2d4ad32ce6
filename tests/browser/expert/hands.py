"""How an expert's hands put answers into a questionnaire's page: by touch, by keyboard, or on a page without scripts.

An answer comes as the form's fields: name without the item's prefix → value; "" where nothing is ticked.
"""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.expert.steps import item

Fields = Mapping[str, str]
Answers = Mapping[str, Fields]  # item → fields
Hand = Callable[[Page, Answers], None]
NEXT = 'main button[name="then"][value="next"]'

READ = """article => {
  const found = {};
  for (const field of article.querySelectorAll("[name]")) {
    const name = field.name.slice(article.id.length + 1);
    if (field.type !== "radio" && field.type !== "checkbox" || field.checked) found[name] = [field.type, field.value];
    else found[name] ??= [field.type, ""];
  }
  return found;
}"""

FOCUSED = """() => {
  const field = document.activeElement, article = field.closest(".item");
  const isRanking = Boolean(article && field.closest(".ranking"));
  if (!article || !field.name) return { isNext: field.name === "then", isRanking, code: article?.dataset.code ?? "", name: "", now: "" };
  const group = field.type === "radio" ? [...article.querySelectorAll(`[name="${field.name}"]`)].map((radio) => radio.value) : [];
  const isTicked = field.type === "radio" || field.type === "checkbox" ? field.checked : true;
  return { isNext: false, isRanking, code: article.dataset.code, name: field.name.slice(article.id.length + 1), type: field.type, group,
           at: group.indexOf(field.value), now: isTicked ? field.value : "" };
}"""


def codes_on(page: Page) -> list[str]:
    return page.locator(".item").evaluate_all("articles => articles.map((article) => article.dataset.code)")


def by_touch(page: Page, answers: Answers) -> None:
    """Item by item down the page; an item that an answer opened is met when it is its turn."""
    fill_page(page, answers, {"ranking": put_in_order, "plane": put_on_map})
    expect(page.locator(".item:visible .saved:not([data-state=saved])")).to_have_count(0)
    follow(page, page.locator(NEXT).tap)


def without_scripts(page: Page, answers: Answers) -> None:
    fill_page(page, answers, {})
    follow(page, page.locator(NEXT).tap)


def follow(page: Page, act: Callable[[], None]) -> None:
    """A tap does not wait for the page that it leads to."""
    with page.expect_navigation():
        act()


def fill_page(page: Page, answers: Answers, special: Mapping[str, Callable[[Locator, Fields], None]]) -> None:
    for code in codes_on(page):
        article = item(page, code)
        if code in answers and article.is_visible():
            fill_item(article, answers[code], special)


def fill_item(article: Locator, fields: Fields, special: Mapping[str, Callable[[Locator, Fields], None]]) -> None:
    """What is there already stays. Ticks are taken away before others are set, because there may be a most."""
    present: dict[str, Any] = article.evaluate(READ)
    prefix = article.get_attribute("id")
    for name, value in sorted(fields.items(), key=lambda entry: (entry[0] != "decision", entry[1] != "")):
        field = article.locator(f'[name="{prefix}-{name}"]')
        kind, now = present.get(name, ("", value))
        if now == value:
            continue
        control = next((control for control in special if article.locator(f".{control}").count() and name.startswith("value")), None)
        if control:
            special[control](article, fields)
            special = {}
            present = article.evaluate(READ)
        elif kind in ("radio", "checkbox"):
            ticked = field if not value else article.locator(f'[name="{prefix}-{name}"][value="{value}"]')
            ticked.locator("xpath=ancestor::label[1]").tap(force=True)
        elif kind == "select-one":
            field.select_option(value or "–")
        elif name != "rationale" or field.is_visible():
            field.fill(value)


def put_in_order(article: Locator, fields: Fields, press: Callable[[Locator], None] = lambda button: button.tap(force=True)) -> None:
    """One press after the other gives each option the next position; an earlier order is cleared first."""
    if article.locator(".ranking__order .ranking__row").count():
        press(article.locator(".ranking__foot .button--plain"))
    ranked = {name.removeprefix("value."): int(rank) for name, rank in fields.items() if name.startswith("value.")}
    for code in sorted(ranked, key=lambda code: ranked[code]):
        press(article.locator(f'.ranking__row[data-code="{code}"] .ranking__toggle'))


def put_on_map(article: Locator, fields: Fields) -> None:
    """The map's rows are numbered from below."""
    article.locator(f'.plane__row[data-number="{fields["value.y"]}"] .plane__cell').nth(int(fields["value.x"]) - 1).tap(force=True)


def by_keyboard(page: Page, answers: Answers) -> None:
    """Tab by Tab from the top of the page to its button; only within a ranking the buttons are gone to in the order of the answer."""
    ranked: set[str] = set()
    while True:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["isNext"]:
            break
        code, fields = at["code"], answers.get(at["code"], {})
        if at["isRanking"] and code not in ranked and any(name.startswith("value") for name in fields):
            put_in_order(item(page, code), fields, press=lambda button: button.press("Enter"))
            ranked.add(code)
        elif not at["isRanking"] and fields.get(at["name"], at["now"]) != at["now"]:
            type_into(page, at, fields[at["name"]])
    follow(page, lambda: page.keyboard.press("Enter"))


def type_into(page: Page, at: Mapping[str, Any], wanted: str) -> None:
    """The arrow keys choose as they go; Space chooses where the focus stands."""
    if at["type"] == "radio":
        steps = at["group"].index(wanted) - at["at"]
        for _step in range(abs(steps)):
            page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
    if at["type"] == "checkbox" or (at["type"] == "radio" and not steps):
        page.keyboard.press("Space")
    elif at["type"] != "radio":
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(wanted)
