"""Kinds of several numbers: what counts, what is kept and counts as missing, and what is refused."""

import pytest

from surveys.items import CANNOT_JUDGE, KINDS, ItemSpec
from tests.surveys.items.test_kinds import SPECS

IDEA = ItemSpec("q", "quantiles", {"en": "?"}, interval="idea", minimum=0, maximum=20, decimals=2)


def clean(name: str, spec: ItemSpec | None = None, **raw: str):
    return KINDS[name].clean(spec or SPECS[name], {code.replace("__", "."): text for code, text in raw.items()})


def state(name: str, value, spec: ItemSpec | None = None) -> tuple[bool, str]:
    kind, spec = KINDS[name], spec or SPECS[name]
    return kind.counts(spec, value), kind.left_open(spec, value)


def test_an_unbalanced_allocation_is_kept_and_does_not_count() -> None:
    assert state("allocation", clean("allocation", a="30", b="20")) == (False, "50 of 100 points are not given out yet.")
    assert state("allocation", clean("allocation", a="100", b="20")) == (False, "20 points too many are given out; the total is 100.")


def test_once_the_total_is_reached_an_empty_field_is_none() -> None:
    assert clean("allocation", a="60", c="40") == {"a": 60, "b": 0, "c": 40}


@pytest.mark.parametrize("raw", [{"a": "-1"}, {"a": "101"}, {"a": "0.5"}, {"a": "many"}])
def test_points_that_nobody_could_mean_are_refused(raw: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        clean("allocation", **raw)


def test_tenths_of_points_add_up_exactly() -> None:
    spec = ItemSpec("q", "allocation", {"en": "?"}, options=SPECS["allocation"].options, total=0.3, decimals=1)
    value = clean("allocation", spec, a="0.1", b="0.2")
    assert state("allocation", value, spec) == (True, "")


def test_an_unfinished_order_is_kept_and_does_not_count() -> None:
    value = clean("ranking", b="1")
    assert (value, state("ranking", value)) == ({"b": 1}, (False, "2 options have no position yet."))


@pytest.mark.parametrize("raw", [{"a": "1", "b": "1"}, {"a": "0"}, {"a": "4"}, {"a": "first"}])
def test_a_position_is_given_once_and_lies_in_the_list(raw: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="position"):
        clean("ranking", **raw)


def test_none_of_these_is_an_answer_and_untouched_is_none() -> None:
    assert KINDS["choices"].clean(SPECS["choices"], {"": "none"}) == []
    assert KINDS["choices"].to_components(SPECS["choices"], []) == {"a": 0, "b": 0, "c": 0}
    assert KINDS["choices"].clean(SPECS["choices"], {"": ""}) is None


@pytest.mark.parametrize("raw", [{"": "none", "a": "1"}, {"a": "1", "b": "1", "c": "1"}, {"a": "yes"}, {"": "a"}, {"a": "0"}])
def test_ticks_that_contradict_each_other_are_refused(raw: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        KINDS["choices"].clean(SPECS["choices"], raw)


def test_options_that_a_file_leaves_out_are_not_ticked() -> None:
    assert clean("choices", b="1") == ["b"]


def test_quantiles_rise_strictly() -> None:
    value = clean("quantiles", **{"0__5": "30"})
    assert (value, state("quantiles", value)) == ({"0.5": 30}, (False, "2 values are still missing."))
    with pytest.raises(ValueError, match="30 stands before 30"):
        clean("quantiles", **{"0__05": "30", "0__95": "30"})


def test_an_interval_is_in_order_and_its_confidence_is_from_50_to_100() -> None:
    value = clean("quantiles", IDEA, lower="1", best="1", upper="2.5", confidence="80 %")
    assert (value, state("quantiles", value, IDEA)) == ({"lower": 1, "best": 1, "upper": 2.5, "confidence": 80}, (True, ""))
    with pytest.raises(ValueError, match="rise"):
        clean("quantiles", IDEA, lower="2", best="1")
    with pytest.raises(ValueError, match="from 50 to 100"):
        clean("quantiles", IDEA, confidence="49")


def test_each_cell_of_a_grid_counts_by_itself() -> None:
    value = clean("grid", a__a="3", a__b=CANNOT_JUDGE)
    kind, spec = KINDS["grid"], SPECS["grid"]
    assert kind.to_components(spec, value) == {"a.a": 3}
    assert kind.not_judged(spec, value) == {"a.b"}
    assert state("grid", value) == (True, "4 cells are still open.")


def test_cannot_judge_is_refused_in_a_cell_where_the_item_does_not_offer_it() -> None:
    spec = ItemSpec("q", "grid", {"en": "?"}, scale=SPECS["grid"].scale, rows=SPECS["grid"].rows, columns=SPECS["grid"].columns, cannot_judge=False)
    with pytest.raises(ValueError, match="not offered"):
        clean("grid", spec, a__a=CANNOT_JUDGE)


def test_one_scale_of_a_map_alone_is_kept_and_does_not_count() -> None:
    value = clean("plane", x="9")
    assert (value, state("plane", value)) == ({"x": 9}, (False, "One of the two scales is still open."))
    with pytest.raises(ValueError, match="1 to 5"):
        clean("plane", y="6")
