"""A study of four experts of two allies in two rounds, worked out by hand, and what its report says."""

from collections.abc import Iterator
from typing import Any

from analysis.blocks import analyse_now
from analysis.report.document import Block, Document, Section, TableBlock, plain
from surveys.models import Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text

LABELS = {"en": ["None", "Little", "Some", "Much", "Extreme"], "ko": ["없음", "조금", "보통", "많이", "매우"], "ja": ["無", "少し", "中", "多い", "極度"]}
GRAVE = {"en": "How grave is it?", "ko": "얼마나 심각합니까?", "ja": "どれほど深刻ですか。"}
CHANCE = {"en": "How probable is it?"}  # in no other language: the report falls back, and says so
ITEMS: list[dict[str, Any]] = [
    {"code": "grave", "kind": "rating", "scale": "five", "rationale": "optional", "text": GRAVE},
    {"code": "chance", "kind": "probability", "text": CHANCE},
]
NEXT = {"code": "next", "kind": "text", "text": {"en": "What should be asked next?", "ko": "다음에 무엇을 물어야 합니까?", "ja": "次に何を尋ねるべきですか。"}}
ROUND_1 = {"us-1": (1, 10), "us-2": (2, 20), "jp-1": (4, 80), "jp-2": (5, 90)}
ROUND_2 = {"us-1": (4, 10), "us-2": (4, 20), "jp-1": (4, 80), "jp-2": (4, 90)}


def definition(**changes: Any) -> dict[str, Any]:
    names = {"us": ("United States", "미국", "米国"), "jp": ("Japan", "일본", "日本")}
    panels = [{"code": code, "name": dict(zip(("en", "ko", "ja"), name, strict=True))} for code, name in names.items()]
    return a_definition(**{
        "title": {"en": "Two allies", "ko": "두 동맹국", "ja": "二つの同盟国"}, "languages": ["en", "ko", "ja"], "public_data": True,
        "disclosure": {"minimum": 1}, "panels": panels, "scales": {"five": {"labels": LABELS}}, "rounds": {"maximum": 3},
        "questionnaire": [{"section": "main", "title": {"en": "Main", "ko": "본문", "ja": "本題"}, "items": [*ITEMS, NEXT]}], **changes})


def held(study: Study, number: int, answers: dict[str, tuple[int, int]], reason: str = "") -> None:
    """A round from its opening to its further tables; the first expert gives a reason, and an answer in words."""
    study_round = open_round(study, number)
    rows = [{"panelist": panelist, "item": item, "value": value, "rationale": reason if (panelist, item) == ("us-1", "grave") else ""}
            for panelist, values in answers.items() for item, value in zip(("grave", "chance"), values, strict=True)]
    rows += [{"panelist": "us-1", "item": "next", "value": reason, "rationale": ""}] if reason else []
    import_answers(study_round, csv_text(["panelist", "item", "value", "rationale"], rows), approve_reasons=bool(reason))
    analyse_now(count(study_round))


def two_rounds(**changes: Any) -> Study:
    study = a_study(definition(**changes))
    add_experts(study, {"us": 2, "jp": 2})
    held(study, 1, ROUND_1)
    held(study, 2, ROUND_2, "Straits are narrow")
    study.refresh_from_db()
    return study


def section(document: Document, key: str) -> Section:
    return next(found for _number, _depth, found in document.numbered() if found.key == key)


def keys(document: Document) -> list[str]:
    return [found.key for found in document.sections]


def blocks(document: Document) -> Iterator[Block]:
    for _number, _depth, found in document.numbered():
        yield from found.blocks


def texts(found: Section, kind: type[Any]) -> list[str]:
    """What the blocks of this kind say."""
    return [spaced(plain(block.text)) for block in found.blocks if isinstance(block, kind)]


def table(document: Document, key: str) -> TableBlock:
    return next(block for block in blocks(document) if isinstance(block, TableBlock) and block.key == key)


def cells(found: TableBlock) -> list[list[str]]:
    return [[spaced(plain(cell)) if not isinstance(cell, tuple) else str(cell) for cell in row] for row in found.rows]  # type: ignore[arg-type]


def spaced(text: str) -> str:
    """With ordinary spaces, where the report keeps a line together."""
    return text.replace("\u00a0", " ")


