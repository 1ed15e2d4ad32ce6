"""Who may open what, where an account or an id is not what it was. The table of roles and addresses is in tests/deterrence_delphi/access."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Rationale, Study
from surveys.workflow.invitations import queue_messages
from tests.deterrence_delphi.access.addresses import addresses
from tests.deterrence_delphi.access.expected import OF_A_STUDY
from tests.surveys.views.organizer.stage import answered, counted, opened, planned, signed_in, somebody, staged

pytestmark = pytest.mark.django_db

@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    second = opened(study)
    answered(second)
    queue_messages(second, "invitation")
    planned(study)
    return study


def addresses_of(study: Study) -> dict[str, str]:
    return {name: url for name, url in addresses(study).items() if name in OF_A_STUDY}


def test_whose_session_has_ended_signs_in_and_is_on_a_page_that_can_be_opened(study: Study) -> None:
    client = Client()
    for name, url in addresses_of(study).items():
        response = client.post(url)
        if response.status_code == 302:
            wanted = reverse("surveys:study", args=[study.slug]) if OF_A_STUDY[name][0] == ("post",) else url
            assert response.headers["Location"].partition("next=")[2] == wanted


def test_a_locked_account_opens_nothing(study: Study) -> None:
    user = somebody(study, Role.OWNER)
    client = signed_in(user)
    user.is_active = False
    user.save()
    assert client.get(study.get_absolute_url()).status_code == 302


def test_ids_of_another_study_are_not_found(study: Study) -> None:
    other = staged(study="another")
    counted(other)
    client = signed_in(somebody(study, Role.OWNER))
    foreign = other.panelists.first()
    assert client.get(reverse("surveys:expert-replace", args=[study.slug, foreign.pk])).status_code == 404
    reason = Rationale.objects.filter(response__round__study=other).first()
    assert client.post(reverse("surveys:reason-decide", args=[study.slug, 2, reason.pk]), {"decision": "approved"}).status_code == 404


def test_only_those_who_may_create_studies_can_upload_one() -> None:
    assert signed_in(somebody()).get(reverse("surveys:study-upload")).status_code == 404
    assert signed_in(somebody(email="creator@example.org", may_create_studies=True)).get(reverse("surveys:study-upload")).status_code == 200
