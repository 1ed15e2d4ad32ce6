from surveys.studyfile import missing_texts, read_study
from tests.surveys.studyfile.studies import SMALL, SMALLEST, example


def test_a_study_in_one_language_misses_nothing():
    assert missing_texts(read_study(SMALLEST)) == {}


def test_every_text_and_label_that_a_language_lacks_is_named():
    assert missing_texts(read_study(SMALL)) == {"ko": [
        "theatres[0].name", "panels[0].name", "panels[1].name", "scales.agreement5.labels", "scales.role.ends",
        "option_lists.functions[0].text", "option_lists.functions[1].text", "questionnaire[0].title",
        "questionnaire[0].items[0].text", "questionnaire[0].items[1].text", "questionnaire[0].items[2].text",
        "questionnaire[0].items[3].text", "questionnaire[0].items[3].unit",
    ]}


def test_a_complete_language_has_an_empty_list():
    study = SMALLEST.replace("[en]", "[en, ja]")
    for text in ("Smallest", "Norway", "First", "What do you think?"):
        study = study.replace(f": {text}", f": {{en: {text}, ja: 訳}}")
    assert missing_texts(read_study(study)) == {"ja": []}


def test_texts_of_options_given_in_place_are_among_them():
    missing = missing_texts(example())
    assert missing["ko"] == missing["ja"]
    assert "questionnaire[0].items[4].options[2].text" in missing["ko"]
    assert "title" not in missing["ko"]
    assert "scales.agreement5.labels" not in missing["ko"]
    assert "questionnaire[1].items[0].text" not in missing["ko"]
