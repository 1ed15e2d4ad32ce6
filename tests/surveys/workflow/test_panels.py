"""Experts come from a list: every row's mistake is told, and the same list twice changes nothing."""

import pytest

from surveys.exceptions import FileRefused, NotReady, Refused
from surveys.models import Identity, Invitation, Message, Panelist, Study
from surveys.workflow.identities import Person, person_of
from surveys.workflow.panels import add_expert, import_panel, preview_panel, replace_expert
from surveys.workflow.rounds import open_round
from tests.factories import a_study, by_panel, give

pytestmark = pytest.mark.django_db
HEADER = "panelist,panel,name,email,language\n"


@pytest.fixture
def study() -> Study:
    return a_study(languages=["en", "ko"])


def test_a_list_comes_in_and_names_stay_apart_and_sealed(study: Study) -> None:
    counts = import_panel(study, HEADER + "e1,us,Ann Lee,ann@example.org,en\n,kr,김민수,kim@example.org,ko\n")
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "repeated": 0}
    ann, kim = Panelist.objects.order_by("pk")
    assert (ann.code, ann.panel.code, kim.language) == ("e1", "us", "ko")
    assert kim.code.startswith("p-") and "kim" not in kim.code
    assert person_of(kim) == Person("김민수", "kim@example.org")
    everything = b"".join(bytes(identity.sealed) + identity.link_digest.encode() + identity.email_digest.encode() for identity in Identity.objects.all())
    assert b"ann" not in everything and "김".encode() not in everything


def test_the_same_list_twice_changes_nothing(study: Study) -> None:
    content = HEADER + "e1,us,Ann Lee,ann@example.org,en\n,kr,Kim,KIM@example.org,ko\n"
    import_panel(study, content)
    before = list(Panelist.objects.values()), list(Identity.objects.values())
    assert import_panel(study, content) == {"new": 0, "changed": 0, "unchanged": 2, "repeated": 0}
    assert (list(Panelist.objects.values()), list(Identity.objects.values())) == before


def test_a_row_is_found_again_by_code_and_else_by_email(study: Study) -> None:
    import_panel(study, HEADER + "e1,us,Ann,ann@example.org,en\n")
    assert import_panel(study, HEADER + ",us,Ann B.,ann@example.org,en\n")["changed"] == 1
    assert person_of(Panelist.objects.get()).name == "Ann B."
    assert import_panel(study, HEADER + "e1,jp,,,en\n")["changed"] == 1
    assert Panelist.objects.get().panel.code == "jp"
    assert person_of(Panelist.objects.get()).email == "ann@example.org"


@pytest.mark.parametrize(("row", "problem"), [
    (",us,Ann,,en", "a panelist code or an e-mail address"),
    ("e1,xx,Ann,,en", "no panel “xx”; the study has: us, jp, kr"),
    ("e1,us,Ann,nonsense,en", "is not an e-mail address"),
    ("e1,us,Ann,,fr", "no language “fr”"),
    ("e 1,us,Ann,,en", "blanks"),
    ("e0,jp,Other,,en", "line 2 already"),
    ("e9,us,Zoe,zero@example.org,en", "line 2 already"),
])
def test_a_mistake_is_told_with_its_line_and_nothing_is_written(study: Study, row: str, problem: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        import_panel(study, HEADER + "e0,us,Zero,zero@example.org,en\n" + row + "\n")
    assert "line 3" in str(refusal.value) and problem in str(refusal.value)
    assert not Panelist.objects.exists() and not Identity.objects.exists()


def test_a_preview_tells_each_row_and_writes_nothing(study: Study) -> None:
    import_panel(study, HEADER + "e1,us,Ann,ann@example.org,en\n")
    rows = preview_panel(study, HEADER + "e1,us,Ann,ann@example.org,en\ne2,jp,,,en\ne3,nowhere,,,en\n")
    assert [(row.outcome, bool(row.problems)) for row in rows] == [("unchanged", False), ("new", False), ("new", True)]
    assert Panelist.objects.count() == 1


def test_somebody_who_has_answered_stays_in_the_panel(study: Study) -> None:
    import_panel(study, HEADER + "us-1,us,,,en\n")
    give(open_round(study, 1), by_panel("grave", {"us": [3]}))
    with pytest.raises(FileRefused, match="can't move to another panel"):
        import_panel(study, HEADER + "us-1,jp,,,en\n")


def test_who_comes_while_a_round_is_open_is_invited_to_it(study: Study) -> None:
    open_round(study, 1)
    import_panel(study, HEADER + "e1,us,,,en\n")
    late = add_expert(study, panel=study.panels.get(code="jp"), person=Person("Late", "late@example.org"), language="en")
    assert set(Invitation.objects.values_list("panelist__code", flat=True)) == {"e1", late.code}
    assert Message.objects.get().panelist == late


def test_another_expert_takes_the_place_of_one_who_cannot_take_part(study: Study) -> None:
    import_panel(study, HEADER + "e1,us,Ann,ann@example.org,en\n")
    open_round(study, 1)
    fresh = replace_expert(Panelist.objects.get(), person=Person("Bo", "bo@example.org"), language="en")
    leaving = Panelist.objects.get(code="e1")
    assert (fresh.panel.code, leaving.state) == ("us", "declined")
    with pytest.raises(NotReady):
        replace_expert(leaving, person=Person("Cy", "cy@example.org"), language="en")


def test_an_expert_who_has_answered_in_the_open_round_is_not_replaced(study: Study) -> None:
    import_panel(study, HEADER + "us-1,us,,,en\n")
    give(open_round(study, 1), by_panel("grave", {"us": [3]}))
    with pytest.raises(Refused, match="has answers in the open round"):
        replace_expert(Panelist.objects.get(), person=Person("Bo", "bo@example.org"), language="en")
