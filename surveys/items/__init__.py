"""The kinds of items. To add one: a module here, a line in KINDS, a template of its name (recipe in CONTRIBUTING.md)."""

from surveys.items.base import Component, ItemKind, ItemSpec, Option, Problem, Scale
from surveys.items.choice import Choice
from surveys.items.number import NumberItem
from surveys.items.probability import Probability
from surveys.items.rating import Rating
from surveys.items.resolve import by_language, resolve_item
from surveys.items.text import TextItem, clean_text

KINDS: dict[str, ItemKind] = {kind.name: kind for kind in (Rating(), Probability(), NumberItem(), Choice(), TextItem())}

# Named in the study file's format, built in a later step: refused by name as "not there yet".
KINDS_NOT_THERE_YET = frozenset({"quantiles", "choices", "ranking", "allocation", "grid", "plane"})

COMMON_KEYS = frozenset({
    "code", "kind", "text", "help", "rationale", "confidence", "expertise", "cannot_judge", "consensus", "stability",
    "theatre", "same_as", "practice", "version",
})
KEYS_NOT_THERE_YET = frozenset({"shown_if", "order", "equivalent_to", "mirror", "about", "truth"})


def kind_of(spec: ItemSpec) -> ItemKind:
    """The kind of an accepted item."""
    return KINDS[spec.kind]


__all__ = [
    "COMMON_KEYS", "KEYS_NOT_THERE_YET", "KINDS", "KINDS_NOT_THERE_YET", "Component", "ItemKind", "ItemSpec", "Option",
    "Problem", "Scale", "by_language", "clean_text", "kind_of", "resolve_item",
]
