"""The dry run in the browser: started on a draft, run in the background, labelled everywhere, removed in two steps."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from analysis.simulated_rounds import run_simulation
from surveys.enums import Role
from surveys.models import Panelist, Rationale, Simulation, Study
from surveys.workflow.invitations import issue_link
from surveys.workflow.simulation_progress import claim_simulation, note_round_done
from tests.commands.running import run
from tests.factories import a_study
from tests.surveys.views.organizer.stage import DEFINITION, opened, organizer_of, signed_in, somebody, staged
from tests.translations.reading import english_left_in

pytestmark = pytest.mark.django_db
LABEL = "Simulated experts — demonstration"
ASKED = {"experts": "6", "rounds": "2", "seed": "7"}


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def address(study: Study, name: str = "dry-run") -> str:
    return reverse(f"analysis:{name}", args=[study.slug])


def page(client: Client, study: Study) -> str:
    return unescape(client.get(study.get_absolute_url()).content.decode())


def started(client: Client, study: Study) -> Study:
    """The copy, with its job not done yet."""
    assert client.post(address(study), ASKED).status_code == 302
    return Study.objects.get(slug="staged-dry-run")


def done(client: Client, study: Study) -> Study:
    copy = started(client, study)
    run_simulation(copy.simulation.pk)
    return copy


def test_a_draft_offers_a_dry_run_and_says_what_it_is(client: Client, study: Study) -> None:
    assert f'href="{address(study)}"' in page(client, study)
    text = unescape(client.get(address(study)).content.decode())
    assert "A copy of the study is made" in text and "It says nothing about what real experts think." in text
    assert 'name="experts" value="12"' in text and 'name="rounds" value="3"' in text


def test_it_makes_a_labelled_copy_and_the_draft_stays_as_it_was(client: Client, study: Study) -> None:
    before = Study.objects.filter(pk=study.pk).values().get()
    response = client.post(address(study), ASKED, follow=True)
    copy = Study.objects.get(slug="staged-dry-run")
    text = unescape(response.content.decode())
    assert response.redirect_chain == [(copy.get_absolute_url(), 302)]
    assert "The dry run has started." in text and LABEL in text and "0 of 2 rounds simulated" in text
    assert "Remove the dry run" not in text and "What next" not in text  # nothing to press while it is under way
    assert Study.objects.filter(pk=study.pk).values().get() == before and study.panelists.count() == 15


def test_pressed_twice_there_is_one(client: Client, study: Study) -> None:
    started(client, study)
    text = unescape(client.post(address(study), ASKED, follow=True).content.decode())
    assert "under way already: this one" in text and Simulation.objects.count() == 1


def test_a_machine_without_a_broker_does_it_with_the_next_sweep(client: Client, study: Study) -> None:
    copy = started(client, study)
    assert run("sweep").status == 0
    text = page(client, copy)
    assert "Nobody real has answered here. 18 simulated experts, 2 rounds, seed 7" in text
    assert list(copy.rounds.order_by("number").values_list("state", flat=True)) == ["released", "aggregated"]


def test_progress_is_told_to_the_page_that_asks_for_it(client: Client, study: Study) -> None:
    copy = started(client, study)
    asked = reverse("analysis:api-progress", args=[copy.slug])
    first = client.get(asked).json()
    assert first["live"] and first["simulation"] == {"state": "queued", "is_under_way": True, "rounds_done": 0, "rounds": 2}
    claim_simulation(copy.simulation.pk)
    note_round_done(copy.simulation.pk, 1)
    second = client.get(asked).json()
    assert second["simulation"]["rounds_done"] == 1 and second["version"] != first["version"]
    assert "1 of 2 rounds simulated" in page(client, copy)
    assert "simulation" not in client.get(reverse("analysis:api-progress", args=[study.slug])).json()


def test_every_page_of_the_copy_and_of_its_experts_is_labelled(client: Client, study: Study) -> None:
    copy = done(client, study)
    places = [copy.get_absolute_url(),
              *(reverse(f"surveys:{name}", args=[copy.slug]) for name in ("experts", "record", "panel-upload", "expert-add", "finish")),
              *(reverse(f"surveys:{name}", args=[copy.slug, 2]) for name in ("reasons", "round-close", "round-reopen", "messages", "invitations")),
              reverse("analysis:results", args=[copy.slug, 1]), reverse("analysis:item-results", args=[copy.slug, 2, "grave"]),
              reverse("analysis:files", args=[copy.slug]), address(copy), address(copy, "simulation-remove")]
    assert [place for place in places if LABEL not in client.get(place).content.decode()] == []
    assert "Simulated experts" in client.get("/studies/").content.decode()
    link = issue_link(copy.panelists.first())
    assert LABEL in Client().get(f"/i/{link}/").content.decode()


def test_reasons_wait_to_be_moderated_as_real_ones_do(client: Client, study: Study) -> None:
    copy = done(client, study)
    waiting = Rationale.objects.filter(response__round__study=copy, response__round__number=2, state="pending")
    text = unescape(client.get(reverse("surveys:reasons", args=[copy.slug, 2])).content.decode())
    assert waiting and all(reason.text in text for reason in waiting)


@pytest.mark.parametrize(("change", "said"), [({"experts": "0"}, "Experts in each panel"), ({"rounds": "4"}, "Rounds"), ({"seed": "-1"}, "Seed"),
                                              ({"experts": "a few"}, "Experts in each panel"), ({"rounds": ""}, "Rounds")])
def test_what_cannot_be_is_refused_beside_its_field(client: Client, study: Study, change: dict[str, str], said: str) -> None:
    response = client.post(address(study), {**ASKED, **change})
    assert response.status_code == 422 and f"<a href=\"#id_{next(iter(change))}\">{said}" in response.content.decode()
    assert not Simulation.objects.exists()


def test_an_opened_study_says_why_it_is_too_late(client: Client, study: Study) -> None:
    opened(study)
    assert address(study) not in page(client, study)
    text = unescape(client.get(address(study)).content.decode())
    assert "a dry run comes before that" in text and "Start the dry run" not in text
    assert client.post(address(study), ASKED).status_code == 422 and not Simulation.objects.exists()


def test_removal_shows_first_what_goes_and_leads_back_to_the_draft(client: Client, study: Study) -> None:
    copy = done(client, study)
    remove = address(copy, "simulation-remove")
    assert f'href="{remove}"' in page(client, copy)
    text = unescape(client.get(remove).content.decode())
    assert "18 simulated experts go, with answers and reasons." in text and "2 rounds go" in text and "The copy goes whole" in text
    assert Study.objects.filter(pk=copy.pk).exists()  # looking removes nothing
    response = client.post(remove, follow=True)
    assert response.redirect_chain == [(study.get_absolute_url(), 302)]
    assert "nothing of it is left" in unescape(response.content.decode())
    assert not Study.objects.filter(pk=copy.pk).exists() and not Panelist.objects.filter(is_simulated=True).exists()
    assert study.panelists.count() == 15


def test_a_study_simulated_in_place_becomes_a_draft_again() -> None:
    study = a_study(DEFINITION)
    run("simulate", study.slug, "--experts-per-panel", 5, "--rounds", 1)
    client = organizer_of(study)
    assert "Remove everything simulated" in page(client, study)
    text = unescape(client.post(address(study, "simulation-remove"), follow=True).content.decode())
    assert "The study is a draft again." in text and LABEL not in text


def test_removal_in_a_real_study_changes_nothing(client: Client, study: Study) -> None:
    assert "Nothing in this study is simulated." in unescape(client.get(address(study, "simulation-remove")).content.decode())
    text = unescape(client.post(address(study, "simulation-remove"), follow=True).content.decode())
    assert "nothing changed" in text and study.panelists.count() == 15


def test_a_simulation_at_work_is_not_removed(client: Client, study: Study) -> None:
    copy = started(client, study)
    claim_simulation(copy.simulation.pk)
    text = unescape(client.post(address(copy, "simulation-remove"), follow=True).content.decode())
    assert "still at work" in text and Study.objects.filter(pk=copy.pk).exists()


def test_a_simulation_that_failed_says_why_and_can_be_removed(client: Client, study: Study) -> None:
    copy = started(client, study)
    Simulation.objects.update(state="failed", problem="MemoryError while simulating")
    text = page(client, copy)
    assert "The simulation failed" in text and "MemoryError while simulating" in text and "Remove the dry run" in text


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ANALYST, Role.OBSERVER, Role.TRANSLATOR])
def test_only_who_runs_rounds_is_offered_it(study: Study, role: str) -> None:
    client = signed_in(somebody(study, role))
    assert address(study) not in page(client, study)
    assert client.post(address(study), ASKED).status_code == 403 and not Simulation.objects.exists()


def test_who_may_run_the_draft_may_run_the_copy_and_remove_it_and_nobody_else(client: Client, study: Study) -> None:
    analyst = signed_in(somebody(study, Role.ANALYST))
    stranger = signed_in(somebody(email="stranger@example.org", may_create_studies=True))
    copy = done(client, study)
    assert analyst.get(copy.get_absolute_url()).status_code == 200
    assert [client.post(address(copy, "simulation-remove")).status_code for client in (analyst, stranger)] == [403, 404]
    assert stranger.get(copy.get_absolute_url()).status_code == 404


def test_earlier_dry_runs_are_listed(client: Client, study: Study) -> None:
    copy = done(client, study)
    text = unescape(client.get(address(study)).content.decode())
    assert f'<a href="{copy.get_absolute_url()}">staged-dry-run</a>: 18 simulated experts, 2 rounds, seed 7' in text


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_page_of_it_speaks_the_readers_language(language: str) -> None:
    study = staged(languages=["en", "ko", "ja"], title={"en": "Threats", "ko": "위협", "ja": "脅威"})
    client = organizer_of(study)
    client.post("/language/", {"language": language, "next": "/studies/"})
    draft = [client.get(place).content.decode() for place in (study.get_absolute_url(), address(study))]
    copy = started(client, study)
    under_way = client.get(copy.get_absolute_url()).content.decode()
    run_simulation(copy.simulation.pk)
    ended = [client.get(place).content.decode() for place in (copy.get_absolute_url(), address(copy), address(copy, "simulation-remove"))]
    assert [found for html in (*draft, under_way, *ended) if (found := english_left_in(html))] == []
