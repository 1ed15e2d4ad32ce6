"""What items say of each other: conditions, mirrors, versions. Every mistake with its line, its path, and what to do."""

import pytest

from surveys.studyfile import read_study
from tests.surveys.studyfile.studies import MORE, SMALL, refusals, refusals_of


def waiting(condition):
    return refusals_of(f"code: new, kind: text, text: New?, shown_if: {condition}")


TAKEN = [
    "{item: rated, at_least: 4}", "{item: rated, is: 5}", "{item: rated, one_of: [1, 5]}", "{item: chance, at_least: 10, at_most: 90}",
    "{item: days, at_most: 30}", "{item: chosen, is: isr}", "{item: chosen, one_of: [isr, asw]}", "{item: means, includes: asw}",
    "{item: order, component: a, at_most: 1}", "{item: money, component: jp, at_least: 50}", '{item: share, component: "0.5", at_least: 2}',
    "{item: later, component: confidence, at_least: 80}", "{item: roles, component: no.asw, at_least: 2}", "{item: map, component: x, at_least: 3}",
]


@pytest.mark.parametrize("condition", TAKEN)
def test_a_condition_that_is_taken(condition):
    study = read_study(f"{SMALL}{MORE}      - {{code: new, kind: text, text: New?, shown_if: {condition}}}\n")
    assert study["questionnaire"][0]["items"][-1]["shown_if"]["item"] in condition


@pytest.mark.parametrize(("condition", "expected"), [
    ("{at_least: 1}", "shown_if.item: is missing. Give a name."),
    ("rated", 'shown_if: must be a mapping with the keys item, component, at_least, at_most, is, one_of, includes, not the text "rated".'),
    ("{item: ratd, is: 1}", 'shown_if.item: there is no item "ratd". Did you mean rated?'),
    ("{item: new, is: 1}", 'shown_if.item: the item "new" is asked later, or is this item itself. Name an earlier item.'),
    ("{item: asked, is: 1}", "shown_if.item: an item of kind text can't decide. Name an item with an answer to compare."),
    ("{item: rated}", "shown_if: says no answer to wait for. Add one of at_least, at_most, is, one_of."),
    ("{item: means}", "shown_if: says no answer to wait for. Add one of includes."),
    ("{item: chosen, at_least: 1}", "shown_if.at_least: does not fit an item of kind choice. Use is, one_of."),
    ("{item: means, is: isr}", "shown_if.is: does not fit an item of kind choices. Use includes."),
    ("{item: rated, includes: isr}", "shown_if.includes: does not fit an item of kind rating. Use at_least, at_most, is, one_of."),
    ("{item: map, component: x, is: 3}", "shown_if.is: does not fit an item of kind plane. Use at_least, at_most."),
    ("{item: rated, is: 1, one_of: [2, 3]}", "shown_if.one_of: stands beside is. Keep one of the two."),
    ("{item: rated, at_least: 4, is: 5}", "shown_if.is: stands beside at_least. Keep one of the two."),
    ("{item: roles, at_least: 2}", "shown_if: an item of kind grid has several numbers. Name one under component."),
    ("{item: rated, component: x, at_least: 2}", "shown_if.component: an item of kind rating has one answer. Remove component."),
    ("{item: chance, at_least: 90, at_most: 10}", "shown_if.at_least: at_least is more than at_most, so nobody would be asked. Correct one."),
    ("{item: roles, component: jp.sonar, at_least: 2}", 'shown_if.component: there is no component "jp.sonar". Use one of jp.isr, jp.asw, no.isr, no.asw.'),
    ("{item: map, component: z, at_least: 2}", 'shown_if.component: there is no component "z". Use one of x, y.'),
    ('{item: share, component: "0.95", at_least: 2}', 'shown_if.component: there is no component "0.95". Use one of 0.05, 0.5.'),
    ("{item: share, component: 0.5, at_least: 2}", "shown_if.component: must be a text on one line, not 0.5. Write it in quotes."),
    ("{item: later, component: middle, at_least: 2}",
     'shown_if.component: there is no component "middle". Use one of lower, best, upper, confidence.'),
    ("{item: order, component: d, at_most: 1}", 'shown_if.component: there is no component "d". Use one of a, b, c.'),
    ("{item: chosen, is: sonar}", 'shown_if.is: there is no option "sonar". Use one of isr, asw.'),
    ("{item: chosen, one_of: [isr, sonar]}", 'shown_if.one_of: there is no option "sonar". Use one of isr, asw.'),
    ("{item: means, includes: sonar}", 'shown_if.includes: there is no option "sonar". Use one of isr, asw.'),
    ("{item: rated, is: often}", 'shown_if.is: must be a number, for an item of kind rating is answered with one; not the text "often".'),
    ("{item: rated, is: [1, 2]}", "shown_if.is: must be an option's code or a number, not a list."),
    ("{item: rated, one_of: []}", "shown_if.one_of: needs at least 1 entry."),
    ("{item: rated, at_least: .nan}", "shown_if.at_least: must be a number, not nan."),
    ("{item: rated, equals: 3}", 'shown_if.equals: there is no key "equals" here. Remove it; known here: '
                                 "item, component, at_least, at_most, is, one_of, includes."),
])
def test_a_condition_that_is_refused(condition, expected):
    assert waiting(condition) == [expected]


@pytest.mark.parametrize(("condition", "key", "span"), [
    ("item: rated, at_least: 6", "at_least", "from 1 to 5"), ("item: rated, at_most: 0", "at_most", "from 1 to 5"),
    ("item: rated, is: 2.5", "is", "from 1 to 5"), ("item: rated, one_of: [0, 6]", "one_of", "from 1 to 5"),
    ("item: chance, is: 101", "is", "from 0 to 100"), ("item: chance, at_least: 100.5", "at_least", "from 0 to 100"),
    ("item: days, at_most: -1", "at_most", "from 0 to 365"), ("item: order, component: a, at_least: 4", "at_least", "from 1 to 3"),
    ("item: money, component: jp, at_least: 101", "at_least", "from 0 to 100"), ("item: map, component: x, at_least: 4", "at_least", "from 1 to 3"),
    ("item: roles, component: no.asw, at_most: 0", "at_most", "from 1 to 3"),
])
def test_a_condition_that_no_answer_can_meet(condition, key, span):
    assert waiting(f"{{{condition}}}") == [f"shown_if.{key}: no answer can meet it: answers go {span}. Correct it, or nobody is asked."]


@pytest.mark.parametrize(("limit", "test", "said"), [
    ("minimum: 0", "at_most: -1", "at_most: no answer can meet it: all answers are at least 0."),
    ("maximum: 30", "at_least: 31", "at_least: no answer can meet it: all answers are at most 30."),
])
def test_a_number_with_one_limit_can_be_out_of_reach_on_its_other_side(limit, test, said):
    items = f"{{code: some, kind: number, text: How many?, {limit}}}\n      - {{code: new, kind: text, text: New?, shown_if: {{item: some, {test}}}}}"
    [refusal] = refusals(f"{SMALL}{MORE}      - {items}\n")
    assert f"shown_if.{said} Correct it, or nobody is asked." in refusal


@pytest.mark.parametrize("condition", [
    "item: rated, at_most: 9", "item: rated, at_least: 0", "item: rated, one_of: [2, 7]", "item: chance, at_least: 100", "item: days, at_most: 1000",
    "item: order, component: a, at_most: 60",
])
def test_limits_that_every_answer_meets_and_the_last_possible_answer_are_taken(condition):
    assert read_study(f"{SMALL}{MORE}      - {{code: new, kind: text, text: New?, shown_if: {{{condition}}}}}\n")


def test_a_condition_on_a_later_item_of_another_section():
    section = "  - section: second\n    title: Second\n    items: [{code: last, kind: rating, scale: role, text: Last?}]\n"
    changed = (SMALL + MORE).replace("text: In which order?", "text: In which order?, shown_if: {item: last, is: 1}") + section
    assert refusals(changed) == [
        'line 23: questionnaire[0].items[5].shown_if.item: the item "last" is asked later, or is this item itself. Name an earlier item.']


RANDOM = "shown_if.item: an item in random order can't wait for another of its section, nor be waited for. Give both a fixed order."


def test_random_order_and_waiting_do_not_go_together_within_a_section():
    assert refusals_of("code: new, kind: text, text: New?, order: random, shown_if: {item: rated, is: 1}") == [RANDOM]
    section = "  - section: second\n    title: Second\n    items:\n"
    assert read_study(SMALL + MORE + section + "      - {code: new, kind: text, text: New?, order: random, shown_if: {item: rated, is: 1}}\n")


@pytest.mark.parametrize(("keys", "expected"), [
    ("mirror: rolls", "mirror: is not another item of kind grid. Name the role grid that is asked here from the other side."),
    ("mirror: rated", "mirror: is not another item of kind grid. Name the role grid that is asked here from the other side."),
    ("mirror: new", "mirror: is not another item of kind grid. Name the role grid that is asked here from the other side."),
])
def test_a_mirror_of_nothing(keys, expected):
    assert refusals_of(f"code: new, kind: grid, scale: role, rows: panels, columns: functions, text: New?, {keys}") == [expected]


@pytest.mark.parametrize("grid", [
    "scale: agreement5, rows: panels, columns: functions", "scale: role, rows: functions, columns: functions", "scale: role, rows: panels, columns: panels",
])
def test_a_mirror_of_other_cells(grid):
    assert refusals_of(f"code: new, kind: grid, {grid}, text: New?, mirror: roles") == [
        "mirror: has other rows, columns or another scale than the grid that it mirrors. Give both the same."]


@pytest.mark.parametrize(("keys", "expected"), [
    ("version: 2, equivalent_to: 2", "equivalent_to: must be an earlier version than this one (2). Raise version, or remove the key."),
    ("equivalent_to: 1", "equivalent_to: must be an earlier version than this one (1). Raise version, or remove the key."),
    ("version: 2, equivalent_to: first", 'equivalent_to: must be a whole number from 1 to 1000000, not the text "first".'),
    ("version: two", 'version: must be a whole number from 1 to 1000000, not the text "two".'),
])
def test_versions(keys, expected):
    assert refusals_of(f"code: new, kind: text, text: New?, {keys}") == [expected]
