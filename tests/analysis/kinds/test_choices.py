"""Ticked options: an option that is hidden for a group must not follow from the others and the most that may be ticked."""

import pytest

from tests.analysis.kinds.counted import hold_round, options, study_of, table

pytestmark = pytest.mark.django_db
OPTIONS = ("cyber", "blockade", "militia", "missiles")
# Six of us: two ticks each, never missiles, whose row is thus protected. Cyber 4, blockade 5 and militia 3 make twelve.
TICKED = ["cyber blockade", "cyber blockade", "cyber militia", "cyber blockade", "blockade militia", "blockade militia"]


def shown_for_us(last: str, at_most: int | None) -> set[str]:
    item = {"code": "means", "kind": "choices", "options": options(*OPTIONS), "text": "Which?", **({"at_most": at_most} if at_most else {})}
    study = study_of([item], {"us": 6, "jp": 12, "kr": 12}, minimum=5)
    others = ["cyber missiles", "blockade militia", "missiles militia"] * 4
    ticked = {f"us-{number}": text for number, text in enumerate([*TICKED[:5], last], 1)}
    ticked |= {f"{panel}-{number}": text for panel in ("jp", "kr") for number, text in enumerate(others, 1)}
    hold_round(study, 1, {person: {"means": {option: int(option in text.split()) for option in OPTIONS}} for person, text in ticked.items()})
    return {component for (component, group), row in table(study, 1, "means").items() if group == "us" and row["suppressed"] == "no"}


def test_options_with_all_the_ticks_are_hidden_with_the_one_that_has_none() -> None:
    assert shown_for_us(TICKED[5], at_most=2) == set()


@pytest.mark.parametrize(("last", "at_most"), [(TICKED[5], 3), (TICKED[5], None), ("blockade", 2)])
def test_with_a_tick_to_spare_the_others_are_shown(last: str, at_most: int | None) -> None:
    assert shown_for_us(last, at_most) == {"cyber", "blockade", "militia"}
