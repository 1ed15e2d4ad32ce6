"""Every kind stands in each place that must know it. What fails here says what a new kind still lacks (recipe in CONTRIBUTING.md)."""

import random
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from benchmarks.mixed import MIXED
from benchmarks.questionnaire_cost import KINDS as COSTED
from surveys.items import KINDS
from surveys.simulation import later_answer, written_opinion
from surveys.studyfile.links import FITTING
from surveys.templatetags.organizer import KINDS as NAMES
from surveys.views.expert.kinds import PAGES
from tests.browser.expert.test_conditions import SOURCES
from tests.journeys.random_items import KINDS as RANDOM
from tests.surveys.items.test_kinds import GOOD, SPECS
from tests.surveys.studyfile.studies import example, whole

ROOT = Path(__file__).resolve().parents[3]
ANSWERED = set(KINDS) - {"text"}
SEVERAL = {name for name in ANSWERED & set(SPECS) if len(KINDS[name].components(SPECS[name])) > 1}
SEEDS = 20


class AlwaysMoves(random.Random):
    def random(self) -> float:
        return 0.0


def of_study(study: dict[str, Any]) -> list[str]:
    return [item["kind"] for section in study["questionnaire"] for item in section["items"]]


def documented() -> list[str]:
    return re.findall(r"^\| (\w+) \|", (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8"), re.MULTILINE)


def simulated() -> list[str]:
    found = []
    for name in set(KINDS) & set(SPECS):
        try:
            written_opinion(SPECS[name], 0.5, random.Random(1))
        except KeyError:
            continue
        found.append(name)
    return found


def moved() -> list[str]:
    """Kinds of several numbers whose simulated experts ever take another answer after seeing one."""
    return [name for name in SEVERAL & set(simulated()) if any(takes_another(name, seed) for seed in range(SEEDS))]


def takes_another(name: str, seed: int) -> bool:
    chance = random.Random(seed)
    first, other = (written_opinion(SPECS[name], chance.random(), chance) or {} for _expert in range(2))
    shown = {code: {"mean": float(value), "median": float(value)} for code, value in other.items()}
    return later_answer(SPECS[name], first, shown, AlwaysMoves()) != first


PLACES: list[tuple[str, Callable[[], Collection[str]], Collection[str]]] = [
    ("an item in SPECS of tests/surveys/items/test_kinds.py", lambda: SPECS, KINDS),
    ("its whole answers in GOOD of tests/surveys/items/test_kinds.py", lambda: GOOD, ANSWERED),
    ("a page: PAGES in surveys/views/expert/kinds/__init__.py", lambda: PAGES, KINDS),
    ("a control: templates/surveys/items/<kind>.html", lambda: [path.stem for path in (ROOT / "templates/surveys/items").glob("*.html")], KINDS),
    ("conditions that fit its answers: decides_by of the kind, in surveys/items/<kind>.py", lambda: FITTING, ANSWERED),
    ("answers that are and are not waited for: SOURCES in tests/browser/expert/test_conditions.py; the rules that the script needs for them are "
     "counting_rules of the kind", lambda: SOURCES, FITTING),
    ("a name for organizers: KINDS in surveys/templatetags/organizer.py", lambda: NAMES, KINDS),
    ("answers of simulated experts: WRITERS in surveys/simulation/writing.py (SPECS first)", simulated, KINDS),
    ("simulated experts who move toward others: MOVERS in surveys/simulation/moving.py", moved, SEVERAL),
    ("a row in the table of kinds of docs/study-file.md", documented, KINDS),
    ("an item in tests/surveys/studyfile/study-example.yaml", lambda: of_study(example()), KINDS),
    ("an item in MORE of tests/surveys/studyfile/studies.py", lambda: of_study(whole()), KINDS),
    ("random studies: KINDS and own_keys in tests/journeys/random_items.py, random_answers.py, and the oracle's own counting in oracle_study.py and "
     "oracle_answers.py", lambda: RANDOM, KINDS),
    ("its keys in KINDS of benchmarks/questionnaire_cost.py", lambda: COSTED, KINDS),
    ("an item in benchmarks/mixed.py", lambda: [item["kind"] for item in MIXED], ANSWERED),
]


@pytest.mark.parametrize(("place", "there", "wanted"), PLACES, ids=[place.partition(",")[0] for place, _there, _wanted in PLACES])
def test_every_kind_has_its_place(place: str, there: Callable[[], Collection[str]], wanted: Collection[str]) -> None:
    missing = sorted(set(wanted) - set(there()))
    assert not missing, f"missing for {', '.join(missing)}: {place}"


@pytest.mark.parametrize("name", sorted(set(KINDS) & set(PAGES)))
def test_a_page_names_files_that_are_there(name: str) -> None:
    page = PAGES[name]
    for folder, file in (("templates", page.picture), ("static", page.script)):
        assert not file or (ROOT / folder / file).is_file(), f"{type(page).__name__} names {folder}/{file}: write it, or leave the name empty"
