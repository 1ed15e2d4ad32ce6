"""The page of webhooks: an address is added, its secret shown once, tried out, looked after and removed by those who run the rounds."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys import tasks
from surveys.enums import Role
from surveys.models import Study, Webhook, WebhookDelivery
from surveys.workflow.webhooks import add_webhook, queue_trial, secret_of
from tests.surveys.views.organizer.stage import organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
URL = "https://hooks.example/delphi"


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def page(study: Study) -> str:
    return reverse("surveys:webhooks", args=[study.slug])


def test_a_new_address_shows_its_secret_once(study: Study, client: Client) -> None:
    shown = client.post(page(study), {"url": f" {URL} "}).content.decode()
    webhook = Webhook.objects.get()
    assert webhook.url == URL and secret_of(webhook) in shown
    later = client.get(page(study)).content.decode()
    assert URL in later and "whsec_" not in later


@pytest.mark.parametrize(("url", "said"), [
    ("http://hooks.example/", "does not begin with https://"), ("https://10.0.0.1/", "leads into a private network"), ("hooks", "is not an address"), ("", ""),
    (URL, "This address is told already."),
])
def test_an_address_that_can_not_be_told_is_refused_in_words(study: Study, client: Client, url: str, said: str) -> None:
    add_webhook(study, URL)
    answer = client.post(page(study), {"url": url})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Webhook.objects.count() == 1


def test_a_trial_is_sent_and_its_answer_shown(study: Study, client: Client, settings: object) -> None:
    webhook = add_webhook(study, URL)
    assert client.post(reverse("surveys:webhook-trial", args=[study.slug, webhook.pk]), follow=True).status_code == 200
    delivery = WebhookDelivery.objects.get()
    assert delivery.event == "trial"
    tasks.deliver_to_webhook(delivery.pk)  # hooks.example is a name that no network has (RFC 2606)
    shown = client.get(page(study)).content.decode()
    assert "trial" in shown and "there is no host of this name" in shown


def test_only_the_latest_tellings_are_shown(study: Study, client: Client) -> None:
    webhook = add_webhook(study, URL)
    for _number in range(12):
        queue_trial(webhook)
    assert client.get(page(study)).content.decode().count('<th scope="row">') == 10


def test_an_address_is_removed(study: Study, client: Client) -> None:
    webhook = add_webhook(study, URL)
    client.post(reverse("surveys:webhook-remove", args=[study.slug, webhook.pk]))
    assert not Webhook.objects.exists()


def test_a_webhook_of_another_study_is_not_found(study: Study, client: Client) -> None:
    webhook = add_webhook(staged(study="another"), URL)
    for name in ("webhook-trial", "webhook-remove"):
        assert client.post(reverse(f"surveys:{name}", args=[study.slug, webhook.pk])).status_code == 404
    assert Webhook.objects.exists()


def test_who_does_not_run_the_rounds_does_not_see_the_addresses(study: Study) -> None:
    add_webhook(study, URL)
    for role in (Role.ANALYST, Role.OBSERVER, Role.MODERATOR, Role.TRANSLATOR):
        assert signed_in(somebody(study, role)).get(page(study)).status_code in (403, 404)
