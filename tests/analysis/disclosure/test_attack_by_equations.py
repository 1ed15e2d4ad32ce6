"""A reader who solves every published row as an equation, over every set of panels, finds nothing that is protected."""

from hypothesis import given, settings

from tests.analysis.disclosure.attackers import (
    equation_of,
    follows,
    is_protected,
    is_secret,
    known_equations,
    number_of,
    solved_sets,
    tells_too_much,
)
from tests.analysis.disclosure.studies import SmallStudy, small_studies

unhurried = settings(deadline=None, max_examples=150)


@unhurried
@given(small_studies(most_panels=7))
def test_no_protected_row_is_shown_or_can_be_solved(study):
    known = known_equations(study, study.shown())
    protected = [group for group in study.groups if is_protected(group, study)]
    assert not [group.code for group in protected if (group.kind, group.code) in study.shown()]
    assert not [group.code for group in protected if follows(equation_of(group, study), known)]


@unhurried
@given(small_studies(most_panels=7))
def test_no_small_and_no_unanimous_set_of_panels_can_be_solved(study):
    solved = solved_sets(study, known_equations(study, study.shown()))
    assert not [panels for panels in solved if is_secret(panels, study)]


@unhurried
@given(small_studies())
def test_each_row_that_is_hidden_for_others_would_really_tell_too_much(study):
    known = known_equations(study, study.shown())
    for group in study.groups:
        if (group.kind, group.code) not in study.shown() and not is_protected(group, study):
            assert tells_too_much(study, [*known, equation_of(group, study)])


@unhurried
@given(small_studies())
def test_the_result_is_the_definition_carried_out_word_by_word(study):
    assert study.shown() == shown_by_definition(study)


def shown_by_definition(study: SmallStudy) -> frozenset[tuple[str, str]]:
    """The procedure of the definition with rational numbers and every set of panels, without any shortcut."""
    order = ["all", "theatre", "panel", "equal_weight"]
    candidates = [group for group in study.groups if number_of(group, study) and not is_protected(group, study)]
    candidates.sort(key=lambda group: (order.index(group.kind), -number_of(group, study)))
    shown = {(group.kind, group.code) for group in study.groups if not number_of(group, study)}
    known: list = []
    for group in candidates:
        if not tells_too_much(study, [*known, equation_of(group, study)]):
            known.append(equation_of(group, study))
            shown.add((group.kind, group.code))
    return frozenset(shown)


@unhurried
@given(small_studies())
def test_other_names_and_other_values_give_the_same_pattern(study):
    other_names = dict(zip("ABCDEFG", "TUVWXYZ", strict=True))
    renamed = SmallStudy(
        {other_names[panel]: n for panel, n in study.answers.items()},
        ["".join(other_names[letter] for letter in theatre) for theatre in study.theatres],
        {other_names[panel]: ("value", value) for panel, value in study.one_value.items()},
        study.minimum,
    )
    translate = str.maketrans(other_names)
    assert renamed.shown() == {
        (kind, code.translate(translate) if kind in {"theatre", "panel"} else code) for kind, code in study.shown()
    }


@unhurried
@given(small_studies())
def test_file_order_matters_only_where_sizes_tie(study):
    sizes = [n for n in study.answers.values() if n]
    theatre_sizes = [number_of(group, study) for group in study.groups if group.kind == "theatre"]
    if len(set(sizes)) == len(sizes) and len(set(theatre_sizes)) == len(theatre_sizes):
        backwards = SmallStudy(
            dict(reversed(study.answers.items())), study.theatres[::-1], study.one_value, study.minimum
        )
        assert backwards.shown() == study.shown()
