"""GET /api/studies/<slug>/items/: what the rounds asked, wording by wording, in every language. The code book of the other rows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response as ApiResponse

from surveys.api.base import StudyApiView
from surveys.api.pages import PAGING, address_of_next, mark_of, page_of, start_of
from surveys.api.shapes import BY_LANGUAGE, NUMBER, TEXT, WHOLE, YES_OR_NO, Shape, listed, or_none, paged, record
from surveys.enums import RoundState
from surveys.items import ItemSpec, kind_of
from surveys.items.base import Option
from surveys.models import AskedItem, ItemVersion, Study

OPTIONS = listed(record(code=TEXT, text=BY_LANGUAGE))
COMPONENT = record(code={**TEXT, "description": "empty for one-number kinds"}, level=TEXT, categories=listed(TEXT))
LABELS: Shape = {"type": "object", "additionalProperties": listed(TEXT), "description": "language → labels, lowest first"}
NUMBERS = ("minimum", "maximum", "decimals", "total", "at_most")
ITEM: dict[str, Shape] = {
    "item": {**TEXT, "description": "the item's code"},
    "item_version": {**WHOLE, "description": "the version of its wording"},
    "section": TEXT,
    "kind": TEXT,
    "rounds": {**listed(WHOLE), "description": "the rounds that asked this version"},
    "theatre": or_none(TEXT),
    "same_as": {**or_none(TEXT), "description": "the code of the item that asks the same of another theatre"},
    "mirror": {**or_none(TEXT), "description": "the code of the item of which this one is the mirror"},
    "practice": {**YES_OR_NO, "description": "true for an item that is not counted"},
    **{name: or_none(NUMBER) for name in NUMBERS},
    "unit": BY_LANGUAGE,
    "text": BY_LANGUAGE,
    "help": BY_LANGUAGE,
    "options": OPTIONS,
    "rows": OPTIONS,
    "columns": OPTIONS,
    "labels": LABELS,
    "components": listed(COMPONENT),
}
Asked = tuple[ItemVersion, list[int]]


class ItemList(StudyApiView):
    """In the questionnaire's order, each with the rounds that asked it."""

    act: ClassVar[str] = "see_study"
    summary = "The items of a study, wording by wording"
    parameters = PAGING

    def answer_shape(self) -> Shape:
        return paged(record(**ITEM))

    def get(self, request: Request, slug: str) -> ApiResponse:
        asked = self.asked(request)
        study = self.access(request, slug).study
        versions = asked_versions(study)
        mark = mark_of([(version.pk, rounds) for version, rounds in versions])
        page = page_of(versions, lambda some: _rows_of(study, some), start_of(asked, mark), asked["limit"])
        return ApiResponse({"next": address_of_next(request, page, mark), "rows": page.rows})


def asked_versions(study: Study) -> list[Asked]:
    """Every version that a round asked, with the rounds' numbers (1 query)."""
    askings = AskedItem.objects.filter(round__study=study).exclude(round__state=RoundState.DRAFT).select_related("round", "item_version__item__section")
    found: dict[int, Asked] = {}
    for entry in askings.order_by("item_version__item__section__position", "item_version__item__position", "item_version__number", "round__number"):
        found.setdefault(entry.item_version_id, (entry.item_version, []))[1].append(entry.round.number)
    return list(found.values())


def _rows_of(study: Study, versions: Sequence[Asked]) -> Iterator[list[dict[str, Any]]]:
    for version, rounds in versions:
        yield [row_of(version, version.spec(study.settings), rounds)]


def row_of(version: ItemVersion, spec: ItemSpec, rounds: list[int]) -> dict[str, Any]:
    return {
        "item": spec.code, "item_version": version.number, "section": version.item.section.code, "kind": spec.kind, "rounds": rounds,
        "theatre": spec.theatre or None, "same_as": spec.same_as or None, "mirror": spec.mirror or None, "practice": spec.practice,
        **{name: getattr(spec, name) for name in NUMBERS},
        "unit": dict(spec.unit), "text": dict(spec.text), "help": dict(spec.help),
        "options": _options(spec.options), "rows": _options(spec.rows), "columns": _options(spec.columns),
        "labels": {language: list(labels) for language, labels in (spec.scale.labels if spec.scale else {}).items()},
        "components": [{"code": part.code, "level": part.level, "categories": list(part.categories)} for part in kind_of(spec).components(spec)],
    }


def _options(options: Iterable[Option]) -> list[dict[str, Any]]:
    return [{"code": option.code, "text": dict(option.text)} for option in options]
