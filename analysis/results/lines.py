"""A published row as a page shows it: figures with the same decimals down a column, verdicts in words, the strip."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analysis.exports.columns import RowContext
from analysis.results.pictures import WITHOUT_ORDER, modal_in_words
from analysis.verdicts import in_words
from surveys.items import ItemSpec, kind_of, resolve_item
from surveys.models import Study
from surveys.templatetags.organizer import marked
from surveys.views.expert.kinds import page_of
from surveys.views.expert.wording import Wording

DASH = "–"
OF_FILES = 6  # decimals that files print
DECIMALS = {"median": 1, "q1": 1, "q3": 1, "iqr": 1, "mean": 2, "sd": 2, "percent_changed": 0, "scheibe": 0, "modal_share": 2, "rule_value": 2}


@dataclass(frozen=True)
class Line:
    """One row. `shown` has the figures as text; hidden and undefined ones are a dash."""

    code: str
    text: str
    component: str
    name: str  # of the component, in words; "" where the item is one number
    level: str
    group_type: str
    group: str
    suppressed: bool
    coarse: bool
    shown: Mapping[str, str]
    figures: Mapping[str, Any]
    consensus: str
    stability: str
    outcome: str
    modal_in_words: str
    spec: ItemSpec

    @property
    def has_order(self) -> bool:
        return self.level not in WITHOUT_ORDER

    @property
    def is_whole(self) -> bool:
        """Does the row judge a ranking as a whole? Such a row has no figures of a single number."""
        return self.spec.kind == "ranking" and not self.component


def line_of(study: Study, row: RowContext, names: Mapping[tuple[str, str], Any] | None = None) -> Line:
    figures = row.result.figures
    language = get_language() or study.source_language
    definition = row.result.asked_item.item_version.definition
    spec = resolve_item(definition, study.settings)
    return Line(
        code=row.item.code, text=marked(study, definition["text"]), component=row.result.component, level=row.result.level,
        group_type=row.result.group_type, group=group_in_words(study, row, names or {}), suppressed=row.result.suppressed,
        coarse=figures.get("paired_coarse") == "yes", shown={name: shown_figure(name, figures.get(name)) for name in SHOWN}, figures=figures,
        consensus=in_words(figures.get("consensus")), stability=in_words(figures.get("stability")), outcome=in_words(figures.get("outcome")),
        modal_in_words=modal_in_words(study, spec, row.result.component, figures.get("modal"), language) or DASH, spec=spec,
        name=component_in_words(study, spec, row.result.component, language),
    )


def component_in_words(study: Study, spec: ItemSpec, code: str, language: str) -> str:
    """An option, a cell, an axis, a quantile by its name; "" for an item of one number."""
    if not code:
        return _("The order as a whole") if kind_of(spec).whole_level else ""
    return page_of(spec).component(spec, code, Wording(language, study.source_language, language)) or code


SHOWN = ("n_invited", "n_submitted", "n", "n_cannot_judge", "n_missing", "median", "q1", "q3", "iqr", "mean", "sd", "modal", "modal_share",
         "rule_value", "n_pairs", "percent_changed", "scheibe")


def shown_figure(name: str, value: Any) -> str:
    """A figure as text in the reader’s manner of writing numbers, with a true minus."""
    if value is None or value == "":
        return DASH
    if isinstance(value, str):
        return value.replace("|", ", ")
    return in_decimals(value, DECIMALS.get(name, 0))


def in_decimals(value: float, places: int) -> str:
    """With so many decimals, or more where these would leave nothing, and a true minus."""
    digits = as_told(value, places)
    return str(number_format(digits, max(places, -int(digits.as_tuple().exponent)))).replace("-", "−")


def as_told(value: float, places: int) -> Decimal:
    """Rounded to so many decimals. Of a number that is smaller than the last of them, like a chance of 0.001 %, to its first two digits."""
    exact = rounded(value, OF_FILES)
    if not places or not 0 < abs(exact) < Decimal(1).scaleb(-places):
        return rounded(value, places)
    last = Decimal(1).scaleb(max(exact.adjusted() - 1, -OF_FILES))
    return exact.quantize(last, rounding=ROUND_HALF_EVEN).normalize()


def rounded(value: float, places: int) -> Decimal:
    """Half-even on the number as meant, like the files: the formatting of numbers by itself would cut digits off."""
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN) + 0


def group_in_words(study: Study, row: RowContext, names: Mapping[tuple[str, str], Any]) -> str:
    kind, code = row.result.group_type, row.result.group
    if kind == "all":
        return _("Everybody")
    if kind == "equal_weight":
        return _("Every panel with equal weight")
    return marked(study, names.get((kind, code))) or code
