"""What stands in the e-mails: who asks, until when, the link on a line of its own, how to check it, how to decline."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils import translation

from surveys.models import Message, Round, Study
from surveys.workflow.identities import Person, person_of
from surveys.workflow.invitations import queue_messages
from surveys.workflow.messages import compose, send_message
from tests.surveys.views.organizer.stage import opened, staged

pytestmark = pytest.mark.django_db
KINDS = ["invitation", "reminder", "deadline", "new_link"]


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def study_round(study: Study) -> Round:
    """Closes on 1 March 2031 at 18:00 in Seoul, which is 9:00 UTC."""
    return opened(study, deadline_at=datetime(2031, 3, 1, 9, 0, tzinfo=UTC))


def written(study_round: Round, kind: str, person: Person | None = None) -> mail.EmailMessage:
    message = Message.objects.create(panelist=study_round.study.panelists.get(code="us-1"), round=study_round, kind=kind)
    return compose(message, person or person_of(message.panelist))


def link_in(text: str) -> str:
    (link,) = [line for line in text.splitlines() if line.startswith("http")]
    return link


@pytest.mark.parametrize("kind", KINDS)
def test_every_e_mail_has_what_it_needs(study_round: Round, kind: str) -> None:
    found = written(study_round, kind)
    assert found.from_email == "Alliance Delphi <delphi@example.org>"
    assert found.to == ["us1@staged.example"]
    assert "Threats across two theatres" in found.subject
    assert "\n" not in found.subject
    for said in ("Dear Expert 1 of us,", "Threats across two theatres", "Institute for Alliance Studies", "delphi@example.org",
                 "March 1, 2031, 6 p.m. (Asia/Seoul)", "Is this e-mail genuine?", "starts with http://127.0.0.1:8000/ ", "choose “I do not want to take part”"):
        assert said in found.body, said
    assert "{" not in found.body
    assert "&" not in found.body


@pytest.mark.parametrize("kind", KINDS)
def test_the_link_is_short_and_stands_on_a_line_of_its_own(study_round: Round, kind: str) -> None:
    link = link_in(written(study_round, kind).body)
    assert link.startswith("http://127.0.0.1:8000/i/")
    assert len(link) <= 80


def test_it_is_plain_text_without_pictures_or_other_links(study_round: Round) -> None:
    found = written(study_round, "invitation")
    assert found.content_subtype == "plain"
    assert found.attachments == []
    assert found.body.count("/i/") == 1


def test_from_round_two_on_the_invitation_tells_of_the_feedback(study: Study, study_round: Round) -> None:
    assert "what the others said" not in written(study_round, "invitation").body
    study_round.number = 2
    message = Message.objects.get()
    message.round = study_round
    assert "what the others said" in compose(message, Person("A", "a@staged.example")).body


def test_without_deadline_name_or_organisation_nothing_is_left_hanging() -> None:
    study = staged(study="bare")
    study.settings.pop("organisation")
    study.save()
    for kind in KINDS:
        found = written_for(study, kind)
        assert "Dear expert," in found.body
        assert "None" not in found.body + found.subject
        assert "()" not in found.body
        assert "\n\n\n" not in found.body


def written_for(study: Study, kind: str) -> mail.EmailMessage:
    study_round = study.rounds.first() or opened(study)
    return compose(Message.objects.create(panelist=study.panelists.first(), round=study_round, kind=kind), Person("", "x@bare.example"))


def test_the_title_is_in_the_experts_language_whatever_the_senders(study: Study, study_round: Round) -> None:
    study.panelists.filter(code="us-1").update(language="ko")
    with translation.override("ja"):
        found = written(study_round, "invitation")
        assert translation.get_language() == "ja"
    assert "두 전구의 위협" in found.subject
    assert "두 전구의 위협" in found.body


def test_a_hostile_title_or_name_adds_no_header_and_stays_text(study: Study, study_round: Round) -> None:
    study.settings["title"] = {"en": "Title\r\nBcc: all@example.org & <b>"}
    study.save()
    found = written(Round.objects.get(), "invitation", Person("O'Neil & Söhne <x>", "us1@staged.example"))
    assert found.subject == "Invitation: Title Bcc: all@example.org & <b>, round 1"
    assert "Dear O'Neil & Söhne <x>," in found.body
    assert "bcc" not in {name.lower() for name in found.message()}


def test_a_message_is_sent_once_however_often_it_is_asked_for(study_round: Round) -> None:
    queue_messages(study_round, "invitation")
    pk = Message.objects.first().pk
    assert [send_message(pk) for _ in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1


def test_simulated_studies_say_so(study: Study) -> None:
    Study.objects.update(is_simulated=True)
    study.refresh_from_db()
    assert written(opened(study), "invitation").body.startswith("[Simulated experts — demonstration]")
