"""Pictures of an item of every kind: docs/screenshots/kinds/KIND-ROUND-WIDTH-SCHEME[-LANGUAGE].png, shown in docs/kinds.md.

    .venv/bin/python docs/tools/kind_screenshots.py [--only grid plane ...] [--to docs/screenshots/kinds]

The study is every-kind.yaml. Its experts are simulated; one of them answers as every-kind-answers.csv says and is pictured: in round 1 with
these answers, in round 2 with the feedback and "Change it" opened. Everything runs on a stage of its own and is gone afterwards.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(HERE)]

from small_png import save_small  # noqa: E402

from benchmarks.browser import chromium  # noqa: E402
from benchmarks.stage import servers, web  # noqa: E402

if TYPE_CHECKING:
    from surveys.models import Panelist, Study

Scheme = Literal["light", "dark"]
KINDS = {  # the picture's name → section, item
    "practice": ("one-number", "practice"), "rating": ("one-number", "linked"), "probability": ("one-number", "ts-grey-5y"),
    "shown-if": ("one-number", "ts-severity"), "number": ("one-number", "warning-days"), "choice": ("one-number", "intention"),
    "text": ("one-number", "next-question"), "choices": ("several", "means"), "ranking": ("several", "priorities"),
    "allocation": ("several", "burden"), "quantiles": ("several", "spend-2031"), "interval": ("several", "defence-years"),
    "plane": ("several", "bs-map"), "grid": ("tables", "readiness"), "role-grid": ("tables", "roles"), "mirror": ("tables", "roles-mirror"),
}  # fmt: skip
NEVER_EVALUATED = "practice"  # nothing comes back from it, so its second round would be the first once more
PICTURED, PANEL = "pictured", "kr"
EXPERTS = {"us": 9, "jp": 8, "kr": 8, "pl": 7, "no": 4}  # Norway's panel is small on purpose: its figures are protected
HEIGHTS = {360: 740, 1280: 900}
TALLEST = 4800
MARGIN = 10
GRAIN = 16  # small differences of colour are smooth edges only


@dataclass(frozen=True)
class View:
    """One window: a round in a width, a scheme and a language."""

    number: int
    width: int
    scheme: Scheme
    language: str

    @property
    def suffix(self) -> str:
        return f"{self.number}-{self.width}-{self.scheme}" + ("" if self.language == "en" else f"-{self.language}")


def views() -> Iterator[View]:
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for number in (1, 2):
        for width in HEIGHTS:
            yield from (View(number, width, scheme, "en") for scheme in schemes)
    yield from (View(2, 360, "light", language) for language in ("ko", "ja"))


def prepare() -> dict[int, tuple[str, str]]:
    """Round → the study in which it is open, and the pictured expert's token in it."""
    from surveys.simulation import Expert
    from surveys.studyfile import read_study
    from surveys.workflow.invitations import issue_link
    from surveys.workflow.rounds import open_round
    from surveys.workflow.simulated import create_simulated_experts
    from surveys.workflow.studies import import_study

    definition = read_study((HERE / "every-kind.yaml").read_bytes())
    first = import_study({**definition, "study": "every-kind-first"}, is_simulated=True)[0]
    create_simulated_experts(first, [Expert(PICTURED, PANEL)])
    answer(first, 1, [])
    second = import_study(definition, is_simulated=True)[0]
    others = [Expert(f"sim-{panel}-{place}", panel) for panel, count in EXPERTS.items() for place in range(count)]
    create_simulated_experts(second, [Expert(PICTURED, PANEL), *others])
    answer(second, 1, list(second.panelists.exclude(code=PICTURED).select_related("panel")))
    publish(second)
    open_round(second, 2)
    return {number: (study.slug, issue_link(agreed(study))) for number, study in ((1, first), (2, second))}


def agreed(study: "Study") -> "Panelist":
    from surveys.workflow.invitations import give_consent

    panelist = study.panelists.select_related("study").get(code=PICTURED)
    give_consent(panelist)
    return panelist


def answer(study: "Study", number: int, others: "Sequence[Panelist]") -> None:
    from analysis.demonstration import MODEL, SEED
    from analysis.simulated_rounds import answers_file
    from surveys.workflow.answer_files import import_answers
    from surveys.workflow.rounds import open_round

    opened = open_round(study, number)
    if others:
        import_answers(opened, answers_file(opened, others, SEED, MODEL, {}))
    import_answers(opened, (HERE / "every-kind-answers.csv").read_text(encoding="utf-8"))


def publish(study: "Study") -> None:
    """Close the first round, count it, and let every reason through."""
    from analysis.aggregation import aggregate_round
    from surveys.workflow.rounds import close_round
    from surveys.workflow.simulated import approve_simulated_reasons

    closed = close_round(study.rounds.get(number=1).pk)
    aggregate_round(closed.pk, closed.closing)
    approve_simulated_reasons(closed)


def take_all(browser: Browser, address: str, links: dict[int, tuple[str, str]], kinds: Sequence[str], folder: Path) -> None:
    decoder = browser.new_page()
    sessions = {}
    for number, (slug, token) in links.items():
        page = browser.new_page()
        page.goto(f"{address}/i/{token}/")
        page.locator('button[name="act"][value="open"]').click()
        page.wait_for_url(f"**/s/{slug}/**")
        sessions[number] = page.context.storage_state()
    for view in views():
        page = browser.new_context(
            storage_state=sessions[view.number], color_scheme=view.scheme, viewport={"width": view.width, "height": HEIGHTS[view.width]},
            locale="en", timezone_id="Asia/Seoul", reduced_motion="reduce",
        ).new_page()  # fmt: skip
        page.context.add_cookies([{"name": "delphi_language", "value": view.language, "url": address}])
        for kind in kinds:
            if view.number == 1 or kind != NEVER_EVALUATED:
                save_small(decoder, picture(page, f"{address}/s/{links[view.number][0]}", kind, view), folder / f"{kind}-{view.suffix}.png", GRAIN)
        page.context.close()


def picture(page: Page, study: str, kind: str, view: View) -> bytes:
    """The item alone, with a little of the page around it."""
    section, code = KINDS[kind]
    if not page.url.endswith(f"/section/{section}/"):
        page.goto(f"{study}/section/{section}/", wait_until="networkidle")
        for change in page.locator('input[value="changed"]').all():
            change.check()
        if view.number > 1:
            page.wait_for_timeout(1500)  # until the page has said what comes next
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > view.width:
        print(f"{kind} at {view.width} px: the page is {wide} px wide")
    box = page.locator(f'article[data-code="{code}"]').bounding_box()
    assert box is not None, f"{kind}: not on the page"
    left, right = max(0.0, box["x"] - MARGIN), min(float(view.width), box["x"] + box["width"] + MARGIN)
    clip = {"x": left, "y": box["y"] - MARGIN, "width": right - left, "height": min(box["height"] + 2 * MARGIN, TALLEST)}
    return page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=list(KINDS), choices=KINDS, metavar="KIND")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots" / "kinds")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with servers():
        links = prepare()
        with web("deterrence_delphi.wsgi", "/healthz") as (port, _pid), chromium() as browser:
            take_all(browser, f"http://127.0.0.1:{port}", links, [kind for kind in KINDS if kind in options.only], options.to)


if __name__ == "__main__":
    main()
