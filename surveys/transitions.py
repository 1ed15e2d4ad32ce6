"""Which state of a round may follow which: data only. The table in docs/rounds.md is drawn from it.

A transition is an act's name → (the states it starts from, the state it ends in).
"""

from surveys.enums import RoundState as S

ROUND_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "open": (frozenset({S.DRAFT}), S.OPEN),
    "close": (frozenset({S.OPEN}), S.CLOSED),
    "mark_aggregated": (frozenset({S.CLOSED}), S.AGGREGATED),
    "renew": (frozenset({S.CLOSED, S.AGGREGATED}), S.CLOSED),  # an erasure: the results must be counted anew
    "reopen": (frozenset({S.CLOSED, S.AGGREGATED}), S.OPEN),
    "release": (frozenset({S.AGGREGATED}), S.RELEASED),
}


def is_allowed(act: str, state: str) -> bool:
    """May a round in this state undergo this act?"""
    return state in ROUND_TRANSITIONS[act][0]
