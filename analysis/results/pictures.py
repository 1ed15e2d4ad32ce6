"""The values of a published row by their names: options, labels, the ends of a scale."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items import Component, ItemSpec, Scale, kind_of
from surveys.models import Study
from surveys.strip import plain_number


def number_in_words(number: float) -> str:
    """At most three decimals, written as the reader's language writes numbers."""
    return str(number_format(plain_number(number)))


WITHOUT_ORDER = frozenset({Level.NOMINAL, Level.BINARY})  # levels whose values have names instead


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


def modal_in_words(study: Study, spec: ItemSpec, code: str, modal: str | None, language: str) -> str:
    """The commonest answers by their labels or options; "" for none."""
    component = component_of(spec, code)
    if not modal or component is None:
        return ""
    texts = value_names(spec, component.level, study, language) if component.level in WITHOUT_ORDER else {}
    words = labels_of(spec, code, study, language)
    if component.level == Level.ORDINAL and len(words) == len(component.categories):
        texts = {str(place): f"{place} ({word})" for place, word in enumerate(words, start=1)}
    return ", ".join(texts.get(value, value) for value in modal.split("|"))
