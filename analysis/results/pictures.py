"""The distribution strip of a published row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items import Component, ItemSpec, Scale, kind_of
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


NAMED = frozenset({Level.NOMINAL, Level.BINARY})  # levels whose values have names and no order
SCALED = frozenset({Level.ORDINAL, Level.RANK})


def component_of(spec: ItemSpec, code: str) -> Component | None:
    """None for the row that judges a ranking as a whole."""
    return next((found for found in kind_of(spec).components(spec) if found.code == code), None)


def scale_of(spec: ItemSpec, code: str) -> Scale | None:
    """The scale of a component: that of the item, or of the axis."""
    axis = {"x": spec.x, "y": spec.y}.get(code)
    return axis.scale if axis else spec.scale


def labels_of(spec: ItemSpec, code: str, study: Study, language: str) -> Sequence[str]:
    """The words of a component's scale: one for each point, or its two ends, or none. Of ranks the first and the last."""
    if spec.kind == "ranking":
        return _("First"), _("Last")
    scale = scale_of(spec, code)
    for given in (scale.labels, scale.ends) if scale else ():
        if given:
            return given.get(language) or given.get(study.source_language) or ()
    return ()


def value_names(spec: ItemSpec, level: str, study: Study, language: str) -> dict[str, str]:
    """The names of values without an order: options, or whether one is ticked."""
    if level == Level.BINARY:
        return {"1": _("Ticked"), "0": _("Not ticked")}
    return {option.code: study.text(option.text, language) for option in spec.options}


def strip_of(study: Study, spec: ItemSpec, code: str, figures: Mapping[str, Any], language: str, **look: Any) -> Strip | None:
    """The picture of one component; None where there is no histogram to draw."""
    component = component_of(spec, code)
    if component is None or not figures.get("histogram"):
        return None
    published = Published(figures.get("n") or 0, figures["histogram"], figures.get("median"), figures.get("q1"), figures.get("q3"),
                          figures.get("n_cannot_judge") or 0)
    return _drawn(study, spec, component, published, language, **look)


def _drawn(study: Study, spec: ItemSpec, component: Component, published: Published, language: str, **look: Any) -> Strip:
    if component.level in NAMED:
        names = value_names(spec, component.level, study, language)
        return nominal_strip([(code, names.get(code, code)) for code in component.categories], published, role=look.get("role", GROUP))
    if component.level in SCALED:
        words = labels_of(spec, component.code, study, language)
        return ordinal_strip(len(component.categories), published, words=words, own_lane=False, format_number=number_in_words, **look)
    unit = "%" if component.level == Level.PROBABILITY else study.text(spec.unit, language)
    return numeric_strip(component.minimum, component.maximum, published, unit=unit, own_lane=False, format_number=number_in_words, **look)


def panel_pictures(study: Study, spec: ItemSpec, code: str, rows: Sequence[tuple[str, bool, Mapping[str, Any]]], language: str) -> list[PanelPicture]:
    """Panels as small multiples; `rows` are (name, suppressed, figures). Empty for values without an order, which stand in the table."""
    component = component_of(spec, code)
    if component is None or component.level in NAMED:
        return []
    peak = largest_share([figures.get("histogram") for _name, suppressed, figures in rows if not suppressed])
    return [
        PanelPicture(name, None if suppressed else strip_of(study, spec, code, figures, language, role=PANEL, compact=True, peak=peak))
        for name, suppressed, figures in rows
    ]


def modal_in_words(study: Study, spec: ItemSpec, code: str, modal: str | None, language: str) -> str:
    """The commonest answers by their labels or options; "" for none."""
    component = component_of(spec, code)
    if not modal or component is None:
        return ""
    texts = value_names(spec, component.level, study, language) if component.level in NAMED else {}
    words = labels_of(spec, code, study, language)
    if component.level == Level.ORDINAL and len(words) == len(component.categories):
        texts = {str(place): f"{place} ({word})" for place, word in enumerate(words, start=1)}
    return ", ".join(texts.get(value, value) for value in modal.split("|"))
