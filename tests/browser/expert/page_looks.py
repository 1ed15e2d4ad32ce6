"""What is seen of a page whatever is on it: its width, its language, and words that somebody forgot to translate."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

# Three Latin words after each other are a sentence of ours; names, codes and addresses are shorter. What experts wrote is theirs,
# and what carries a language of its own is marked as a text that came in the source language.
FOREIGN = r"""() => {
  const sentence = /[A-Za-z]{2,}(?:[\s,.;:'’()-]+[A-Za-z]{2,}){2,}/;
  const isOurs = (element) => !element.closest("script, style, template, textarea, .reasons") && element.closest("[lang]") === document.documentElement;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (sentence.test(walker.currentNode.data) && isOurs(walker.currentNode.parentElement)) found.push(walker.currentNode.data.trim());
  for (const element of document.body.querySelectorAll("*")) for (const { name, value } of element.attributes)
    if (/^(aria-label|title|placeholder|alt|data-text.*|data-words)$/.test(name) && sentence.test(value) && isOurs(element)) found.push(`${name}: ${value}`);
  return sentence.test(document.title) ? [...found, document.title] : found;
}"""


@dataclass
class Looks:
    """Faults of the pages that one expert came through, and how many pages these were."""

    language: str
    pages: int = 0
    too_wide: list[str] = field(default_factory=list)
    in_another_language: list[str] = field(default_factory=list)
    untranslated: list[tuple[str, str]] = field(default_factory=list)

    def at(self, page: Page) -> None:
        self.pages += 1
        width, language = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.lang]")
        if page.viewport_size and width > page.viewport_size["width"]:  # a phone's innerWidth grows with what is too wide
            self.too_wide.append(f"{page.url}: {width} px")
        if language != self.language:
            self.in_another_language.append(f"{page.url}: {language}")
        if self.language != "en":
            self.untranslated += [(page.url, text) for text in page.evaluate(FOREIGN)]
