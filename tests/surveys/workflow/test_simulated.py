"""A simulated panel comes into a draft and goes again by one act; nothing real ever comes into a simulated study or goes with it."""

import pytest
from django.apps import apps

from analysis.simulated_rounds import run_simulation, simulate_study
from surveys.enums import Role
from surveys.exceptions import FileRefused, NotReady
from surveys.items import KINDS
from surveys.models import AuditEvent, ItemVersion, Panelist, Rationale, Response, Simulation, Study
from surveys.queries import definition_of
from surveys.workflow.drafts import edit_draft, read_draft
from surveys.workflow.identities import Person
from surveys.workflow.invitations import issue_link
from surveys.workflow.panels import add_expert, import_panel
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.record import first_broken_entry
from surveys.workflow.rounds import finish_study, open_round
from surveys.workflow.simulated import (
    Plan,
    approve_simulated_reasons,
    copy_for_dry_run,
    create_simulated_experts,
    open_simulated_round,
    remove_simulation,
    start_simulation,
)
from surveys.workflow.simulation_progress import claim_simulation
from surveys.workflow.studies import import_study
from surveys.workflow.wordings import reword_item
from tests.factories import RATING, a_definition, a_member, a_study, add_experts
from tests.surveys.studyfile.studies import whole

pytestmark = pytest.mark.django_db
PLAN = Plan(5, 2, 7)


def rows_of_every_table() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.app_label in ("surveys", "analysis")}


def state_of(study: Study) -> dict[str, object]:
    return {**Study.objects.filter(pk=study.pk).values().get(), "definition": definition_of(study)}


@pytest.fixture
def study() -> Study:
    return a_study(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [{**RATING, "rationale": "required"}]}])


def test_experts_come_by_panel_and_all_but_the_first_have_consented(study: Study) -> None:
    start_simulation(study, Plan({"us": 3, "kr": 2}, 1, 1))
    assert list(study.panelists.order_by("pk").values_list("code", "panel__code", "is_simulated", "consent_version")) == [
        ("sim-us-1", "us", True, None), ("sim-us-2", "us", True, 1), ("sim-us-3", "us", True, 1), ("sim-kr-1", "kr", True, None), ("sim-kr-2", "kr", True, 1)]


def test_a_panel_speaks_its_language_where_the_study_offers_it() -> None:
    study = a_study(languages=["en", "ko"])
    start_simulation(study, Plan(1, 1, 1))
    assert dict(study.panelists.values_list("panel__code", "language")) == {"us": "en", "jp": "en", "kr": "ko"}


def test_removing_leaves_nothing_in_any_table_but_the_record(study: Study) -> None:
    before, tables = state_of(study), rows_of_every_table()
    simulate_study(study, 6, 3, 7)
    finish_study(study)
    issue_link(study.panelists.first())
    responses = Response.objects.count()
    assert remove_simulation(study) == study
    left = rows_of_every_table()
    acts = left.pop("surveys.AuditEvent")
    assert left == {name: number for name, number in tables.items() if name != "surveys.AuditEvent"}
    assert acts > tables["surveys.AuditEvent"] and first_broken_entry(study) is None
    assert state_of(study) == before  # rules unlocked, not finished, the label gone
    assert AuditEvent.objects.last().details == {"experts": 18, "responses": responses} and responses > 40


def test_a_study_of_every_kind_and_every_key_is_gone_whole_when_it_was_a_copy() -> None:
    study, _changed = import_study(whole())
    assert {item.kind for item in study.items.all()} == set(KINDS)
    tables = rows_of_every_table()
    simulation, _created = copy_for_dry_run(study, Plan(6, 2, 1), by=a_member(study, Role.ORGANIZER))
    run_simulation(simulation.pk)
    assert remove_simulation(simulation.study) is None
    left = rows_of_every_table()
    assert {name: left[name] - number for name, number in tables.items() if left[name] != number} == {"surveys.AuditEvent": 2, "surveys.StudyMember": 1}
    assert list(AuditEvent.objects.filter(study=study).order_by("-sequence").values_list("act", flat=True)[:2]) == ["remove_dry_run", "start_dry_run"]


@pytest.mark.parametrize("is_copy", [False, True])
def test_what_was_reworded_between_simulated_rounds_stands_in_no_way(study: Study, is_copy: bool) -> None:
    simulation = copy_for_dry_run(study, PLAN, by=None)[0] if is_copy else start_simulation(study, PLAN)[0]
    run_simulation(simulation.pk)
    again = {**RATING, "rationale": "required", "text": {"en": "How grave is it for your country?"}}
    reword_item(simulation.study, "grave", again, equivalent=True, reason="too vague")
    open_round(simulation.study, 3)
    left = remove_simulation(simulation.study)
    if left is None:
        return
    assert [version.definition["text"] for version in ItemVersion.objects.filter(item__study=left)] == [again["text"]]
    assert import_study(a_definition())[1]  # a draft that a file may replace
    open_round(left, 1)


def test_what_is_real_is_never_removed(study: Study) -> None:
    simulate_study(study, 5, 1, 7)
    real = Panelist.objects.create(study=study, panel=study.panels.first(), code="real", language="en")  # as if it had come in some other way
    tables = rows_of_every_table()
    with pytest.raises(NotReady, match="Nothing was removed"):
        remove_simulation(study)
    assert rows_of_every_table() == tables
    real.delete()
    assert remove_simulation(study) == study


def test_a_real_study_is_returned_as_it_is(study: Study) -> None:
    add_experts(study, {"us": 5})
    tables = rows_of_every_table()
    assert remove_simulation(study) == study
    assert rows_of_every_table() == tables


def test_no_real_expert_comes_into_a_simulated_study(study: Study) -> None:
    start_simulation(study, PLAN)
    with pytest.raises(FileRefused, match="real ones are never mixed"):
        import_panel(study, "panelist,panel\nreal,us")
    with pytest.raises(NotReady, match="real ones are never mixed"):
        add_expert(study, panel=study.panels.first(), person=Person("A", "a@example.org"), language="en")
    assert not study.panelists.filter(is_simulated=False).exists()


def test_no_simulated_expert_comes_into_a_real_study(study: Study) -> None:
    with pytest.raises(NotReady, match="marked as simulated"):
        create_simulated_experts(study, [])
    add_experts(study, {"us": 1})
    with pytest.raises(NotReady, match="real and simulated ones are never mixed"):
        start_simulation(study, PLAN)


def test_an_opened_study_gets_no_simulated_experts(study: Study) -> None:
    open_round(study, 1)
    with pytest.raises(NotReady, match="has opened a round"):
        start_simulation(study, PLAN)


def test_after_removal_real_experts_can_come(study: Study) -> None:
    simulate_study(study, 5, 1, 7)
    remove_simulation(study)
    study.refresh_from_db()
    assert len(add_experts(study, {"us": 2})) == 2 and not study.panelists.filter(is_simulated=True).exists()
    open_round(study, 1)


def test_a_simulation_at_work_is_not_removed(study: Study) -> None:
    simulation, _created = start_simulation(study, PLAN)
    claim_simulation(simulation.pk)
    with pytest.raises(NotReady, match="still at work"):
        remove_simulation(study)


def test_a_dry_run_has_a_copy_of_its_own_for_the_same_people(study: Study) -> None:
    add_experts(study, {"us": 2})  # real ones: they stay behind
    organizer, analyst = a_member(study, Role.ORGANIZER), a_member(study, Role.ANALYST)
    simulation, created = copy_for_dry_run(study, PLAN, by=organizer)
    copy = simulation.study
    assert created and copy.slug == "small-dry-run" and copy.is_simulated and simulation.source == study and simulation.is_copy
    assert set(copy.members.values_list("user", "role")) == {(organizer.pk, Role.ORGANIZER), (analyst.pk, Role.ANALYST)}
    assert {**definition_of(copy), "study": "small", "title": study.settings["title"]} == definition_of(study)
    assert copy.settings["title"] == {"en": "A small study (dry run)"}
    assert not study.is_simulated and study.panelists.count() == 2 and not copy.panelists.filter(is_simulated=False).exists()


def test_the_title_of_the_copy_says_so_in_each_language() -> None:
    study = a_study(languages=["en", "ko", "ja"], title={"en": "A", "ko": "가", "ja": "あ"})
    title = copy_for_dry_run(study, PLAN, by=None)[0].study.settings["title"]
    assert title["en"] == "A (dry run)" and title["ko"].startswith("가") and title["ja"].startswith("あ") and len(set(title.values())) == 3


def test_a_second_dry_run_waits_for_the_first_and_then_has_a_slug_of_its_own(study: Study) -> None:
    first, _created = copy_for_dry_run(study, PLAN, by=None)
    assert copy_for_dry_run(study, PLAN, by=None) == (first, False)
    run_simulation(first.pk)
    second, created = copy_for_dry_run(study, PLAN, by=None)
    assert created and second.study.slug == "small-dry-run-2"


def test_a_long_slug_stays_within_its_length() -> None:
    study = a_study(a_definition(study="x" * 80))
    assert len(copy_for_dry_run(study, PLAN, by=None)[0].study.slug) <= 80


def test_a_simulated_or_opened_study_has_no_dry_run(study: Study) -> None:
    copy = copy_for_dry_run(study, PLAN, by=None)[0].study
    with pytest.raises(NotReady, match="simulated already"):
        copy_for_dry_run(copy, PLAN, by=None)
    remove_simulation(copy)
    open_round(study, 1)
    with pytest.raises(NotReady, match="comes before that"):
        copy_for_dry_run(study, PLAN, by=None)


def test_when_the_draft_is_gone_its_dry_run_can_still_be_removed(study: Study) -> None:
    copy = copy_for_dry_run(study, PLAN, by=None)[0].study
    study.delete()
    assert remove_simulation(copy) is None and not Study.objects.exists()


def test_simulated_reasons_are_approved_by_one_act_and_what_was_decided_stays(study: Study) -> None:
    simulate_study(study, 5, 1, 7)
    study_round = study.rounds.get()
    withheld = decide_rationale(Rationale.objects.first().pk, "withheld", by=None, reason="names an employer")
    waiting = Rationale.objects.filter(state="pending").count()
    assert approve_simulated_reasons(study_round) == waiting > 5
    assert approve_simulated_reasons(study_round) == 0
    assert set(Rationale.objects.exclude(pk=withheld.pk).values_list("state", flat=True)) == {"approved"}
    assert not Rationale.objects.filter(state="approved", published_text="").exists()
    acts = list(AuditEvent.objects.order_by("-sequence").values_list("act", flat=True)[:2])
    assert acts == ["approve_simulated_reasons", "withheld_reason"]


def test_real_reasons_are_never_approved_unread(study: Study) -> None:
    add_experts(study, {"us": 1})
    with pytest.raises(NotReady, match="Only simulated reasons"):
        approve_simulated_reasons(open_round(study, 1))


def test_a_study_loaded_as_simulated_is_removed_as_well() -> None:
    """As earlier versions loaded them: marked, but without a word on how they were made."""
    study, _changed = import_study(a_definition(), is_simulated=True)
    simulate_study(study, 5, 1, 7)
    Simulation.objects.all().delete()
    left = remove_simulation(study)
    assert left is not None and not left.is_simulated and not left.panelists.exists()


@pytest.mark.parametrize("equivalent", [True, False])
def test_what_was_reworded_between_simulated_rounds_stays_in_the_builder(study: Study, equivalent: bool) -> None:
    simulate_study(study, 5, 1, 7)
    text = {"en": "How grave would it be for your country?"}
    reword_item(study, "grave", {**RATING, "rationale": "required", "text": text}, equivalent=equivalent, reason="Clearer")
    remove_simulation(study)
    draft = read_draft(Study.objects.get(pk=study.pk))
    assert draft.definition == definition_of(study) and draft.is_ready
    after = edit_draft(study, "head", lambda definition: {**definition, "title": {"en": "Another title"}})
    assert after.definition["questionnaire"][0]["items"][0]["text"] == text
    assert open_round(study, 1).number == 1


def test_a_removal_that_changes_no_question_is_no_step_of_the_builder(study: Study) -> None:
    before = read_draft(study).step
    simulate_study(study, 5, 1, 7)
    remove_simulation(study)
    assert read_draft(Study.objects.get(pk=study.pk)).step == before


def test_a_worker_that_wakes_up_after_the_removal_opens_no_round_of_what_is_a_real_study_by_now(study: Study) -> None:
    simulation, _new = start_simulation(study, PLAN)
    remove_simulation(study)
    import_panel(Study.objects.get(pk=study.pk), "panelist,panel\nreal,us")
    assert open_simulated_round(simulation, 1, deadline_at=None, languages=["en"]) is None
    assert not study.rounds.exists() and Study.objects.get(pk=study.pk).rules_locked_at is None


def test_a_worker_that_wakes_up_after_a_dry_run_is_gone_does_nothing(study: Study) -> None:
    simulation, _new = copy_for_dry_run(study, PLAN, by=None)
    remove_simulation(simulation.study)
    assert open_simulated_round(simulation, 1, deadline_at=None, languages=["en"]) is None
    assert run_simulation(simulation.pk) is False
