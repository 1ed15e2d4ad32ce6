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


def test_texts_of_options_axes_and_units_are_among_them():
    missing = missing_texts(example())
    assert missing["ko"] == missing["ja"]
    assert {"questionnaire[0].items[4].options[2].text", "questionnaire[0].items[7].x.text", "questionnaire[0].items[7].y.text",
            "questionnaire[0].items[8].unit"} < set(missing["ko"])
    assert not {"title", "scales.agreement5.labels", "questionnaire[1].items[5].text"} & set(missing["ko"])


def test_texts_of_rows_and_columns_given_in_place_are_among_them():
    grid = ("      - {code: who, kind: grid, scale: role, text: {en: Who?, ko: 누가?}, rows: [{code: a, text: A}],\n"
            "         columns: [{code: b, text: {en: B, ko: 나}}, {code: c, text: C}]}\n")
    assert missing_texts(read_study(SMALL + grid))["ko"][-2:] == [
        "questionnaire[0].items[4].rows[0].text", "questionnaire[0].items[4].columns[1].text"]
