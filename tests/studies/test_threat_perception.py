"""The bundled study "Threat perception": what an organizer relies on when running it as it is."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from surveys.models import Round
from surveys.studyfile import missing_texts, read_study, write_study
from tests.commands.running import run
from tests.studies.reading import STUDIES, evaluated_items, items_of, items_without_rule, levels_of, texts_by_path

FILE = STUDIES / "threat-perception" / "study.yaml"
STUDY = read_study(FILE.read_bytes())
ITEMS = {item["code"]: item for item in items_of(STUDY)}
ASKED = {item["code"]: item for item in evaluated_items(STUDY)}
PAIRS = [(item["same_as"], code) for code, item in ITEMS.items() if "same_as" in item]
MOST_SIGNS = {"en": 225, "ko": 120, "ja": 110}  # some six lines on a phone of 360 pixels
MOST_SIGNS_OF_A_LABEL = {"en": 50, "ko": 30, "ja": 25}
OWN_SCRIPT = {"en": r"[A-Za-z]", "ko": r"[가-힣]", "ja": r"[ぁ-んァ-ヶ一-龥]"}
STRANGE_SCRIPT = {"en": r"[가-힣ぁ-んァ-ヶ一-龥]", "ko": r"[ぁ-んァ-ヶ一-龥]", "ja": r"[가-힣]"}
# Places, and the state that the question is about there; in Korean with the particle that depends on the name's last sound.
PLACES = {
    "en": ["the South China Sea", "the Black Sea", "the Taiwan Strait", "the Baltic Sea", "on the Korean Peninsula", "in the European High North",
           "the Indo-Pacific", "the Euro-Atlantic", "China", "Russia"],
    "ko": ["남중국해", "흑해", "대만해협과", "발트해와", "대만해협", "발트해", "한반도", "유럽 북극권", "인도·태평양", "유럽·대서양",
           "중국과의", "러시아와의", "중국", "러시아"],
    "ja": ["南シナ海", "黒海", "台湾海峡", "バルト海", "朝鮮半島", "欧州の北極圏", "インド太平洋", "欧州・大西洋", "中国", "ロシア"],
}


def without_places(text: str, language: str) -> str:
    return re.sub("|".join(PLACES[language]), "PLACE", text)


def questions(language: str) -> Iterator[str]:
    yield from (item[key][language] for item in ITEMS.values() for key in ("text", "help") if key in item)


def labels() -> Iterator[dict[str, str]]:
    """What stands on buttons and beside boxes: options, points of scales, units."""
    own = [item["options"] for item in ITEMS.values() if isinstance(item.get("options"), list)]
    yield from (option["text"] for options in [*STUDY["option_lists"].values(), *own] for option in options)
    yield from (item["unit"] for item in ITEMS.values() if "unit" in item)
    for scale in STUDY["scales"].values():
        points = scale.get("labels") or scale["ends"]
        yield from (dict(zip(points, point, strict=True)) for point in zip(*points.values(), strict=True))


def test_no_text_is_missing_in_any_language() -> None:
    assert STUDY["languages"] == ["en", "ko", "ja"]
    assert missing_texts(STUDY) == {"ko": [], "ja": []}


@pytest.mark.parametrize("language", STUDY["languages"])
def test_every_text_is_written_in_its_language(language: str) -> None:
    for path, text in texts_by_path(STUDY):
        said = text[language] if isinstance(text[language], str) else " ".join(text[language])
        assert re.search(OWN_SCRIPT[language], said), path
        assert not re.search(STRANGE_SCRIPT[language], said), path


def test_about_forty_items_are_asked_and_one_is_for_practice() -> None:
    assert Counter(item["kind"] for item in ASKED.values()) == {
        "probability": 17, "rating": 11, "choices": 6, "choice": 3, "number": 2, "plane": 2, "ranking": 1, "text": 1,
    }
    assert [code for code in ITEMS if code not in ASKED] == ["practice-storm"]
    assert next(iter(ITEMS)) == "practice-storm"


def test_ten_allies_of_two_theatres_are_asked_and_the_united_states_stand_in_both() -> None:
    members = {theatre["code"]: [panel["code"] for panel in STUDY["panels"] if theatre["code"] in panel["theatres"]] for theatre in STUDY["theatres"]}
    assert members == {"indo-pacific": ["us", "jp", "kr", "au", "ph"], "euro-atlantic": ["us", "gb", "fr", "de", "pl", "no"]}


def test_each_level_that_is_asked_has_a_rule_of_consensus_and_no_other() -> None:
    assert {level for item in ASKED.values() for level in levels_of(STUDY, item)} == set(STUDY["consensus"])
    assert items_without_rule(STUDY, "consensus") == items_without_rule(STUDY, "stability") == []
    assert STUDY["stability"] == {"rule": "scheibe", "below": 15}


def test_most_questions_are_asked_of_both_theatres() -> None:
    assert len(PAIRS) == 18
    for first, second in PAIRS:
        assert (ITEMS[first]["theatre"], ITEMS[second]["theatre"]) == ("indo-pacific", "euro-atlantic")


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_nothing_differs_within_a_pair_but_the_place(first: str, second: str) -> None:
    one, other = ITEMS[first], ITEMS[second]
    for language in STUDY["languages"]:
        assert one["text"][language] != other["text"][language]
        assert without_places(one["text"][language], language) == without_places(other["text"][language], language)
    apart = {"code", "text", "theatre", "same_as"} | ({"help"} if second == "hn-clash-2031" else set())  # it says what the High North is
    assert {key: value for key, value in one.items() if key not in apart} == {key: value for key, value in other.items() if key not in apart}


def test_every_event_whose_probability_is_asked_has_a_last_day() -> None:
    for code, item in ASKED.items():
        if item["kind"] == "probability":
            assert re.search(r"before the end of 20\d\d", item["text"]["en"]), code


def test_the_same_years_are_named_in_every_language() -> None:
    for code, item in ITEMS.items():
        years = [re.findall(r"20\d\d", item["text"][language]) for language in STUDY["languages"]]
        assert years[0] == years[1] == years[2], code


@pytest.mark.parametrize("language", STUDY["languages"])
def test_questions_and_labels_are_short_enough_for_a_phone(language: str) -> None:
    assert [text for text in questions(language) if len(text) > MOST_SIGNS[language]] == []
    assert [text[language] for text in labels() if len(text[language]) > MOST_SIGNS_OF_A_LABEL[language]] == []


def test_the_information_names_what_the_study_promises() -> None:
    assert (STUDY["anonymity"], STUDY["disclosure"], STUDY["rounds"]["maximum"]) == (["peers", "organizers"], {"minimum": 5}, 3)
    assert STUDY["retention"] == {"identities_days": 180, "answers_days": 5 * 365}
    for language, words in {"en": ("ten countries", "at most three rounds", "at least five", "180 days", "five years"),
                            "ko": ("10개국", "최대 세 번", "다섯 개 이상", "180일", "5년"), "ja": ("10か国", "最大3回", "5件以上", "180日", "5年")}.items():
        assert [word for word in words if word not in STUDY["information"][language]] == []


def test_it_survives_being_written_and_read_again() -> None:
    assert read_study(write_study(STUDY)) == STUDY


@pytest.mark.django_db
def test_it_is_imported_and_opens_in_all_its_languages() -> None:
    imported = run("import_study", FILE)
    assert (imported.status, imported.out, imported.err) == (0, "threat-perception\n", "")
    opened = run("open_round", "threat-perception", 1)
    assert (opened.status, opened.err) == (0, "")
    assert Round.objects.get(study__slug="threat-perception").asked_items.count() == len(ITEMS)
