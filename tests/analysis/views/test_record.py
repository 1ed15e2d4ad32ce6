"""The page of the basis and record: of a round by its number, without anybody's pseudonym, with the file that programs read."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from tests.factories import a_member, a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]


def test_rules_closing_and_protected_rows_are_read_without_pseudonyms(client: Client) -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    study_round = run_round(study, 1, by_panel("grave", {"us": TWELVE, "jp": TWELVE, "kr": [1, 1, 2, 5]}))
    client.force_login(a_member(study, Role.ANALYST))
    text = client.get(reverse("analysis:results-record", args=[study.slug, 1])).content.decode()
    study.refresh_from_db()
    run = study_round.analysis_runs.get()
    assert f'<code class="hash">{study.rules_sha256}</code>' in text
    assert f'<code class="hash">{run.snapshot_sha256}</code>' in text
    assert f'href="{reverse("analysis:file", args=[study.slug, "provenance.json"])}"' in text
    # By hand: all and us are shown; equal_weight, jp and kr are not
    assert "3 of 5 rows of figures are protected" in text
    assert '<tr><th scope="row">KR</th><td class="num">1</td><td class="num">1</td><td class="num">0</td><td class="num">0</td></tr>' in text
    assert "Interquartile range, at most 1" in text
    assert not [panelist.code for panelist in study.panelists.all() if panelist.code in text]
    assert client.get(reverse("analysis:results-record", args=[study.slug, 2])).status_code == 404
