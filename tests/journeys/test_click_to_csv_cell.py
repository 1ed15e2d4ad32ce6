"""The product in one walk: from an expert's click through the pages to every cell of the analyst's file.

Answers: us 2, 4, 4; jp 5. The expected figures are worked out by hand:
  all [2 4 4 5]: q1 = 2 + .75 x 2 = 3.5, median 4, q3 = 4 + .25 x 1 = 4.25; mean 3.75; sd = sqrt(4.75 / 3).
  equal_weight, weights 1/3 1/3 1/3 1: n* = 2^2 / (4/3) = 3. The median's mass lies on [1/3, 2/3] of the weight, half on 4, half on 5: 4.5;
    q1's on [1/6, 1/2]: 4; q3's on [1/2, 5/6]: 5. mean = 10/3/2 + 5/2 = 25/6; sd = sqrt((171/108 + 25/36) / (4/3)).
  us [2 4 4]: q1 3, median 4, q3 4; mean 10/3; sd = sqrt(4/3). jp [5]: no sd of one answer.
"""

import re

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.test import Client
from django.urls import reverse

from analysis.exports.columns import COLUMNS
from analysis.readiness import still_missing
from deterrence_delphi.celery import app
from surveys.models import Round
from surveys.workflow.invitations import issue_link
from surveys.workflow.rounds import open_round
from tests.analysis.test_aggregation_faults import wait_for
from tests.factories import a_member, a_study, add_experts, public

pytestmark = pytest.mark.django_db(transaction=True)

EXPECTED = """\
small,1,main,grave,1,rating,,ordinal,all,all,4,4,4,0,0,4,3.5,4.25,0.75,3.75,1.258306,,iqr,reached,,,,,,scheibe,not_assessed,not_assessed,no,0.75,,4,0.5,no,no,,
small,1,main,grave,1,rating,,ordinal,equal_weight,equal_weight,4,4,4,0,0,4.5,4,5,1,4.166667,1.307032,,iqr,reached,,,,,,scheibe,not_assessed,not_assessed,no,1,,5,0.5,no,no,,
small,1,main,grave,1,rating,,ordinal,panel,us,3,3,3,0,0,4,3,4,1,3.333333,1.154701,,iqr,reached,,,,,,scheibe,not_assessed,not_assessed,no,1,,4,0.666667,no,no,,
small,1,main,grave,1,rating,,ordinal,panel,jp,1,1,1,0,0,5,5,5,0,5,,,iqr,reached,,,,,,scheibe,not_assessed,not_assessed,no,0,,5,1,no,no,,
"""


def answer_in_the_browser(token: str, value: int) -> None:
    expert = Client()
    link = reverse("surveys:link", args=[token])
    assert expert.get(link).status_code == 200
    assert expert.post(link, {"act": "open"}).status_code == 303
    section = reverse("surveys:expert-section", args=["small", "main"])
    (field,) = set(re.findall(r'name="(i\d+)-value"', expert.get(section).content.decode()))
    assert expert.post(section, {f"{field}-value": str(value), f"{field}-revision": "0"}).status_code == 303
    expert.post(reverse("surveys:expert-submit", args=["small"]))


def signed_in(role: str, study: object) -> Client:
    client = Client()
    client.force_login(a_member(study, role), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_from_click_to_cell() -> None:
    study = a_study(public(panels=[{"code": "us"}, {"code": "jp"}]))
    experts = add_experts(study, {"us": 3, "jp": 1})
    study_round = open_round(study, 1)
    for expert, value in zip(experts, [2, 4, 4, 5], strict=True):
        answer_in_the_browser(issue_link(expert), value)
    with start_worker(app, perform_ping_check=False, pool="threads", concurrency=1):
        assert signed_in("organizer", study).post(reverse("surveys:round-close", args=["small", 1])).status_code == 302
        wait_for(lambda: Round.objects.get(pk=study_round.pk).state == "aggregated" and not still_missing(study))
    response = signed_in("analyst", study).get(reverse("analysis:file", args=["small", "aggregates.csv"]))
    header, *lines = b"".join(response.streaming_content).decode().splitlines()
    assert header.startswith("study,round,section,item,item_version,kind,component,level,group_type,group,n_invited,n_submitted,n,")
    first = len(COLUMNS)  # further measures stand after them (tests/analysis/tables/measures)
    assert [",".join(line.split(",")[:first]) for line in lines] == EXPECTED.splitlines()
