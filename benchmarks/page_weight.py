"""What a questionnaire page of 20 items weighs in a real Chromium with an empty cache, in English, Korean and Japanese.

    .venv/bin/python -m benchmarks.page_weight [--study docs/tools/every-kind.yaml]

With --study: each section's page of that study's first round instead.

Fonts are counted apart: they are fetched after the text can be read, only where the machine has no face of its own, and stay in the
browser's cache for a year.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Request

from benchmarks.bare import ITEMS, POINTS
from benchmarks.browser import chromium, transferred
from benchmarks.stage import servers, web

GOAL_BYTES, GOAL_REQUESTS = 60_000, 6
QUESTIONS = {
    "en": "How grave would event {} be for the security of your country over the next five years?",
    "ko": "향후 5년 동안 사건 {}은(는) 귀국의 안보에 얼마나 심각한 영향을 미치겠습니까?",
    "ja": "今後5年間に、出来事{}は貴国の安全保障にとってどの程度深刻だと思いますか。",
}
ENDS = {"en": ["Negligible", "Existential"], "ko": ["무시할 수준", "존립 위협"], "ja": ["無視できる", "存立の危機"]}


@dataclass(frozen=True)
class Weight:
    """One cold visit: requests and bytes, fonts apart, and whatever was asked of another host."""

    page: int
    others: int
    requests: int
    fonts: int
    font_requests: int
    foreign: Sequence[str]

    @property
    def total(self) -> int:
        return self.page + self.others


def definition() -> dict[str, Any]:
    items = [
        {"code": f"q{number}", "kind": "rating", "scale": "nine", "text": {code: text.format(number) for code, text in QUESTIONS.items()}}
        for number in range(1, ITEMS + 1)
    ]
    return {
        "study": "weight", "title": dict.fromkeys(QUESTIONS, "Threats"), "languages": list(QUESTIONS), "panels": [{"code": "us"}],
        "scales": {"nine": {"points": POINTS, "ends": ENDS}}, "questionnaire": [{"section": "main", "items": items}],
    }  # fmt: skip


def prepare(definition: dict[str, Any]) -> dict[str, str]:
    """Language → the token of an expert who answers in it."""
    from surveys.workflow.invitations import give_consent, issue_link
    from surveys.workflow.panels import import_panel
    from surveys.workflow.rounds import open_round
    from surveys.workflow.studies import import_study

    study, _changed = import_study(definition)
    panel = definition["panels"][0]["code"]
    import_panel(study, "panelist,panel,language\n" + "\n".join(f"e-{code},{panel},{code}" for code in QUESTIONS))
    open_round(study, 1)
    for panelist in study.panelists.select_related("study"):
        give_consent(panelist)
    return {panelist.language: issue_link(panelist) for panelist in study.panelists.all()}


def cold_visit(browser: Browser, address: str, token: str, section: str) -> Weight:
    """Redeems the link in one window, then opens the page in another that has its cookies and nothing else. `section`: its path."""
    first = browser.new_context()
    page = first.new_page()
    page.goto(f"{address}/i/{token}/")
    page.locator('button[name="act"][value="open"]').click()
    page.wait_for_url("**/s/**")
    context = browser.new_context(storage_state=first.storage_state())
    requests: list[Request] = []
    page = context.new_page()
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(f"{address}{section}", wait_until="networkidle")
    assert page.locator("#questionnaire article").count(), "not the questionnaire"
    found = weigh(requests, address)
    first.close()
    context.close()
    return found


def weigh(requests: Sequence[Request], address: str) -> Weight:
    fonts = [request for request in requests if request.resource_type == "font"]
    document, *others = [request for request in requests if request.resource_type != "font"]
    return Weight(
        page=transferred(document), others=sum(map(transferred, others)), requests=1 + len(others),
        fonts=sum(map(transferred, fonts)), font_requests=len(fonts),
        foreign=[request.url for request in requests if not request.url.startswith((address, "data:"))],
    )  # fmt: skip


def describe(language: str, weight: Weight) -> str:
    met = "met" if weight.total <= GOAL_BYTES and weight.requests <= GOAL_REQUESTS else "NOT met"
    return (
        f"{language}  {weight.requests} requests, {weight.total / 1000:6.1f} kB (the page itself {weight.page / 1000:.1f})   goal {met}   "
        f"fonts: {weight.font_requests} requests, {weight.fonts / 1000:.1f} kB   off the host: {len(weight.foreign)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--study", type=Path, help="a study file in English, Korean and Japanese")
    options = parser.parse_args()
    with servers():
        from surveys.studyfile import read_study

        study = read_study(options.study.read_bytes()) if options.study else definition()
        tokens = prepare(study)
        with web("deterrence_delphi.wsgi", "/healthz") as (port, _pid), chromium() as browser:
            for section in study["questionnaire"]:
                print(f"{section['section']}: {len(section['items'])} items")
                for language, token in tokens.items():
                    path = f"/s/{study['study']}/section/{section['section']}/"
                    print(describe(language, cold_visit(browser, f"http://127.0.0.1:{port}", token, path)))


if __name__ == "__main__":
    main()
