"""The kinds of items. To add one, follow the recipe in CONTRIBUTING.md: a line in KINDS is the first of its steps."""

from surveys.items.allocation import Allocation
from surveys.items.base import CANNOT_JUDGE, Component, Condition, ItemKind, ItemSpec, Option, Problem, Scale
from surveys.items.choice import Choice
from surveys.items.choices import Choices
from surveys.items.conditions import hidden_items, is_met
from surveys.items.grid import Grid
from surveys.items.number import NumberItem
from surveys.items.plane import Plane
from surveys.items.probability import Probability
from surveys.items.quantiles import Quantiles
from surveys.items.ranking import Ranking
from surveys.items.rating import Rating
from surveys.items.resolve import by_language, resolve_item
from surveys.items.text import TextItem, clean_text

KINDS: dict[str, ItemKind] = {kind.name: kind for kind in (
    Rating(), Probability(), NumberItem(), Choice(), Choices(), Ranking(), Allocation(), Quantiles(), Grid(), Plane(), TextItem(),
)}

COMMON_KEYS = frozenset({
    "code", "kind", "text", "help", "rationale", "confidence", "expertise", "cannot_judge", "consensus", "stability",
    "theatre", "same_as", "shown_if", "order", "practice", "version", "equivalent_to",
})


def kind_of(spec: ItemSpec) -> ItemKind:
    """The kind of an accepted item."""
    return KINDS[spec.kind]


__all__ = [
    "CANNOT_JUDGE", "COMMON_KEYS", "KINDS", "Component", "Condition", "ItemKind", "ItemSpec", "Option", "Problem", "Scale",
    "by_language", "clean_text", "hidden_items", "is_met", "kind_of", "resolve_item",
]
