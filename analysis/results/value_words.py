"""Answers and shares as sentences say them: positions with their labels, numbers with their unit."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analysis.results.lines import as_told, component_in_words, in_decimals, rounded
from analysis.results.pictures import WITHOUT_ORDER, labels_of, number_in_words, value_names
from surveys.items import ItemSpec
from surveys.models import Study
from surveys.templatetags.organizer import marked

PLACES = 2


def in_figures(number: float, places: int = PLACES) -> str:
    """So many decimals at most, more for what is next to nothing, with a true minus; a count as it is."""
    if isinstance(number, int):
        return number_in_words(number).replace("-", "−")
    return str(number_format(as_told(number, places).normalize())).replace("-", "−")


def in_one_decimal(number: float) -> str:
    """The same decimals down a column; counts as they are."""
    return in_figures(number) if isinstance(number, int) else in_decimals(number, 1)


def in_two_decimals(number: float) -> str:
    """The same, for means and differences."""
    return in_figures(number) if isinstance(number, int) else in_decimals(number, 2)


def percent(share: float) -> str:
    """A share from 0 to 1 in whole per cent."""
    return str(number_format(rounded(100 * share, 0), 0))


@dataclass(frozen=True)
class ValueWords:
    """The values of one item, in the reader's language."""

    study: Study
    spec: ItemSpec

    @cached_property
    def language(self) -> str:
        return get_language() or self.study.source_language

    def part(self, code: str) -> str:
        return component_in_words(self.study, self.spec, code, self.language)

    def unit(self, level: str) -> str:
        if level == "probability":
            return "%"
        return str(self.study.text(self.spec.unit, self.language)) if level in ("interval", "share") else ""

    def labels(self, code: str) -> list[str]:
        """The words of each point of the part's scale; [] where there are none, or for its ends alone."""
        found = list(labels_of(self.spec, code, self.study, self.language))
        return found if len(found) > 2 else []

    def ends(self, code: str) -> tuple[str, str] | None:
        found = list(labels_of(self.spec, code, self.study, self.language))
        return (found[0], found[-1]) if found else None

    def value(self, code: str, level: str, value: float) -> str:
        """“4 (Much)”, “33 %”, “12 ships”."""
        labels = self.labels(code) if level == "ordinal" else []
        text = self.number(value)
        if labels and float(value).is_integer() and 1 <= value <= len(labels):
            return f"{text} ({labels[int(value) - 1]})"
        unit = self.unit(level)
        return f"{text}\u00a0{unit}" if unit else text

    def number(self, value: float) -> str:
        """With as many decimals as answers may have, where the question names more than two."""
        return in_figures(value, max(PLACES, self.spec.decimals or 0))

    def category(self, code: str, level: str, category: str) -> str:
        """An option by its name, a position by its number and label."""
        if level in WITHOUT_ORDER:
            return value_names(self.spec, level, self.study, self.language).get(category, category)
        return self.value(code, level, float(category)) if category.isdigit() else category

    def modal(self, code: str, level: str, modal: str) -> str:
        return ", ".join(self.category(code, level, value) for value in modal.split("|"))

    def modal_said(self, code: str, level: str, modal: str) -> str:
        """In a sentence, where an option’s own words need marks about them."""
        if level in WITHOUT_ORDER:
            return ", ".join(_("“%(answer)s”") % {"answer": self.category(code, level, value)} for value in modal.split("|"))
        return self.modal(code, level, modal)

    def scale_note(self, code: str, level: str) -> str:
        """What the ends of a scale mean, under a picture: “1: None · 5: Extreme”."""
        ends = self.ends(code) if level in ("ordinal", "rank") else None
        if ends is None or not ends[0]:
            return ""
        last = len(self.spec.options) if level == "rank" else self.points(code)
        return f"1: {ends[0]} · {last}: {ends[1]}"

    def points(self, code: str) -> int:
        axis = {"x": self.spec.x, "y": self.spec.y}.get(code)
        scale = axis.scale if axis else self.spec.scale
        return scale.points if scale else 1

    def name(self, value: object) -> str:
        return str(marked(self.study, value))
