"""The bundled study “Division of deterrence labour” is one that a think tank can run as it is."""

import re
from collections import Counter
from typing import Any

import pytest

from analysis.models import ItemResult
from analysis.simulated_rounds import simulate_study
from surveys.enums import Level, RoundState
from surveys.models import Study
from surveys.studyfile import missing_texts, read_study, write_study
from surveys.workflow.rounds import open_round
from surveys.workflow.studies import import_study
from tests.commands.running import run
from tests.factories import add_experts
from tests.studies.reading import STUDIES, evaluated_items, items_of, items_without_rule, levels_of, texts_by_path

FILE = STUDIES / "deterrence-labour" / "study.yaml"
STUDY = read_study(FILE.read_bytes())
ITEMS = {item["code"]: item for item in items_of(STUDY)}
LANGUAGES = ["en", "ko", "ja"]
MOST = {"en": 260, "ko": 140, "ja": 140}  # signs of a question: about eight lines on a phone 360 pixels wide
MOST_OF_HELP = {"en": 340, "ko": 200, "ja": 200}


def test_it_is_complete_in_three_languages() -> None:
    assert (STUDY["study"], STUDY["languages"]) == ("deterrence-labour", LANGUAGES)
    assert missing_texts(STUDY) == {"ko": [], "ja": []}


def test_it_reads_back_as_it_was_written() -> None:
    assert read_study(write_study(STUDY)) == STUDY


def test_it_asks_thirty_two_questions_after_one_for_practice() -> None:
    assert [item["code"] for item in items_of(STUDY) if item.get("practice")] == [items_of(STUDY)[0]["code"]]
    assert Counter(item["kind"] for item in evaluated_items(STUDY)) == {
        "rating": 15, "choices": 4, "quantiles": 4, "grid": 2, "plane": 2, "allocation": 1, "ranking": 1, "choice": 1, "probability": 1, "text": 1,
    }


def test_nine_allies_stand_in_two_theatres_and_the_united_states_in_both() -> None:
    members = {theatre["code"]: [panel["code"] for panel in STUDY["panels"] if theatre["code"] in panel["theatres"]] for theatre in STUDY["theatres"]}
    assert members == {"indo-pacific": ["us", "jp", "kr", "au", "ph"], "euro-atlantic": ["us", "gb", "de", "pl", "fr"]}


@pytest.mark.parametrize("key", ["consensus", "stability"])
def test_every_answer_is_judged_by_a_rule(key: str) -> None:
    assert items_without_rule(STUDY, key) == []
    assert {level for item in evaluated_items(STUDY) for level in levels_of(STUDY, item)} == set(Level)


def test_roles_are_asked_of_every_ally_and_asked_again_from_the_other_side() -> None:
    grid, mirror = ITEMS["roles"], ITEMS["roles-mirror"]
    assert (grid["rows"], grid["about"], mirror["mirror"]) == ("panels", "role_expectation", "roles")
    assert all(grid[key] == mirror[key] for key in ("rows", "columns", "scale"))
    assert len(STUDY["option_lists"][grid["columns"]]) <= 5


def test_the_joint_budget_has_every_function_of_the_grid_in_the_same_words() -> None:
    lists = STUDY["option_lists"]
    assert lists["budget_lines"][:len(lists["functions"])] == lists["functions"]


def test_two_seed_questions_carry_the_published_figures() -> None:
    """NATO, Defence Expenditure of NATO Countries (2014-2024), June 2024; SIPRI, Trends in World Military Expenditure, 2024, April 2025."""
    assert {code: item["truth"] for code, item in ITEMS.items() if "truth" in item} == {"seed-poland-2024": 4.12, "seed-japan-2024": 1.4}


def test_seeds_and_the_forecast_that_they_calibrate_ask_for_the_same_quantiles() -> None:
    asked = {code: item["quantiles"] for code, item in ITEMS.items() if "quantiles" in item}
    assert asked == {code: [0.05, 0.5, 0.95] for code in ("united-states-share-2031", "seed-poland-2024", "seed-japan-2024")}


def test_what_is_asked_of_one_theatre_is_asked_of_the_other_alike() -> None:
    pairs = [(item, ITEMS[item["same_as"]]) for item in ITEMS.values() if "same_as" in item]
    assert len(pairs) == 3
    for item, other in pairs:
        assert {item["theatre"], other["theatre"]} == {"indo-pacific", "euro-atlantic"}
        assert settings_of(item) == settings_of(other)


def settings_of(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in ("code", "text", "help", "theatre", "same_as")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_fit_on_a_phone(language: str) -> None:
    assert [code for code, item in ITEMS.items() if len(item["text"][language]) > MOST[language]] == []
    assert [code for code, item in ITEMS.items() if len(item.get("help", {}).get(language, "")) > MOST_OF_HELP[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_information_sheet_says_what_the_settings_say(language: str) -> None:
    sheet = STUDY["information"][language]
    assert STUDY["retention"] == {"identities_days": 180, "answers_days": 5 * 365}
    assert STUDY["disclosure"] == {"minimum": 5} and STUDY["rounds"]["maximum"] == 3
    numbers = set(re.findall(r"\d+", sheet))
    assert {str(len(evaluated_items(STUDY))), "180"} <= numbers
    assert STUDY["organisation"]["contact"] in sheet


def test_no_text_says_the_same_in_two_languages() -> None:
    """A forgotten translation is a copy. Only signs such as % are the same everywhere."""
    copies = [path for path, text in texts_by_path(STUDY) if isinstance(text["en"], str) and text["en"] in (text["ko"], text["ja"])]
    assert copies == []


@pytest.mark.django_db
def test_the_command_takes_it_and_its_first_round_opens_in_every_language() -> None:
    ran = run("import_study", FILE)
    assert (ran.status, ran.out) == (0, "deterrence-labour\n")
    study = Study.objects.get(slug="deterrence-labour")
    add_experts(study, {panel["code"]: 1 for panel in STUDY["panels"]})
    opened = open_round(study, 1)
    assert (opened.state, opened.languages, opened.asked_items.count()) == (RoundState.OPEN, LANGUAGES, len(ITEMS))


@pytest.mark.django_db
def test_three_simulated_rounds_end_in_a_verdict_on_every_answer() -> None:
    """Of a ranking, the whole order is judged for consensus and never its options."""
    study, _changed = import_study(STUDY)
    simulate_study(study, experts_per_panel=5, rounds=3, seed=2027)
    judged = ItemResult.objects.filter(asked_item__round__study=study, asked_item__round__number=3, group="all", suppressed=False)
    open_to = judged.exclude(level=Level.RANK, component__gt="").select_related("asked_item__item_version__item")
    left = [(result.asked_item.item_version.item.code, result.component) for result in open_to if "not_assessed" in verdicts(result)]
    assert left == []
    assert {result.asked_item.item_version.item.code for result in open_to} == {item["code"] for item in evaluated_items(STUDY) if item["kind"] != "text"}


def verdicts(result: ItemResult) -> tuple[str, str]:
    return result.figures["consensus"], result.figures["stability"]
