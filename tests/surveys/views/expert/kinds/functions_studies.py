"""A study with one ranking and one allocation over the same four functions, and experts who put them in order."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.models import Panelist, Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text

FUNCTIONS = [
    {"code": "move", "text": {"en": "Force mobility", "ko": "전력 기동", "ja": "部隊の機動"}},
    {"code": "shield", "text": {"en": "Missile defence", "ko": "미사일 방어", "ja": "ミサイル防衛"}},
    {"code": "watch", "text": {"en": "Early warning", "ko": "조기 경보", "ja": "早期警戒"}},
    {"code": "cyber", "text": {"en": "Cyber operations", "ko": "사이버 작전", "ja": "サイバー作戦"}},
]
CODES = [function["code"] for function in FUNCTIONS]
RANKING: dict[str, Any] = {
    "code": "first", "kind": "ranking", "options": FUNCTIONS,
    "text": {"en": "Rank the functions, most urgent first", "ko": "기능을 시급한 순서로 나열하십시오", "ja": "機能を緊急の順に並べてください"},
}
ALLOCATION: dict[str, Any] = {
    "code": "burden", "kind": "allocation", "options": FUNCTIONS, "total": 100,
    "text": {"en": "Share 100 points of a joint budget", "ko": "공동 예산 100점을 나누십시오", "ja": "共同予算の100点を配分してください"},
}

# Codes in order, first to last; no option has the same position for a whole panel. Sums of positions, by hand:
#   us: move 4·1 + 2·2 = 8, shield 4·2 + 2·1 = 10, watch 4·3 + 2·4 = 20, cyber 4·4 + 2·3 = 22
#   jp: move 4·2 + 2·1 = 10, shield 4·3 + 2·4 = 20, watch 4·1 + 2·2 = 8, cyber 4·4 + 2·3 = 22
#   kr: move 3·4 + 3·3 = 21, shield 3·3 + 3·4 = 21, watch 3·2 + 3·1 = 9, cyber 3·1 + 3·2 = 9
#   all 18: watch 37 (mean 2.06), move 39 (2.17), shield 51 (2.83), cyber 53 (2.94)
ORDERS: dict[str, list[str]] = {
    "us": ["move shield watch cyber"] * 4 + ["shield move cyber watch"] * 2,
    "jp": ["watch move shield cyber"] * 4 + ["move watch cyber shield"] * 2,
    "kr": ["cyber watch shield move"] * 3 + ["watch cyber move shield"] * 3,
}
# Points of move, shield, watch, cyber; no option has the same points from a whole panel. Sums, by hand:
#   us 210, 150, 90, 150; jp 90, 90, 210, 210; kr 300, 150, 60, 90
#   all 18: 600 (mean 33.3), 390 (21.7), 360 (20), 450 (25)
POINTS: dict[str, list[tuple[int, ...]]] = {
    "us": [(40, 30, 20, 10)] * 3 + [(30, 20, 10, 40)] * 3,
    "jp": [(10, 20, 30, 40)] * 3 + [(20, 10, 40, 30)] * 3,
    "kr": [(100, 0, 0, 0)] * 3 + [(0, 50, 20, 30)] * 3,
}


def ranks_of(order: str) -> dict[str, int]:
    return {code: order.split().index(code) + 1 for code in CODES}


def a_functions_study(**changes: Any) -> Study:
    sections = [{"section": "main", "title": {"en": "Main"}, "items": [RANKING, ALLOCATION]}]
    return a_study(a_definition(**{"languages": ["en", "ko", "ja"], "questionnaire": sections, **changes}))


def a_first_round(sizes: Mapping[str, int] | None = None, **changes: Any) -> tuple[Study, Round, list[Panelist]]:
    study = a_functions_study(**changes)
    experts = add_experts(study, sizes or {"us": 6, "jp": 6, "kr": 6})
    return study, open_round(study, 1), experts


def a_later_round(
    orders: Mapping[str, Sequence[str]] = ORDERS, points: Mapping[str, Sequence[Sequence[int]]] = POINTS, **changes: Any,
) -> tuple[Study, Round, list[Panelist]]:
    """Round 2, after a round 1 in which everybody answered both items."""
    study, first, experts = a_first_round({panel: len(given) for panel, given in orders.items()}, **changes)
    rows = [
        {"panelist": f"{panel}-{number}", "item": "first", "component": code, "value": rank}
        for panel, given in orders.items() for number, order in enumerate(given, start=1) for code, rank in ranks_of(order).items()
    ] + [
        {"panelist": f"{panel}-{number}", "item": "burden", "component": code, "value": value}
        for panel, given in points.items() for number, values in enumerate(given, start=1) for code, value in zip(CODES, values, strict=True)
    ]
    import_answers(first, csv_text(["panelist", "item", "component", "value"], rows))
    count(first)
    return study, open_round(study, 2), experts
