"""Whether the gap between the allies narrows, and why, in words; and what is said where that may not be told."""

from typing import Any

import pytest

from analysis.results.glance import Together
from analysis.results.glance_words import between_in_words

SHARES = {"between_share": 0.3, "between_share_low": 0.2, "between_share_high": 0.4}
LAST = "Since the last round"


@pytest.mark.parametrize(("verdict", "cause", "status", "narrowing", "why"), [
    (None, None, None, "", ""),
    ("narrows", "left", "ok", f"{LAST} the allies have come closer to each other.", "Mainly because of who left."),
    ("widens", None, "insufficient_n", f"{LAST} the allies have moved apart.",
     "Why can’t be told: of a panel, fewer than two experts answered in both rounds."),
    ("no_clear_change", None, "no_clear_change", f"{LAST} that has not clearly changed.", ""),
    ("not_assessed", None, "not_assessed", "Whether that changed since the last round can’t be judged: no two panels have enough answers in both rounds.", ""),
    (None, None, "protected", "Whether that changed since the last round can’t be told without giving somebody away.", ""),
])
def test_each_verdict_has_its_sentence_and_an_unknown_cause_its_reason(verdict: Any, cause: Any, status: Any, narrowing: str, why: str) -> None:
    found = between_in_words(Together({**SHARES, "verdict": verdict, "main_cause": cause, "cause_status": status}, {}, True))
    assert found is not None
    assert (str(found["narrowing"]), str(found["cause"])) == (narrowing, why)
