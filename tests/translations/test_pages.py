"""Every page and e-mail speaks the chosen language throughout, and can change it without leaving its place."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from surveys.enums import Role
from surveys.models import Message, Panelist, Round, Study
from surveys.views.expert.wording import number_in_words
from surveys.workflow.decisions import accept_proposals, decide_item
from surveys.workflow.identities import Person
from surveys.workflow.invitations import issue_link, queue_messages
from surveys.workflow.messages import compose
from tests.factories import count
from tests.surveys.views.expert.expert_studies import a_second_round, enter
from tests.surveys.views.organizer.stage import answered, counted, opened, organizer_of, planned, signed_in, somebody, staged
from tests.translations.reading import english_left_in, visible_texts

pytestmark = pytest.mark.django_db
LANGUAGES = ("ko", "ja")
DEADLINE = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)
DATE = {"ko": "2031년 3월 1일", "ja": "2031年3月1日"}
ORGANIZERS = [
    "surveys:study-list", "surveys:study-upload", "surveys:study", "surveys:record", "surveys:finish", "surveys:experts", "surveys:panel-upload",
    "surveys:expert-add", "surveys:expert-replace", "surveys:round-open", "surveys:round-deadline", "surveys:round-close", "surveys:round-reopen",
    "surveys:messages", "surveys:invitations", "surveys:reminders", "surveys:reasons", "surveys:build-translations", "analysis:plans", "analysis:plan",
]
ANALYSTS = [
    "analysis:results", "analysis:results-items", "analysis:item-results", "analysis:results-convergence", "analysis:results-gaps", "analysis:results-maps",
    "analysis:results-roles",
    "analysis:results-record", "analysis:results-pools", "analysis:files", "analysis:report",
]
EXPERTS = ["", "consent/", "section/main/", "section/more/", "review/", "results/1/", "my-answers/", "withdraw/"]
ANYBODYS = ["/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/", "/s/small/"]


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    second = opened(study, deadline_at=DEADLINE)
    answered(second)
    queue_messages(second, "invitation")
    planned(study)
    return study


def address(name: str, study: Study) -> str:
    if name in ("surveys:study-list", "surveys:study-upload"):
        return reverse(name)
    if name == "analysis:plan":
        return reverse(name, args=[study.slug, study.plan_runs.last().pk])
    more: dict[str, list[object]] = {
        "analysis:results": [1], "analysis:results-items": [1], "analysis:results-convergence": [1], "analysis:results-gaps": [1],
        "analysis:results-maps": [1],
        "analysis:results-roles": [1], "analysis:results-record": [1], "analysis:results-pools": [1],
        "analysis:item-results": [1, "grave"], "surveys:expert-replace": [Panelist.objects.first().pk],
    }
    in_round = re.search("round-(?!open|summary)|messages|invitations|reminders|reasons", name)
    return reverse(name, args=[study.slug, *more.get(name, [2] if in_round else [])])


def read(client: Client, path: str, language: str) -> str:
    """The page in this language, chosen as people do: by the form on the page."""
    client.post("/language/", {"language": language, "next": path})
    page = client.get(path, follow=True)
    assert page.status_code in (200, 403, 404)
    return page.content.decode()


def assert_speaks(html: str, language: str) -> None:
    assert visible_texts(html).language == language
    assert english_left_in(html) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_organizer(study: Study, language: str) -> None:
    client = signed_in(somebody(study, Role.ORGANIZER, Role.OWNER, may_create_studies=True))
    pages = {name: read(client, address(name, study), language) for name in ORGANIZERS}
    assert {name: found for name, html in pages.items() if (found := english_left_in(html))} == {}
    assert {visible_texts(html).language for html in pages.values()} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_walk_to_the_next_round(study: Study, language: str) -> None:
    count(study.rounds.get(number=2))
    client, summary, item = organizer_of(study), address("surveys:round-summary", study), reverse("surveys:round-decide", args=[study.slug, "grave"])
    assert_speaks(read(client, address("surveys:round-open", study), language), language)
    assert_speaks(read(client, item, language), language)
    decide_item(study, "grave", "reword", reason="…")
    assert_speaks(read(client, address("surveys:round-open", study), language), language)
    decide_item(study, "grave", "carry", reason="…")
    assert_speaks(client.post(item, {"act": "drop", "reason": ""}).content.decode(), language)
    accept_proposals(study)
    assert_speaks(read(client, summary, language), language)
    assert_speaks(client.post(summary, {"step": "review", "deadline": ""}).content.decode(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_analyst(study: Study, language: str) -> None:
    client = signed_in(somebody(study, Role.ANALYST))
    for name in ANALYSTS:
        assert_speaks(read(client, address(name, study), language), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ANYBODYS)
def test_anybodys_page(client: Client, path: str, language: str) -> None:
    assert_speaks(read(client, path, language), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_expert(client: Client, language: str) -> None:
    _study, _round, experts = a_second_round(title={"en": "On threats"})
    home = enter(client, experts[0])
    for path in EXPERTS:
        assert_speaks(read(client, f"{home}{path}", language), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_before_the_questionnaire(client: Client, language: str) -> None:
    _study, _round, experts = a_second_round(title={"en": "On threats"})
    assert_speaks(read(client, f"/i/{issue_link(experts[1])}/", language), language)
    assert_speaks(read(client, "/i/no-such-link/", language), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_file_is_refused_in_the_readers_language(study: Study, language: str) -> None:
    client = organizer_of(study)
    client.post("/language/", {"language": language, "next": "/"})
    upload = {"file": _file("panelist,panel,language\nx y,mars,tlh\n")}
    html = client.post(reverse("surveys:panel-upload", args=[study.slug]), upload).content.decode()
    assert "mars" in html
    assert_speaks(html, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_mistakes_in_a_study_file_are_told_in_the_readers_language(study: Study, language: str) -> None:
    client = signed_in(somebody(study, Role.ORGANIZER, may_create_studies=True))
    client.post("/language/", {"language": language, "next": "/"})
    text = "study: Bad Slug\ntitle: 5\nlanguages: [en]\npanel: []\nconsensus: {rule: iqr, at_least: 2}\nquestionnaire: [{section: a}]\n"
    html = client.post(reverse("surveys:study-upload"), {"file": _file(text)}).content.decode()
    assert "Bad Slug" in html
    assert_speaks(html, language)


def _file(text: str) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("file", text.encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_answer_is_refused_in_the_experts_language(client: Client, language: str) -> None:
    _study, study_round, experts = a_second_round(title={"en": "On threats"})
    home = enter(client, experts[0])
    client.post("/language/", {"language": language, "next": home})
    asked = study_round.asked_items.get(item_version__item__code="days").pk
    sent = {f"i{asked}-value": "a lot", f"i{asked}-revision": "0"}
    page = client.post(f"{home}section/main/", sent)
    assert page.status_code == 422 and "a lot" in page.content.decode()
    assert_speaks(page.content.decode(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_of_the_workflow_is_in_the_organizers_language(study: Study, language: str) -> None:
    client = organizer_of(study)
    client.post("/language/", {"language": language, "next": "/"})
    html = client.post(reverse("surveys:round-deadline", args=[study.slug, 2]), {"deadline": "2001-01-01T10:00"}).content.decode()
    assert 'role="alert"' in html
    assert_speaks(html, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["invitation", "reminder", "deadline", "new_link"])
def test_an_e_mail_speaks_the_experts_language_whatever_the_senders(study: Study, kind: str, language: str) -> None:
    study_round = Round.objects.get(number=2)
    Panelist.objects.filter(code="us-1").update(language=language)
    message = Message.objects.create(panelist=Panelist.objects.get(code="us-1"), round=study_round, kind=kind, number=9)
    with translation.override("en"):
        mail = compose(message, Person("Kim", "kim@example.org"))
    lines = [line for line in [mail.subject, *mail.body.splitlines()] if line.strip()]
    assert english_left_in("\n".join(f"<p>{line}</p>" for line in lines)) == []
    assert DATE[language] in mail.body
    assert re.search("[가-힣]" if language == "ko" else "[ぁ-んァ-ン]", mail.subject.replace("두 전구의 위협", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_follow_the_language(study: Study, language: str) -> None:
    html = read(organizer_of(study), address("surveys:round-deadline", study), language)
    assert DATE[language] in html


def test_numbers_follow_the_language() -> None:
    """A language with a comma shows that it is the language which decides; ours all have points."""
    with translation.override("de"):
        assert number_in_words(0.5) == "0,5"
    for language in LANGUAGES:
        with translation.override(language):
            assert number_in_words(0.5) == "0.5"


@pytest.mark.parametrize("path", ["/accounts/login/", "/no-such-page/?a=1", "/s/small/"])
def test_the_language_is_changed_in_place(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert f'name="next" value="{path}"' in html
    assert client.post("/language/", {"language": "ja", "next": path}).url == path


def test_a_refused_decision_leads_back_to_the_queue_when_the_language_is_changed(study: Study) -> None:
    client = organizer_of(study)
    reason = Round.objects.get(number=2).responses.filter(rationales__isnull=False).first().rationales.get()
    page = client.post(reverse("surveys:reason-decide", args=[study.slug, 2, reason.pk]), {"decision": "withheld", "seen": "old"})
    assert page.status_code == 422
    assert f'name="next" value="{reverse("surveys:reasons", args=[study.slug, 2])}"' in page.content.decode()


def test_this_test_sees_english_that_is_left() -> None:
    html = '<html lang="ko"><p>Deadline</p><p lang="en">Deadline</p><p>Round 3: open</p><p>마감</p><button title="Sign in">×</button>'
    assert english_left_in(html) == ["Deadline", "Round 3: open", "Sign in"]
