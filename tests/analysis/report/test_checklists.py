"""The reporting checklists: as many items as were published, each answered from the study's facts or left to the authors, with its place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from analysis.report.checklists import CHECKLISTS, State, checklist_sections, replies
from analysis.report.checklists.accord import ACCORD
from analysis.report.checklists.credes import CREDES
from analysis.report.checklists.delphistar import DELPHISTAR
from analysis.report.document import Caution, Cell, Place, TableBlock, plain
from analysis.report.facts import ReportFacts, facts_of
from analysis.report.material import material_of
from analysis.report.writing import write_report
from surveys.models import Study
from tests.analysis.report.studied import two_rounds

FACTS = ReportFacts(
    rounds=3, most_rounds=4, everybody_again=True, panels=17, theatres=2, invited=(240, 240, 240), answered=(214, 190, 181), started="May 4, 2026",
    ended="Sept. 1, 2026", questions=80, asking_reasons=60, asking_confidence=12, open_questions=2, languages=3, has_aim=True,
    has_organisation=True, has_information=True, anonymity=frozenset({"peers"}), minimum=5,
    feedback={"distribution": "all_panels", "reasons": "moderated", "previous_answer": "marked"}, rules=frozenset({"consensus", "stability"}),
    rules_fixed_on="May 3, 2026", departures=0, dropped=7, reworded=1, answered_here=True, is_complete=True,
    sections=frozenset({"flow", "agreement", "dissent", "gaps", "roles", "pools", "paths", "questions", "reasons"}),
)  # fmt: skip


def rows_of(facts: ReportFacts = FACTS) -> dict[str, tuple[Cell, ...]]:
    """ACCORD's rows by their numbers."""
    return {str(row[0]): row for block in checklist_sections(facts)[0].blocks if isinstance(block, TableBlock) for row in block.rows}


def answer(facts: ReportFacts, number: str) -> str:
    return plain(rows_of(facts)[number][2])  # type: ignore[arg-type]


def test_accord_has_its_35_items_under_its_six_headings():
    """Title 1, introduction 3, methods 21, results 5, discussion 2, other information 3 (Gattrell et al. 2024, abstract)."""
    assert Counter(item.number[0] for item in ACCORD.items) == {"T": 1, "I": 3, "M": 21, "R": 5, "D": 2, "O": 3}
    assert [item.number for item in ACCORD.items if item.number[0] == "M"] == [f"M{place}" for place in range(1, 22)]
    assert len({item.number for item in ACCORD.items}) == ACCORD.published == 35


def test_credes_has_its_16_recommendations_in_order():
    assert [item.number for item in CREDES.items] == [str(place) for place in range(1, CREDES.published + 1)]
    assert CREDES.published == 16


def test_delphistar_says_that_two_of_its_items_are_missing_and_gives_none_a_number():
    """Title and abstract 3, context 7, method 20, results 4, discussion 4 (Niederberger et al. 2024, abstract)."""
    found = Counter(str(topic.title).split(":")[0] for topic in DELPHISTAR.topics for _item in topic.items)
    assert found == {"Title and abstract": 3 - 1, "Context": 7, "Method": 20 - 1, "Results": 4, "Discussion": 4}
    assert {item.number for item in DELPHISTAR.items} == {""}
    section = checklist_sections(FACTS)[1]
    assert [block.text[:24] for block in section.blocks if isinstance(block, Caution)] == ["36 of the 38 published i"]


@pytest.mark.parametrize("checklist", CHECKLISTS, ids=lambda checklist: checklist.key)
def test_no_item_is_asked_twice_and_each_has_an_answer_or_is_the_authors(checklist):
    asked = [str(item.asked) for item in checklist.items]
    assert len(set(asked)) == len(asked)
    for item in checklist.items:
        reply = item.reply(FACTS)
        assert reply.text or reply.add
        assert (reply.state == State.AUTHORS) == (not reply.text)


def test_answers_are_written_from_the_facts():
    assert answer(FACTS, "R3").startswith("Invited in the rounds: 240, 240, 240; answered: 214, 190, 181.")
    assert answer(FACTS, "M12") == ("Consensus and stability are judged by rules that were fixed on May 3, 2026, before the first answer, "
                                    "and can be checked by their hash. Authors must write: Say why these rules.")  # fmt: skip
    assert "Questions: 80; of these 60 asked for a reason, 12 for the expert’s confidence, and open were 2." in answer(FACTS, "M10")
    assert answer(FACTS, "R5").startswith("Questions dropped before the last round: 7; reworded: 1.")
    assert "at least 5 answers" in answer(FACTS, "M18")
    assert answer(FACTS, "O3") == "Authors must write: State both."


@pytest.mark.parametrize(("changes", "number", "says", "says_not"), [
    ({"has_aim": False}, "I2", "Authors must write: State the aim", "is stated"),
    ({"departures": 2}, "R2", "2 departures from the registered rules are listed.", "No question"),
    ({"rules_fixed_on": ""}, "M12", "are stated", "fixed on"),
    ({"minimum": 1, "anonymity": frozenset()}, "M18", "Authors must write: Say what experts were promised.", "at least"),
    ({"everybody_again": False}, "M4", "those who had answered", "all who had not left"),
    ({"languages": 1}, "M21", "in 1 language,", "languages"),
    ({"has_information": False}, "M8", "Authors must write", "is printed"),
    ({"has_organisation": False}, "M2", "Authors must write", "is named"),
    ({"has_organisation": False}, "I2", "with its panels", "who carried it out"),
    ({"rules": frozenset()}, "M12", "Authors must write: Say what counts as consensus", "these rules"),
    ({"rules": frozenset()}, "M1", "Say where the protocol was registered", "consensus"),
    ({"rules": frozenset({"consensus"})}, "M12", "Consensus is judged by rules", "tability"),
    ({"anonymity": frozenset({"organizers"})}, "M18", "Experts were promised that the organizers", "either"),
    ({"rounds": 1}, "M13", "no question was asked again", "reworded"),
    ({"rounds": 1}, "M17", "nothing was fed back", "is listed"),
    ({"rounds": 1}, "M4", "Authors must write", "invited"),
    ({"answered_here": False}, "M14", "Authors must write: Say how answers were collected", "online"),
    ({"answered_here": False}, "M21", "Authors must write", "any device"),
    ({"invited": (None,), "answered": (None,)}, "R3", "Authors must write: Say how many were invited", "0"),
    ({"sections": frozenset({"questions"})}, "R4", "The report holds: every question’s latest figures.", "gaps"),
    ({"dropped": 0, "reworded": 0}, "R5", "reworded: 0.", "recorded"),
])  # fmt: skip
def test_what_the_study_has_not_is_not_claimed(changes, number, says, says_not):
    said = answer(replace(FACTS, **changes), number)
    assert says in said
    assert says_not not in said


@pytest.mark.parametrize(("changes", "reply", "says", "says_not"), [
    ({"rounds": 1}, replies.bias, "starts empty", "carried forward"),
    ({"rules": frozenset()}, replies.bias, "carried forward", "verdict"),
    ({"answered_here": False, "asking_reasons": 0}, replies.bias, "carried forward", "starts empty"),
    ({"rules": frozenset({"consensus"})}, replies.stopping, "", "Stability"),
    ({"rules": frozenset()}, replies.conclusions, "", "told apart"),
    ({"rules": frozenset()}, replies.reliability, "changed between the rounds", "verdict"),
    ({"panels": 1}, replies.group_analysis, "There is one panel", "between panels"),
    ({"theatres": 0}, replies.group_analysis, "by panel", "theatre"),
    ({"sections": frozenset({"agreement"})}, replies.dissent, "what is open", "Reasons"),
    ({"sections": frozenset()}, replies.dissent, "", "disagree"),
    ({"rounds": 1}, replies.flow, "answered, by panel", "left and joined"),
    ({"rounds": 1}, replies.by_groups, "nothing was fed back", "each panel"),
])  # fmt: skip
def test_nor_where_two_checklists_ask_alike(changes, reply, says, says_not):
    said = reply(replace(FACTS, **changes)).text
    assert says in said
    assert says_not not in said


def test_places_that_the_report_has_not_are_left_out():
    assert rows_of(replace(FACTS, sections=frozenset({"flow"})))["R3"][3] == (Place("flow"),)
    assert {row[3] for row in rows_of(replace(FACTS, sections=frozenset())).values()} == {()}


@pytest.fixture(scope="module")
def study(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Study]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield two_rounds()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_facts_are_those_of_the_study(study):
    """Worked out by hand from tests/analysis/report/studied.py: four experts of two panels, both rounds answered by all; three questions."""
    facts = facts_of(material_of(study), ())
    assert (facts.rounds, facts.most_rounds, facts.panels, facts.invited, facts.answered) == (2, 3, 2, (4, 4), (4, 4))
    assert (facts.questions, facts.asking_reasons, facts.open_questions, facts.languages) == (3, 1, 1, 3)
    assert (facts.dropped, facts.reworded, facts.departures, facts.minimum) == (0, 0, 0, 1)
    assert facts.rules_fixed_on
    assert (facts.rules, facts.answered_here) == ({"consensus", "stability"}, False)  # taken up from a file


@pytest.mark.django_db
def test_every_place_that_a_checklist_names_is_a_section_of_some_report(study):
    """Sections that only some studies have are named here, so that a key spelled wrongly is found."""
    there = set(write_report(study, "en").names()) | {"dissent", "gaps", "roles", "pools", "paths", "reasons", "record-decisions"}
    named = {place for checklist in CHECKLISTS for item in checklist.items for place in item.reply(FACTS).places}
    assert named - there == set()


@pytest.mark.django_db
def test_the_report_ends_with_a_section_for_each_checklist_that_leads_into_it(study):
    document = write_report(study, "en")
    annex = document.sections[-1]
    assert [section.key for section in annex.sections] == ["checklist-accord", "checklist-delphistar", "checklist-credes"]
    rows = [row for block in annex.sections[0].blocks if isinstance(block, TableBlock) for row in block.rows]
    assert next(row[3] for row in rows if row[0] == "R3") == (Place("flow"), Place("study-rounds"))
