"""An open question: nothing is counted, so nothing is drawn."""

from typing import Any

from surveys.items import ItemSpec
from surveys.views.expert.kinds.base import KindPage
from surveys.views.expert.wording import Wording


class TextPage(KindPage):
    styles = False

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return str(value)

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        return ""
