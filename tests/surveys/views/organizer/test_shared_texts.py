"""Scales, lists, titles and names after the study has begun, and a question's next version as text: by form, in words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import ItemVersion, Study
from surveys.workflow.text_reviews import gaps
from tests.surveys.views.expert.expert_studies import enter
from tests.surveys.views.organizer.stage import DEFINITION, counted, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged(perspective={"en": "Answer for your own country."})
    counted(study)
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def url(name: str, study: Study, *arguments: Any) -> str:
    return reverse(f"surveys:{name}", args=[study.slug, *arguments])


def page(client: Client, name: str, study: Study, *arguments: Any) -> str:
    return client.get(url(name, study, *arguments)).content.decode()


def sent(client: Client, address: str, **changes: str) -> Any:
    form = client.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "compares"}
    return client.post(address, {**data, "reason": "experts misread it", **changes}, follow=True)


def labels(number: int) -> tuple[str, ...]:
    version = ItemVersion.objects.select_related("item__study").get(item__code="grave", number=number)
    scale = version.spec(version.item.study.settings).scale
    return scale.labels["en"] if scale else ()


# Between rounds


def test_the_next_rounds_form_leads_to_the_shared_texts_and_they_name_their_questions(study: Study, client: Client) -> None:
    assert url("shared-texts", study) in page(client, "round-open", study)
    text = page(client, "shared-texts", study)
    assert f'<a href="{url("shared-text", study, "scales.five")}">Scale five</a> <span class="muted small">None … Extreme</span>' in text
    assert "<code>grave</code>" in text
    assert f'<a href="{url("shared-text", study, "study")}">Titles, names and introductions</a>' in text


def test_a_scale_is_reworded_for_its_questions_and_round_1_keeps_the_old_words(study: Study, client: Client) -> None:
    answered = sent(client, url("shared-text", study, "scales.five"), **{"2.en": "Hardly any"}, compares="yes")
    assert "The words are changed. New versions of: grave." in answered.content.decode()
    assert labels(1)[1] == "Little"
    assert labels(2)[1] == "Hardly any"
    assert ItemVersion.objects.get(item__code="grave", number=2).definition["equivalent_to"] == 1


@pytest.mark.parametrize(("changes", "said"), [
    ({"2.en": "Hardly any"}, "Say whether the earlier answers compare with those to the new wording."),
    ({"compares": "yes"}, "Nothing is changed."),
    ({"2.en": "", "compares": "yes"}, "scales.five.labels.en[1]: a label must be a text, not an empty text."),
    ({"2.en": "Hardly any", "compares": "yes", "seen": "0" * 32}, "Somebody has changed this question in between."),
])
def test_what_is_refused_keeps_what_was_typed(study: Study, client: Client, changes: dict[str, str], said: str) -> None:
    answered = sent(client, url("shared-text", study, "scales.five"), **changes)
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert answered.context["form"]["2.en"].value() == changes.get("2.en", "Little")
    assert ItemVersion.objects.filter(item__code="grave").count() == 1


def test_headings_are_written_anew_and_of_the_perspective_errors_are_mended(study: Study, client: Client) -> None:
    sent(client, url("shared-text", study, "study"), **{"sections.threats.en": "Blockades", "perspective.en": "Answer for your own country!"})
    study.refresh_from_db()
    assert study.sections.get(code="threats").title == {"en": "Blockades"}
    assert study.settings["perspective"] == {"en": "Answer for your own country!"}
    refused = sent(client, url("shared-text", study, "study"), **{"perspective.en": "Say what you think."})
    assert "is more than a typing error" in refused.content.decode()


def test_a_language_that_only_earlier_words_lack_is_not_missing(study: Study, client: Client) -> None:
    korean = {f"{at}.ko": text for at, text in enumerate(("없음", "조금", "보통", "많이", "매우"), start=1)}
    before = gaps(study)["ko"]
    sent(client, url("shared-text", study, "scales.five"), compares="yes", **korean)
    study.refresh_from_db()
    assert gaps(study)["ko"].missing < before.missing
    assert gaps(study)["ko"].total == before.total, "the words of round 1 are not to be translated any more"


# In an open round


def test_a_corrected_label_is_on_the_experts_next_page(study: Study, client: Client) -> None:
    opened(study)
    expert = Client()
    home = enter(expert, study.panelists.get(code="us-1"))
    assert "Extreme" in expert.get(f"{home}section/threats/").content.decode()
    assert url("shared-texts", study) in page(client, "corrections", study, 2)
    assert url("shared-text", study, "scales.five") in page(client, "shared-texts", study)
    done = sent(client, url("shared-text", study, "scales.five"), **{"5.en": "Extremes"})
    assert "The text is corrected. Experts see it from their next page on." in done.content.decode()
    assert "Extremes" in expert.get(f"{home}section/threats/").content.decode()
    assert labels(1)[4] == "Extremes"


def test_other_words_are_refused_while_experts_answer(study: Study, client: Client) -> None:
    opened(study)
    refused = sent(client, url("shared-text", study, "scales.five"), **{"5.en": "Hopeless"})
    assert refused.status_code == 422
    assert "The change of 5 (en) is more than a typing error" in refused.content.decode()


def test_where_nothing_can_be_changed_the_page_says_why(client: Client) -> None:
    fresh = staged(study="fresh")
    reader = signed_in(somebody(fresh, Role.ORGANIZER, email="fresh@example.org"))
    for text in (page(reader, "shared-texts", fresh), page(reader, "shared-text", fresh, "scales.five")):
        assert "No round has opened yet. Change the study itself." in text
        assert "<textarea" not in text
    assert reader.get(url("shared-text", fresh, "scales.six")).status_code == 404
    assert reader.get(url("shared-text", fresh, "rounds")).status_code == 404


# A question as text


AIM = DEFINITION["questionnaire"][1]["items"][0]
MORE = "  - {code: order, text: {en: Through a new order}}\n"


def text_of(client: Client, study: Study, code: str = "aim") -> str:
    return str(client.get(url("item-whole", study, code)).context["form"]["item"].value())


def test_a_question_is_shown_as_in_the_study_file(study: Study, client: Client) -> None:
    assert url("item-whole", study, "aim") in page(client, "item-reword", study, "aim")
    text = text_of(client, study)
    assert text.startswith("code: aim\nkind: choice\n")
    assert "within" in text


def test_another_option_makes_a_version_that_does_not_compare(study: Study, client: Client) -> None:
    given = text_of(client, study) + MORE
    refused = sent(client, url("item-whole", study, "aim"), item=given, compares="yes")
    assert refused.status_code == 422
    assert "Answers to the two wordings can&#x27;t be compared" in refused.content.decode()
    assert refused.context["form"]["item"].value() == given
    done = sent(client, url("item-whole", study, "aim"), item=given, compares="no")
    assert "The next round that asks it shows version 2." in done.content.decode()
    assert [option["code"] for option in ItemVersion.objects.get(item__code="aim", number=2).definition["options"]] == ["within", "force", "order"]


@pytest.mark.parametrize(("item", "said"), [
    ("code: aim\nkind: choice\ntext: Which?\noptions:\n  - {code: within}\n  - {code: force, text: By force}\n",
     "line 5: options[0].text: is missing. Give a text, or a mapping from languages to texts."),
    ("code: aim\nkind: choice\ntext: [open\n", "line 4: this is not YAML"),
    ("How?", "line 1: must be a mapping with code, kind and text"),
    ("[]", "line 1: must be a mapping with code, kind and text"),
    ("{code: goal, kind: choice}", "An item keeps its code and its kind. Add a question of its own instead."),
    ("{code: aim, kind: choice, consensus: {rule: modal_share, at_least: 0.9}}", "locked, so consensus can&#x27;t be changed"),
    ("  ", "Write the question, or leave this page."),
])
def test_mistakes_in_the_text_are_told_with_line_and_remedy(study: Study, client: Client, item: str, said: str) -> None:
    answered = sent(client, url("item-whole", study, "aim"), item=item, compares="no")
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert ItemVersion.objects.filter(item__code="aim").count() == 1


def test_a_question_that_somebody_changed_in_between_is_not_written_over(study: Study, client: Client) -> None:
    answered = sent(client, url("item-whole", study, "aim"), item=text_of(client, study) + MORE, compares="no", seen="0" * 32)
    assert "Somebody has changed this question in between. Open this page anew" in answered.content.decode()


def test_while_a_round_is_open_no_question_is_edited_as_text(study: Study, client: Client) -> None:
    opened(study)
    text = page(client, "item-whole", study, "aim")
    assert "Round 2 is open: experts are answering." in text
    assert "<textarea" not in text


# Who may, and what the record says


def test_translators_and_analysts_change_none_of_it(study: Study) -> None:
    for role in (Role.TRANSLATOR, Role.ANALYST, Role.MODERATOR, Role.OBSERVER):
        reader = signed_in(somebody(study, role))
        assert [reader.post(url(name, study, *more), {}).status_code for name, more in (
            ("shared-text", ["scales.five"]), ("item-whole", ["aim"]))] == [403, 403]
        assert reader.get(url("shared-texts", study)).status_code == 403


def test_the_record_says_it_in_words(study: Study, client: Client) -> None:
    sent(client, url("shared-text", study, "scales.five"), **{"2.en": "Hardly any"}, compares="no")
    sent(client, url("shared-text", study, "study"), **{"sections.threats.en": "Blockades"})
    text = page(client, "record", study)
    for words in ("scale or list of options reworded", "(scale five)", "compares with earlier answers: no", "new name: five-v2", "questions: grave",
                  "2 (en): Hardly any", "shared text corrected", "(titles, names and introductions)"):
        assert words in text, words
