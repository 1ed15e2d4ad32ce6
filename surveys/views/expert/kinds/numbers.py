"""Numbers and probabilities: a field (and a slider), a dot strip on their axis."""

from typing import Any

from surveys.items import ItemSpec
from surveys.items.number import MOST_DECIMALS
from surveys.items.probability import DEFAULT_DECIMALS
from surveys.strip import Axis, Published, Strip, numeric_axis, numeric_strip
from surveys.views.expert.kinds.base import Figures
from surveys.views.expert.kinds.strips import StripPage, published
from surveys.views.expert.wording import Wording, number_in_words


class NumberPage(StripPage):
    usual_decimals = MOST_DECIMALS

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        return {
            "decimals": self.usual_decimals if spec.decimals is None else spec.decimals,
            "low": "" if spec.minimum is None else number_in_words(spec.minimum),
            "high": "" if spec.maximum is None else number_in_words(spec.maximum),
        }

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return f"{number_in_words(value)} {wording(spec.unit).plain}".strip()

    def unit(self, spec: ItemSpec, wording: Wording) -> str:
        return wording(spec.unit).plain

    def limits(self, spec: ItemSpec) -> tuple[float | None, float | None]:
        return spec.minimum, spec.maximum

    def strip(self, spec: ItemSpec, figures: Figures, wording: Wording, **look: Any) -> Strip:
        return numeric_strip(*self.limits(spec), published(figures), unit=self.unit(spec, wording), format_number=number_in_words, **look)

    def axis(self, spec: ItemSpec, published: Published) -> Axis:
        return numeric_axis(*self.limits(spec), published, None)


class ProbabilityPage(NumberPage):
    usual_decimals = DEFAULT_DECIMALS

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return f"{number_in_words(value)} %"

    def unit(self, spec: ItemSpec, wording: Wording) -> str:
        return "%"

    def limits(self, spec: ItemSpec) -> tuple[float | None, float | None]:
        return 0.0, 100.0
