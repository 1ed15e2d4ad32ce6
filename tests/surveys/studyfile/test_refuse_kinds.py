"""The keys of single kinds: choices, ranking, allocation, quantiles, grid, plane; lists of options wherever they stand."""

import pytest

from surveys.studyfile import read_study
from tests.surveys.studyfile.studies import MORE, SMALL, refusals, refusals_of, whole


def test_a_study_with_every_kind_is_taken():
    assert [item["kind"] for item in whole()["questionnaire"][0]["items"]] == [
        "rating", "probability", "choice", "number", "choices", "ranking", "allocation", "quantiles", "quantiles", "grid", "grid", "plane", "text"]


@pytest.mark.parametrize(("item", "expected"), [
    ("kind: choices, options: [{code: a, text: A}, {code: b, text: B}], at_most: 0", "at_most: must be a whole number of at least 1, not 0."),
    ("kind: choices, options: [{code: a, text: A}, {code: b, text: B}], at_most: 3",
     "at_most: is more than the 2 options. Leave it out to allow all of them."),
    ("kind: choices, options: functions, at_most: 3", "at_most: is more than the 2 options. Leave it out to allow all of them."),
    ("kind: choices", "options: is missing. Give a list of options, each with code and text, or the name of a list under option_lists."),
    ("kind: allocation, options: functions", "total: is missing. Give a value."),
    ("kind: allocation, options: functions, total: -5", "total: must be a number greater than 0, not -5."),
    ("kind: allocation, options: functions, total: many", "total: must be a number greater than 0, not 'many'."),
    ("kind: allocation, options: functions, total: 1.5", "total: has more decimals than the points given out. Raise decimals, or round the total."),
    ("kind: allocation, options: functions, total: 0.25, decimals: 1",
     "total: has more decimals than the points given out. Raise decimals, or round the total."),
    ("kind: ranking, options: [{code: a, text: A}]", "options: needs at least 2 entries."),
    ("kind: quantiles", "quantiles: an item of kind quantiles has either quantiles, such as [0.05, 0.5, 0.95], or interval: idea."),
    ("kind: quantiles, interval: idea, quantiles: [0.1, 0.9]",
     "quantiles: an item of kind quantiles has either quantiles, such as [0.05, 0.5, 0.95], or interval: idea."),
    ("kind: quantiles, quantiles: [0.5]", "quantiles: must be a list of at least two probabilities, such as [0.05, 0.5, 0.95]."),
    ("kind: quantiles, quantiles: [0.05, 50]", "quantiles[1]: must be a probability between 0 and 1, not 50."),
    ("kind: quantiles, quantiles: [0.000000000001, 0.5]", "quantiles[0]: must be a probability between 0 and 1, not 1e-12."),
    ("kind: quantiles, quantiles: [0.5, 0.500000000001]", "quantiles: must rise from one probability to the next."),
    ("kind: quantiles, quantiles: [0.5, 0.05]", "quantiles: must rise from one probability to the next."),
    ("kind: quantiles, interval: fancy", 'interval: must be idea, not the text "fancy".'),
    ("kind: quantiles, interval: idea, truth: high", 'truth: must be a number, not the text "high".'),
    ("kind: rating, scale: role, truth: 2", "truth: an item of kind rating takes no truth. Remove it, or change the kind."),
    ("kind: grid, scale: role, rows: panels",
     "columns: is missing. Give a list of options, each with code and text, or the name of a list under option_lists."),
    ("kind: grid, scale: role, rows: [], columns: functions", "rows: needs at least 1 entry."),
    ("kind: grid, scale: role, rows: functions, columns: functions, about: role_expectation",
     "about: role_expectation needs rows: panels, for the panels are the targets."),
    ("kind: grid, scale: role, rows: panels, columns: functions, about: blame", 'about: must be role_expectation, not the text "blame".'),
    ("kind: rating, scale: role, dimension: courage",
     'dimension: must be one of abandonment, entrapment, exposure, threat, not the text "courage".'),
    ("kind: text, dimension: threat", "dimension: an item of kind text takes no dimension. Remove it, or change the kind."),
    ("kind: plane, x: {scale: role, text: X}", "y: is missing. Give a mapping with the keys scale, text."),
    ("kind: plane, x: {scale: role, text: X}, y: {scale: role}", "y.text: is missing. Give a text, or a mapping from languages to texts."),
    ("kind: plane, x: {scale: roles, text: X}, y: {scale: role, text: Y}",
     'x.scale: there is no scale "roles". Use one of agreement5, role, or define it under scales.'),
    ("kind: ranking, options: functions, order: shuffled", 'order: must be one of fixed, random, not the text "shuffled".'),
])
def test_what_a_kind_refuses(item, expected):
    assert refusals_of(f"code: new, text: New?, {item}") == [expected]


def test_a_row_given_twice_in_a_grid():
    (problem,) = refusals_of("code: new, text: New?, kind: grid, scale: role, rows: [{code: a, text: A}, {code: a, text: B}], columns: functions")
    assert problem == 'rows[1].code: the option code "a" is there twice, first in line 31. Give each its own.'


def test_a_grid_of_more_cells_than_anybody_fills_in():
    rows, columns = (", ".join(f"{{code: {letter}{number}, text: A}}" for number in range(21)) for letter in "rc")
    assert refusals_of(f"code: new, text: New?, kind: grid, scale: role, rows: [{rows}], columns: [{columns}]") == [
        "columns: makes 441 cells with the rows, more than anybody fills in. Leave at most 400, or split the grid."]


def test_a_list_of_ones_own_is_not_called_panels():
    changed = SMALL.replace("  functions:", "  panels: [{code: a, text: A}, {code: b, text: B}]\n  functions:")
    assert refusals(changed) == ["line 13: option_lists.panels: panels stands for the study's panels. Give the list another name."]


def test_one_panel_is_nothing_to_rank():
    alone = SMALL.replace("  - {code: no, name: Norway}\n", "") + "      - {code: ranked, kind: ranking, options: panels, text: Rank}\n"
    assert refusals(alone) == [
        'line 21: questionnaire[0].items[4].options: "panels" has fewer than two options. Add some, or name another list.']


def test_the_panels_as_options_rows_and_columns_are_taken():
    assert read_study(SMALL + MORE + "      - {code: new, text: New?, kind: grid, scale: role, rows: panels, columns: panels}\n")


NINE = "scales:\n  nine: {points: 9, ends: [Low, High]}\n"


@pytest.mark.parametrize("lines", [
    "      - {code: new, text: New?, kind: grid, scale: role, rows: panels, columns: functions, consensus: {rule: rand}}\n",
    "      - {code: new, text: New?, kind: plane, x: {scale: role, text: X}, y: {scale: nine, text: Y}, consensus: {rule: rand}}\n",
])
def test_the_rand_rule_is_for_nine_points_in_grids_and_on_both_axes_too(lines):
    (problem,) = refusals(SMALL.replace("scales:\n", NINE) + lines)
    assert problem == ("line 23: questionnaire[0].items[4].consensus.rule: rand is for scales of 9 points, and role has 3. Use another rule.")
    assert read_study(SMALL.replace("scales:\n", NINE) + lines.replace("scale: role", "scale: nine"))


def test_a_band_beyond_the_scale_of_an_axis():
    lines = ("      - {code: new, text: New?, kind: plane, x: {scale: agreement5, text: X}, y: {scale: role, text: Y}}\n"
             "consensus: {rule: percent_agreement, band: [4, 5], at_least: 0.7}\n")
    assert refusals(SMALL + lines) == [
        "line 23: consensus.band: the scale role has only 3 points. Give positions on it, or the scale a rule of its own."]


@pytest.mark.parametrize("rules", ["{rank: {rule: kendall_w, at_least: 0.7}}", "{rule: kendall_w, at_least: 0.7}"])
def test_kendalls_w_judges_rankings(rules):
    assert read_study(SMALL + MORE + f"consensus: {rules}\n")
    assert read_study(SMALL + f"      - {{code: new, text: New?, kind: ranking, options: functions, consensus: {rules}}}\n")
