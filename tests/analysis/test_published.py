"""What may be told of a counted round: shown groups' answers, and nothing else."""

import numpy as np
import pytest

from analysis.disclosure import Group
from analysis.published import Protected, PublishedComponent
from analysis.published_rounds import published_round
from surveys.models import Round
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round
from tests.factories import a_study, add_experts, by_panel, count, give, run_round

pytestmark = pytest.mark.django_db
PANELS = ("us", "jp", "kr")
US = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]
JP = [3] * 6 + [4] * 6


def component(study_round: Round) -> PublishedComponent:
    return published_round(study_round.analysis_runs.get()).items[0].components[0]


def panel(code: str) -> Group:
    return Group("panel", code, (code,))


def others(code: str) -> Group:
    return Group("others", code, tuple(other for other in PANELS if other != code))


def test_the_answers_of_a_protected_panel_are_not_handed_out() -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    found = component(run_round(study, 1, by_panel("grave", {"us": US, "jp": JP, "kr": [1, 1, 2, 5]})))
    # kr is small; all and us are shown (us before jp in file order), jp would give kr away.
    assert [group.code for group in found.panels] == ["us"]
    assert found.protected_panels == ["jp", "kr"]
    assert sorted(found.answers(panel("us"))) == sorted(US)
    for hidden in (panel("kr"), panel("jp")):
        with pytest.raises(Protected):
            found.answers(hidden)


def test_everybody_but_one_ally_is_told_of_only_where_shown_rows_give_it() -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    found = component(run_round(study, 1, by_panel("grave", {"us": US, "jp": JP, "kr": [1, 1, 2, 5]})))
    assert found.follows(others("us"))  # all - us
    assert sorted(found.answers(others("us"))) == sorted([*JP, 1, 1, 2, 5])
    assert not found.follows(others("kr"))  # us + jp: all less it is kr
    with pytest.raises(Protected):
        found.answers(others("kr"))


def test_where_nothing_is_hidden_every_group_may_be_told() -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 6})
    found = component(run_round(study, 1, by_panel("grave", {"us": US, "jp": JP, "kr": [1, 1, 2, 5, 3, 4]})))
    assert all(found.follows(others(code)) for code in PANELS)
    equal = Group("others_equal_weight", "kr", ("us", "jp"))
    assert found.follows(equal)
    assert found.weights(equal).tolist() == pytest.approx([1 / 12] * 24)
    with pytest.raises(Protected):
        found.paired(panel("us"))  # there is no earlier round


def test_stayers_leavers_and_joiners_of_a_fine_group() -> None:
    study = a_study()
    add_experts(study, {"us": 24, "jp": 12, "kr": 12})
    kr = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 1, 2]
    run_round(study, 1, by_panel("grave", {"us": US, "jp": JP, "kr": kr}))
    second = {f"us-{place}": {"grave": US[place - 1] % 5 + 1} for place in range(1, 7)}  # six of us stay, six leave
    second |= {f"us-{place}": {"grave": (place % 3) + 1} for place in range(13, 19)}  # and six join
    second |= by_panel("grave", {"jp": JP, "kr": kr})
    found = component(run_round(study, 2, second))
    assert [group.code for group in found.fine_groups] == ["all", "us", "jp", "kr"]
    before, after = found.paired(panel("us"))
    assert (sorted(before), sorted(after)) == ([1, 1, 2, 3, 4, 5], [1, 2, 2, 3, 4, 5])
    assert sorted(found.leavers(panel("us"))) == [1, 2, 2, 3, 4, 5]
    assert sorted(found.joiners(panel("us"))) == [1, 1, 2, 2, 3, 3]
    assert found.n_left(panel("us")) == 6
    assert np.array_equal(found.leavers(panel("jp")), [])


def test_few_who_left_make_nothing_fine_of_their_group() -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 12, "kr": 12})
    kr = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 1, 2]
    run_round(study, 1, by_panel("grave", {"us": US, "jp": JP, "kr": kr}))
    found = component(run_round(study, 2, by_panel("grave", {"us": US[:10], "jp": JP, "kr": kr})))
    assert [group.code for group in found.pair_groups] == ["all", "equal_weight", "us", "jp", "kr"]
    assert [group.code for group in found.fine_groups] == ["jp", "kr"]  # the two who left us left everybody as well
    with pytest.raises(Protected):
        found.paired(panel("us"))
    assert len(found.roughly_paired(panel("us"))[0]) == 10


def test_after_an_erasure_nothing_is_fine() -> None:
    study = a_study()
    add_experts(study, {"us": 24, "jp": 12, "kr": 12})
    kr = [1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 1, 2]
    run_round(study, 1, by_panel("grave", {"us": US, "jp": JP, "kr": kr}))
    second = open_round(study, 2)
    withdraw(study.panelists.get(code="kr-1"))
    give(second, {code: given for code, given in by_panel("grave", {"us": US, "jp": JP, "kr": kr}).items() if code != "kr-1"})
    assert component(count(second)).fine_groups == []


@pytest.mark.parametrize("seed", range(6))
def test_what_was_decided_at_counting_is_what_disclosure_control_says_of_the_published_rows(seed: int) -> None:
    """Few who leave, join or change in three panels of 6 to 14: some groups are fine, some not."""
    chance = np.random.default_rng(seed)
    sizes = dict(zip(PANELS, chance.integers(6, 15, 3).tolist(), strict=True))
    study = a_study()
    add_experts(study, sizes)
    said = {f"{code}-{place}": int(chance.integers(1, 6)) for code, size in sizes.items() for place in range(1, size + 1)}
    for number in (1, 2):
        here = {code: {"grave": answer} for code, answer in said.items() if chance.random() > 0.15}
        study_round = run_round(study, number, here)
        said = {code: int(chance.integers(1, 6)) if chance.random() < 0.3 else answer for code, answer in said.items()}
    found = component(study_round)
    assert found.previous is not None
    rows = {1: found.previous.groups, 2: found.groups}
    again = found._pairs.told(rows, found.pair_groups, found.fine_groups, has_categories=True)
    assert [group for group in found.fine_groups if (group.kind, group.code) in again.fine] == found.fine_groups
