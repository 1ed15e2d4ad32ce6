"""A choice: one of several options, a bar for each."""

from dataclasses import replace
from typing import Any

from surveys.items import ItemSpec
from surveys.strip import GROUP, Published, Strip, nominal_strip
from surveys.views.expert.kinds.base import Audience, Figures, option_texts
from surveys.views.expert.kinds.strips import StripPage, StripShape, published
from surveys.views.expert.wording import Wording


class ChoicePage(StripPage):
    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        return {"options": option_texts(spec, wording)}

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return next((wording(option.text).plain for option in spec.options if option.code == value), str(value))

    def strip(self, spec: ItemSpec, figures: Figures, wording: Wording, **look: Any) -> Strip:
        options = [(code, text.plain) for code, text in option_texts(spec, wording)]
        return nominal_strip(options, published(figures), own=look.get("own_option"), role=look.get("role", GROUP))

    def axis(self, spec: ItemSpec, published: Published) -> None:
        return None

    def shape(self, spec: ItemSpec, audience: Audience) -> StripShape | None:
        """With the bars once more for each option, that the own one can be marked without drawing for every expert."""
        found, everybody = super().shape(spec, audience), audience.everybody()
        if found is None or not everybody:
            return found
        own = ((option.code, self.strip(spec, everybody, audience.wording, own_option=option.code)) for option in spec.options)
        return replace(found, by_own_option=tuple(own))

    def own_marks(self, spec: ItemSpec, value: Any, places: Any) -> dict[str, str]:
        return {"you_option": value} if value in {option.code for option in spec.options} else {"you_none": "yes"}
