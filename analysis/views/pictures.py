"""The distribution strip of a published row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

from surveys.enums import Level
from surveys.items import Component, ItemSpec, kind_of
from surveys.models import Study
from surveys.strip import GROUP, PANEL, Published, Strip, largest_share, nominal_strip, numeric_strip, ordinal_strip, plain_number


@dataclass(frozen=True)
class PanelPicture:
    """A panel among others on one axis. `strip` None: protected."""

    name: str
    strip: Strip | None
    is_own: bool = False


def number_in_words(number: float) -> str:
    """At most three decimals, written as the reader's language writes numbers."""
    return str(number_format(plain_number(number)))


def labels_of(spec: ItemSpec, study: Study, language: str) -> Sequence[str]:
    """The words of an item's scale: one for each point, or its two ends, or none."""
    if spec.scale is None:
        return ()
    for given in (spec.scale.labels, spec.scale.ends):
        if given:
            return given.get(language) or given.get(study.source_language) or ()
    return ()


def strip_of(study: Study, spec: ItemSpec, code: str, figures: Mapping[str, Any], language: str, **look: Any) -> Strip | None:
    """The picture of one component; None where there is no histogram to draw."""
    component = next((found for found in kind_of(spec).components(spec) if found.code == code), None)
    if component is None or not figures.get("histogram"):
        return None
    published = Published(figures.get("n") or 0, figures["histogram"], figures.get("median"), figures.get("q1"), figures.get("q3"),
                          figures.get("n_cannot_judge") or 0)
    return _drawn(study, spec, component, published, language, **look)


def _drawn(study: Study, spec: ItemSpec, component: Component, published: Published, language: str, **look: Any) -> Strip:
    if component.level == Level.NOMINAL:
        options = [(option.code, study.text(option.text, language)) for option in spec.options]
        return nominal_strip(options, published, role=look.get("role", GROUP))
    if component.level == Level.ORDINAL:
        words = labels_of(spec, study, language)
        return ordinal_strip(len(component.categories), published, words=words, own_lane=False, format_number=number_in_words, **look)
    unit = "%" if component.level == Level.PROBABILITY else study.text(spec.unit, language)
    return numeric_strip(component.minimum, component.maximum, published, unit=unit, own_lane=False, format_number=number_in_words, **look)


def panel_pictures(study: Study, spec: ItemSpec, code: str, rows: Sequence[tuple[str, bool, Mapping[str, Any]]], language: str) -> list[PanelPicture]:
    """Panels as small multiples; `rows` are (name, suppressed, figures). Empty for options, whose bars stand in the table."""
    components = {component.code: component.level for component in kind_of(spec).components(spec)}
    if components.get(code) == Level.NOMINAL:
        return []
    peak = largest_share([figures.get("histogram") for _name, suppressed, figures in rows if not suppressed])
    return [
        PanelPicture(name, None if suppressed else strip_of(study, spec, code, figures, language, role=PANEL, compact=True, peak=peak))
        for name, suppressed, figures in rows
    ]


def modal_in_words(study: Study, spec: ItemSpec, modal: str | None, language: str) -> str:
    """The commonest answers by their labels or options; "" for none."""
    if not modal:
        return ""
    texts = {option.code: study.text(option.text, language) for option in spec.options}
    words = labels_of(spec, study, language)
    if spec.scale is not None and len(words) == spec.scale.points:
        texts = {str(place): f"{place} ({word})" for place, word in enumerate(words, start=1)}
    return ", ".join(texts.get(code, code) for code in modal.split("|"))
