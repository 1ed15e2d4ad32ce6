"""Webhooks: a closed and a counted round are told once, signed, without a figure, to the public network alone; failures are tried again, later and later."""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from analysis.aggregation import aggregate_round
from surveys.exceptions import Refused
from surveys.models import AuditEvent, Study, Webhook, WebhookDelivery
from surveys.workflow.posting import NotPosted, post, problem_of
from surveys.workflow.rounds import close_round, mark_aggregated, reopen_round
from surveys.workflow.webhooks import (
    AT_MOST,
    MOST_ATTEMPTS,
    PAUSES,
    add_webhook,
    body_of,
    deliver,
    due_deliveries,
    queue_trial,
    remove_webhook,
    secret_of,
    signature,
)
from tests.surveys.views.organizer.stage import answered, opened, staged

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db


class Listener(ThreadingHTTPServer):
    """A program that is told: keeps what it got, and answers as `status` says."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        super().__init__(("127.0.0.1", 0), Answering)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/told?by=delphi"


class Answering(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({**dict(self.headers), "path": self.path}, body))
        self.send_response(self.server.status)
        self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Not into the tests' output."""


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def study() -> Study:
    return staged()


def told(study: Study) -> list[tuple[str, int | None, int]]:
    rows = WebhookDelivery.objects.filter(webhook__study=study).order_by("pk")
    return [(row.event, row.round.number if row.round else None, row.closing) for row in rows]


def deliver_all() -> list[bool]:
    return [deliver(pk) for pk in due_deliveries()]


def make_due() -> None:
    WebhookDelivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_closed_and_a_counted_round_are_told_of_with_their_closing(study: Study, listener: Listener) -> None:
    webhook = add_webhook(study, listener.url)
    study_round = opened(study)
    answered(study_round)
    closing = close_round(study_round.pk).closing
    aggregate_round(study_round.pk, closing)
    assert told(study) == [("round.closed", 1, 1), ("round.aggregated", 1, 1)]
    assert deliver_all() == [True, True]
    said = [json.loads(body) for _headers, body in listener.got]
    rows = list(WebhookDelivery.objects.order_by("pk"))
    assert said == [
        {"delivery": rows[0].pk, "event": "round.closed", "study": "staged", "round": 1, "closing": 1, "state": "closed",
         "happened_at": rows[0].happened_at.isoformat()},
        {"delivery": rows[1].pk, "event": "round.aggregated", "study": "staged", "round": 1, "closing": 1, "state": "aggregated",
         "happened_at": rows[1].happened_at.isoformat()},
    ]
    assert {row.state for row in rows} == {"sent"} and {row.status for row in rows} == {204}
    assert listener.got[0][0]["path"] == "/told?by=delphi"
    assert webhook.study == study


def test_the_signature_is_an_hmac_of_time_and_body_under_the_secret(study: Study, listener: Listener) -> None:
    secret = secret_of(add_webhook(study, listener.url))
    queue_trial(Webhook.objects.get())
    deliver_all()
    ((headers, body),) = listener.got
    expected = hmac.new(secret.encode(), headers["Delphi-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["Delphi-Signature"] == f"sha256={expected}"
    assert abs(int(headers["Delphi-Timestamp"]) - timezone.now().timestamp()) < 60


def test_the_signature_of_a_known_message() -> None:
    """By `printf '1700000000.{}' | openssl dgst -sha256 -hmac key`."""
    assert signature("key", "1700000000", b"{}") == "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"


def test_secrets_differ_and_stand_nowhere_in_the_database(study: Study) -> None:
    first, second = add_webhook(study, "https://a.example/x"), add_webhook(study, "https://b.example/x")
    assert secret_of(first) != secret_of(second)
    row = Webhook.objects.filter(pk=first.pk).values().get()
    assert not any(secret_of(first).removeprefix("whsec_") in str(value) for value in row.values())


def test_what_was_taken_is_never_told_again(study: Study, listener: Listener) -> None:
    add_webhook(study, listener.url)
    study_round = opened(study)
    answered(study_round)
    close_round(study_round.pk)
    close_round(study_round.pk)
    (pk,) = due_deliveries()
    assert deliver(pk)
    make_due()
    assert (deliver(pk), due_deliveries(), len(listener.got)) == (False, [], 1)


def test_a_round_that_is_closed_again_is_told_again(study: Study, listener: Listener) -> None:
    add_webhook(study, listener.url)
    study_round = opened(study)
    answered(study_round)
    close_round(study_round.pk)
    reopen_round(study_round.pk, reason="Two experts were ill")
    close_round(study_round.pk)
    mark_aggregated(study_round.pk, 2)
    assert told(study) == [("round.closed", 1, 1), ("round.closed", 1, 2), ("round.aggregated", 1, 2)]


def test_only_the_study_of_the_round_is_told(study: Study, listener: Listener) -> None:
    add_webhook(staged(study="another"), listener.url)
    study_round = opened(study)
    answered(study_round)
    close_round(study_round.pk)
    assert due_deliveries() == []


@pytest.mark.parametrize("status", [301, 302, 400, 410, 500])
def test_what_is_no_2xx_is_tried_again_and_a_redirect_is_not_followed(study: Study, listener: Listener, status: int) -> None:
    listener.status = status
    queue_trial(add_webhook(study, listener.url))
    assert deliver_all() == [False]
    row = WebhookDelivery.objects.get()
    assert (row.state, row.status, row.problem, row.attempts, len(listener.got)) == ("queued", status, "refused", 1, 1)
    assert timedelta(seconds=50) < row.due_at - timezone.now() <= PAUSES[0]
    assert due_deliveries() == []


def test_it_is_tried_so_often_and_then_given_up(study: Study, listener: Listener) -> None:
    listener.status = 500
    queue_trial(add_webhook(study, listener.url))
    for _attempt in range(MOST_ATTEMPTS + 2):
        make_due()
        deliver_all()
    assert (WebhookDelivery.objects.get().state, len(listener.got)) == ("failed", MOST_ATTEMPTS)


def test_a_later_attempt_says_the_same_bytes_and_can_succeed(study: Study, listener: Listener) -> None:
    listener.status = 500
    queue_trial(add_webhook(study, listener.url))
    deliver_all()
    listener.status = 200
    make_due()
    assert deliver_all() == [True]
    assert listener.got[0][1] == listener.got[1][1] == body_of(WebhookDelivery.objects.get())


def test_a_host_that_is_not_there_is_tried_again(study: Study, settings: Any) -> None:
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    queue_trial(add_webhook(study, "http://127.0.0.1:9/x"))
    assert deliver_all() == [False]
    assert WebhookDelivery.objects.get().problem == "not_reached"


@pytest.mark.parametrize("url", [
    "https://127.0.0.1/x", "https://localhost/x", "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/latest/",
    "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/", "https://[fd00::1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
    "https://0.0.0.0/", "https://224.0.0.1/", "https://100.64.0.1/", "https://2130706433/", "https://0x7f.1/", "https://127.1/",
])
def test_nothing_is_posted_into_a_private_network(url: str) -> None:
    with pytest.raises(NotPosted, match=r"private_address|unknown_host"):
        post(url, b"{}", {})


@pytest.mark.parametrize(("url", "problem"), [
    ("https://example.org/x", ""), ("https://example.org:8443/x?y=z", ""), ("http://example.org/", "not_https"), ("ftp://example.org/", "not_https"),
    ("file:///etc/passwd", "not_an_address"), ("https://", "not_an_address"), ("https://user:pass@example.org/", "not_an_address"),
    ("https://example.org:99999/", "not_an_address"), ("https://exa mple.org/", "not_an_address"), ("https://example.org/\r\nX: y", "not_an_address"),
    ("https://[::1/", "not_an_address"), ("", "not_an_address"), ("https://10.0.0.1/", "private_address"),
])
def test_addresses_are_judged_as_they_are_typed(url: str, problem: str) -> None:
    assert problem_of(url) == problem


def test_an_address_is_told_once_and_there_are_not_endlessly_many(study: Study) -> None:
    add_webhook(study, "https://a.example/0")
    with pytest.raises(Refused, match="already"):
        add_webhook(study, "https://a.example/0")
    for number in range(1, AT_MOST):
        add_webhook(study, f"https://a.example/{number}")
    with pytest.raises(Refused, match="at most"):
        add_webhook(study, "https://a.example/more")


def test_what_is_removed_is_told_nothing_more_and_the_record_knows_the_host_alone(study: Study) -> None:
    webhook = add_webhook(study, "https://a.example/secret-path")
    queue_trial(webhook)
    assert not remove_webhook(staged(study="another"), webhook.pk)
    assert remove_webhook(study, webhook.pk)
    assert due_deliveries() == []
    acts = AuditEvent.objects.filter(study=study, act__endswith="webhook").order_by("sequence")
    assert [(event.act, event.details) for event in acts] == [("add_webhook", {"host": "a.example"}), ("remove_webhook", {"host": "a.example"})]


def test_the_documented_check_accepts_what_is_sent_and_nothing_else(study: Study, listener: Listener) -> None:
    known: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "webhooks.md").read_text(), re.DOTALL)[0], known)  # noqa: S102
    secret = secret_of(add_webhook(study, listener.url))
    queue_trial(Webhook.objects.get())
    deliver_all()
    ((headers, body),) = listener.got
    old = str(int(headers["Delphi-Timestamp"]) - 3600)
    assert known["is_genuine"](secret, headers, body)
    assert not known["is_genuine"](secret, headers, body + b" ")
    assert not known["is_genuine"]("whsec_other", headers, body)
    assert not known["is_genuine"](secret, {**headers, "Delphi-Timestamp": old, "Delphi-Signature": signature(secret, old, body)}, body)
