"""What experts' pages show of each kind of item. To add one: a class beside these, a line in PAGES (step 3 in CONTRIBUTING.md)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from surveys.items import ItemSpec
from surveys.views.expert.kinds.allocation import AllocationPage
from surveys.views.expert.kinds.base import Audience, KindPage
from surveys.views.expert.kinds.choice import ChoicePage
from surveys.views.expert.kinds.choices import ChoicesPage
from surveys.views.expert.kinds.grid import GridPage
from surveys.views.expert.kinds.numbers import NumberPage, ProbabilityPage
from surveys.views.expert.kinds.plane import PlanePage
from surveys.views.expert.kinds.quantiles import QuantilesPage
from surveys.views.expert.kinds.ranking import RankingPage
from surveys.views.expert.kinds.rating import RatingPage
from surveys.views.expert.kinds.text import TextPage
from surveys.views.expert.wording import Wording

PAGES: dict[str, KindPage] = {
    "rating": RatingPage(), "probability": ProbabilityPage(), "number": NumberPage(), "choice": ChoicePage(), "choices": ChoicesPage(),
    "ranking": RankingPage(), "allocation": AllocationPage(), "quantiles": QuantilesPage(), "grid": GridPage(), "plane": PlanePage(), "text": TextPage(),
}


def page_of(spec: ItemSpec) -> KindPage:
    return PAGES[spec.kind]


def needed_files(specs: Iterable[ItemSpec]) -> dict[str, Any]:
    """What a page with such items loads: `kind_scripts`, and whether it needs `kind_styles`."""
    pages = [page_of(spec) for spec in specs]
    return {"kind_scripts": sorted({page.script for page in pages if page.script}), "kind_styles": any(page.styles for page in pages)}


def value_in_words(spec: ItemSpec, value: Any, wording: Wording) -> str:
    """An answer as its expert would say it; "" for none."""
    return "" if value is None else page_of(spec).words(spec, value, wording)


def answer_in_words(spec: ItemSpec, value: Any, cannot_judge: bool, wording: Wording) -> str:
    return _("Cannot judge") if cannot_judge else value_in_words(spec, value, wording)


def answer_in_full(spec: ItemSpec, value: Any, cannot_judge: bool, wording: Wording) -> str:
    """As the expert's own record says it: cell by cell, however many there are."""
    if cannot_judge or value is None:
        return answer_in_words(spec, value, cannot_judge, wording)
    return page_of(spec).words_in_full(spec, value, wording)


__all__ = ["PAGES", "Audience", "KindPage", "answer_in_full", "answer_in_words", "needed_files", "page_of", "value_in_words"]
