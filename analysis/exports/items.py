"""items.csv: what was asked, in every language, so that the other files can be read with it alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.exports.cells import csv_bytes, number_cell, text_cell
from analysis.exports.described import Described, names_of, number, text
from surveys.items import Condition, ItemSpec, Scale, kind_of
from surveys.items.base import plain
from surveys.models import AskedItem, Study

FIRST = (
    text("item", "the item's code"),
    number("item_version", "the version of its wording"),
    text("section", "the section's code"),
    text("kind", "the item's kind"),
    text("rounds", "the rounds that asked this version, separated by spaces"),
    text("theatre", "the code of the theatre that the item is about; empty for none"),
    text("same_as", "the code of the item that asks the same of another theatre"),
    text("practice", "yes for an item that experts try their hand at, and that is not counted"),
    text("unit", "the unit of its numbers, in the study's first language"),
    number("minimum", "least number that may be given"),
    number("maximum", "greatest number that may be given"),
    number("decimals", "how many decimals may be given"),
    number("equivalent_to", "the earlier version whose answers compare with those to this one"),
    number("total", "the points that an allocation hands out"),
    number("at_most", "how many options may be ticked"),
    text("shown_if", "the condition under which the item is asked; empty: always"),
    text("mirror", "the code of the item in which experts say what they expect of others, of which this one is the mirror"),
    text("dimension", "what it measures of a threat or an alliance: abandonment, entrapment, exposure or threat; empty: none of these"),
    text("components", "the codes of its components, separated by |; empty for one-number kinds"),
)
BY_LANGUAGE = (
    ("text", "the item's text"),
    ("labels", "labels of the scale or the options, each with its position or code"),
    ("components", "what each component is"),
)


def item_columns(languages: Sequence[str]) -> tuple[Described, ...]:
    return FIRST + tuple(text(f"{what}_{language}", f"{meaning} ({language}); empty where it is not translated")
                         for what, meaning in BY_LANGUAGE for language in languages)


def items_csv(study: Study, *, bom: bool = False) -> bytes:
    """One row per item version that a round asked: what it is, the rounds, and by language its text, components and labels."""
    languages = study.languages
    header = names_of(item_columns(languages))
    asked = AskedItem.objects.filter(round__study=study).exclude(round__state="draft").select_related("round", "item_version__item__section")
    rounds: dict[int, list[str]] = {}
    versions = {}
    for entry in asked.order_by("item_version__item__section__position", "item_version__item__position", "item_version__number", "round__number"):
        versions[entry.item_version_id] = entry.item_version
        rounds.setdefault(entry.item_version_id, []).append(str(entry.round.number))
    rows = [_item_row(study, version, rounds[pk], languages) for pk, version in versions.items()]
    return csv_bytes(header, rows, bom=bom)


def _item_row(study: Study, version: Any, rounds: list[str], languages: list[str]) -> list[str]:
    spec: ItemSpec = version.spec(study.settings)
    codes = [component.code for component in kind_of(spec).components(spec) if component.code]
    first: list[Any] = [spec.code, version.number, version.item.section.code, spec.kind, " ".join(rounds), spec.theatre, spec.same_as,
                        "yes" if spec.practice else "no", spec.unit.get(study.source_language, "")]
    numbers = (spec.minimum, spec.maximum, spec.decimals, version.definition.get("equivalent_to"), spec.total, spec.at_most)
    texts = [condition_in_words(spec.shown_if), spec.mirror, spec.dimension, " | ".join(codes)]
    texts += [spec.text.get(language, "") for language in languages]
    texts += [labels_of(spec, language) for language in languages] + [components_of(spec, codes, language) for language in languages]
    return [*map(text_cell, first), *map(number_cell, numbers), *map(text_cell, texts)]


def condition_in_words(condition: Condition | None) -> str:
    """`means.blockade at_least 1`, `intention one_of within, force`; "" for items that wait for nothing."""
    if condition is None:
        return ""
    source = f"{condition.item}.{condition.component}" if condition.component else condition.item
    limits = (("at_least", condition.at_least), ("at_most", condition.at_most))
    tests = [f"{name} {plain(number)}" for name, number in limits if number is not None]
    return " ".join([source, *tests, *([f"one_of {', '.join(condition.one_of)}"] if condition.one_of else [])])


def components_of(spec: ItemSpec, codes: list[str], language: str) -> str:
    """What each component is: `isr = Reconnaissance | asw = Anti-submarine warfare`; "" where the codes say it all."""
    names = {code: component_in_words(spec, code, language) for code in codes}
    return " | ".join(f"{code} = {name}" for code, name in names.items() if name)


def component_in_words(spec: ItemSpec, code: str, language: str) -> str:
    """An option, an axis, or a cell by its row and column."""
    if spec.x is not None and spec.y is not None:
        return {"x": spec.x, "y": spec.y}[code].text.get(language, "")
    if spec.rows:
        row, column = code.split(".")
        named = [_texts(options, language).get(part, "") for options, part in ((spec.rows, row), (spec.columns, column))]
        return " · ".join(named) if all(named) else ""
    return _texts(spec.options, language).get(code, "")


def _texts(options: Any, language: str) -> Mapping[str, str]:
    return {option.code: option.text[language] for option in options if language in option.text}


def labels_of(spec: ItemSpec, language: str) -> str:
    """A scale's or an option list's labels in one cell: `1 = Strongly disagree | 2 = Disagree`; a plane's by axis; "" without any."""
    if spec.options:
        return " | ".join(f"{code} = {text}" for code, text in _texts(spec.options, language).items())
    if spec.x is not None and spec.y is not None:
        labels = {code: scale_labels(axis.scale, language) for code, axis in (("x", spec.x), ("y", spec.y))}
        return " | ".join(f"{code}: {text}" for code, text in labels.items() if text)
    return scale_labels(spec.scale, language)


def scale_labels(scale: Scale | None, language: str) -> str:
    if scale is None:
        return ""
    if language in scale.labels:
        return " | ".join(f"{place} = {label}" for place, label in enumerate(scale.labels[language], start=1))
    low, high = scale.ends.get(language, ("", ""))
    return f"1 = {low} | {scale.points} = {high}" if low or high else ""
