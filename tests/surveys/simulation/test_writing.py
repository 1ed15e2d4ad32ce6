"""Whatever opinion a simulated expert has, what is written of it is an answer of the item's kind that counts, also where limits leave little room."""

import random

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from surveys.items import KINDS, ItemSpec, kind_of
from surveys.simulation import Model, later_answer, opinion_of, simulated_answer, written_opinion
from tests.surveys.items.test_kinds import SPECS

OPINIONS = st.floats(-0.5, 1.5)
SEEDS = st.integers(0, 10_000)
LIMITS = st.tuples(st.sampled_from([None, -1000.0, -1.5, 0.0, 0.25, 3.0]), st.sampled_from([None, 5.0, 7.5, 365.0, 5000.0]))


def counts(spec: ItemSpec, values: dict[str, str] | None) -> bool:
    assert values is not None
    kind = kind_of(spec)
    value = kind.from_components(spec, values)
    return kind.counts(spec, value) and kind.left_open(spec, value) == ""


@pytest.mark.parametrize("name", sorted(set(KINDS)))
@drawn(opinion=OPINIONS, seed=SEEDS)
def test_every_kind_gets_an_answer_that_counts(name: str, opinion: float, seed: int) -> None:
    assert counts(SPECS[name], written_opinion(SPECS[name], opinion, random.Random(seed)))


@drawn(opinion=OPINIONS, seed=SEEDS, limits=LIMITS, decimals=st.integers(0, 3))
def test_numbers_lie_within_their_limits(opinion: float, seed: int, limits: tuple[float | None, float | None], decimals: int) -> None:
    spec = ItemSpec("q", "number", {"en": "?"}, minimum=limits[0], maximum=limits[1], decimals=decimals)
    assert counts(spec, written_opinion(spec, opinion, random.Random(seed)))


@drawn(opinion=OPINIONS, other=OPINIONS, seed=SEEDS, limits=LIMITS, decimals=st.integers(0, 3), is_interval=st.booleans(), drift=st.floats(-1, 1))
def test_quantiles_rise_before_and_after_moving(opinion: float, other: float, seed: int, limits: tuple[float | None, float | None], decimals: int,
                                                is_interval: bool, drift: float) -> None:
    asked = {"interval": "idea"} if is_interval else {"quantiles": (0.05, 0.5, 0.95)}
    spec = ItemSpec("q", "quantiles", {"en": "?"}, minimum=limits[0], maximum=limits[1], decimals=decimals, **asked)
    chance = random.Random(seed)
    first, second = written_opinion(spec, opinion, chance) or {}, written_opinion(spec, other, chance) or {}
    assert counts(spec, first)
    shown = {code: {"median": float(value)} for code, value in second.items()}
    assert counts(spec, later_answer(spec, first, shown, chance, Model(movers=1.0, drift=drift)))


@pytest.mark.parametrize("total", [1, 7, 10, 100, 2.5])
@drawn(opinion=OPINIONS, seed=SEEDS)
def test_points_add_up(total: float, opinion: float, seed: int) -> None:
    spec = ItemSpec("q", "allocation", {"en": "?"}, options=SPECS["allocation"].options, total=total, decimals=2)
    assert counts(spec, written_opinion(spec, opinion, random.Random(seed)))


@pytest.mark.parametrize(("name", "high", "low"), [("rating", "7", "1"), ("probability", "100", "0"), ("choice", "b", "a"), ("number", "10", "-10")])
def test_the_ends_of_the_range_are_the_ends_of_the_item(name: str, high: str, low: str) -> None:
    assert written_opinion(SPECS[name], 1.0, random.Random(1)) == {"": high}
    assert written_opinion(SPECS[name], 0.0, random.Random(1)) == {"": low}


@pytest.mark.parametrize("opinion", [0.0, 0.3, 0.5, 0.8, 1.0])
def test_an_opinion_is_read_back_from_its_number(opinion: float) -> None:
    spec = SPECS["number"]
    written = written_opinion(spec, opinion, random.Random(1)) or {}
    assert opinion_of(spec, float(written[""])) == pytest.approx(opinion, abs=0.02)  # two decimals on a range of 20


def test_some_leave_out_and_some_cannot_judge() -> None:
    chance = random.Random(3)
    model = Model(left_out=0.2, unjudged=0.25)
    given = [simulated_answer(SPECS["rating"], 0.5, chance, model) for _expert in range(4000)]
    # 0.2 leave it out; a quarter of the others, 0.2 of all, cannot judge; three standard errors are 3·√(0.16/4000) = 0.019
    assert given.count(None) / 4000 == pytest.approx(0.2, abs=0.019)
    assert given.count({"": "cannot_judge"}) / 4000 == pytest.approx(0.2, abs=0.019)


def test_an_open_question_is_answered_with_a_text_that_says_it_is_simulated() -> None:
    assert (written_opinion(SPECS["text"], 0.5, random.Random(1)) or {})[""].startswith("(simulated) ")
