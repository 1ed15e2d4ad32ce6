"""A result is frozen, plain Python all through, and never holds a number that is none."""

import dataclasses
import json

import numpy as np
import pytest

from analysis.statistics.result import Result, Status


@dataclasses.dataclass(frozen=True, kw_only=True)
class Example(Result):
    value: object = None


@pytest.mark.parametrize("value", [float("nan"), np.nan, float("inf"), -np.inf, np.float64("nan")])
def test_what_is_not_finite_becomes_none(value):
    assert Example(value=value).value is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.array([1.0, np.nan]), (1.0, None)),
        ({("a", "b"): np.array([[1.5]])}, {("a", "b"): ((1.5,),)}),
        ([np.inf, 1], [None, 1]),
    ],
)
def test_numpys_types_become_plain_python(value, expected):
    stored = Example(value=value).value
    assert stored == expected
    assert type(stored) is type(expected)


def test_a_result_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Example(value=1).value = 2


def test_a_result_is_json_as_it_stands():
    result = Example(value=np.array([np.nan, 2.0]), status=Status.NO_VARIATION, reason="All answers are equal.")
    assert json.loads(json.dumps(dataclasses.asdict(result), allow_nan=False)) == {
        "n": 0,
        "n_missing": 0,
        "status": "no_variation",
        "reason": "All answers are equal.",
        "value": [None, 2.0],
    }
    assert not result.is_ok
