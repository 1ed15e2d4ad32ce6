"""Simulated experts: whatever they say is an answer that counts, and who has seen the others moves toward them or stays."""

import random
from typing import Any

import pytest

from surveys.items import CANNOT_JUDGE, ItemSpec, kind_of, resolve_item
from surveys.simulation import later_answer, written_opinion

SETTINGS = {"languages": ["en"], "panels": [{"code": "us", "name": "US"}, {"code": "jp", "name": "Japan"}],
            "scales": {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}}}}
OPTIONS = [{"code": code, "text": code} for code in "abcd"]
AXIS = {"scale": "five", "text": "How much?"}
ITEMS: dict[str, dict[str, Any]] = {
    "choices": {"kind": "choices", "options": OPTIONS, "at_most": 2},
    "ranking": {"kind": "ranking", "options": OPTIONS},
    "allocation": {"kind": "allocation", "options": OPTIONS, "total": 100},
    "quantiles": {"kind": "quantiles", "quantiles": [0.05, 0.5, 0.95], "minimum": 0, "maximum": 5, "decimals": 1},
    "interval": {"kind": "quantiles", "interval": "idea", "minimum": 0, "maximum": 365, "decimals": 0},
    "grid": {"kind": "grid", "scale": "five", "rows": "panels", "columns": OPTIONS[:2]},
    "plane": {"kind": "plane", "x": AXIS, "y": AXIS},
}


def spec_of(name: str) -> ItemSpec:
    return resolve_item({"code": name, "text": "A question", **ITEMS[name]}, SETTINGS)


class AlwaysMoves(random.Random):
    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("name", ITEMS)
def test_every_answer_counts_before_and_after_moving(name: str) -> None:
    spec = spec_of(name)
    kind = kind_of(spec)
    for seed in range(60):
        chance = random.Random(seed)
        first = written_opinion(spec, chance.random(), chance)
        other = written_opinion(spec, chance.random(), chance)
        assert first is not None and other is not None
        shown = {code: {"mean": float(value), "median": float(value)} for code, value in other.items()}
        for values in (first, later_answer(spec, first, shown, AlwaysMoves())):
            value = kind.clean(spec, values)
            assert kind.counts(spec, value)
            assert not kind.left_open(spec, value)


def test_who_moves_goes_a_part_of_the_way() -> None:
    spec = spec_of("plane")
    assert later_answer(spec, {"x": "1", "y": "5"}, {"x": {"median": 5}, "y": {"median": 5}}, AlwaysMoves()) == {"x": "3", "y": "5"}
    ranks = dict(zip("abcd", "1234", strict=True))
    means = {code: {"mean": mean} for code, mean in zip("abcd", (2.0, 1.2, 3.8, 3.0), strict=True)}
    # a stands 0.8 behind b among the others, and c 0.8 behind d: the first such pair changes places.
    assert later_answer(spec_of("ranking"), ranks, means, AlwaysMoves()) == {"a": "2", "b": "1", "c": "3", "d": "4"}


def test_one_tick_is_turned_over_within_what_may_be_ticked() -> None:
    ticks = {"a": "1", "b": "1", "c": "0", "d": "0"}
    means = {code: {"mean": mean} for code, mean in zip("abcd", (0.6, 0.3, 0.8, 0.1), strict=True)}
    # c is ticked by most others; two may be ticked, so b, the least liked of three, goes.
    assert later_answer(spec_of("choices"), ticks, means, AlwaysMoves()) == {"a": "1", "b": "0", "c": "1", "d": "0"}
    alone = {code: {"mean": float(value)} for code, value in ticks.items()}
    assert later_answer(spec_of("choices"), ticks, alone, AlwaysMoves()) == ticks


def test_what_is_protected_or_not_judged_stays() -> None:
    spec = spec_of("plane")
    assert later_answer(spec, {"x": "1", "y": "5"}, {}, AlwaysMoves()) == {"x": "1", "y": "5"}
    assert later_answer(spec, {"": CANNOT_JUDGE}, {"x": {"median": 5}, "y": {"median": 5}}, AlwaysMoves()) == {"": CANNOT_JUDGE}
