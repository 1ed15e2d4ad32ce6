"""What the pages must know of a kind of item, beside its control `templates/surveys/items/<kind>.html`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from surveys.items import ItemSpec
from surveys.views.expert.feedback import Shown
from surveys.views.expert.wording import Phrase, Wording
from surveys.visibility import figures_for

Figures = Mapping[str, Any]  # what is published of a component in a group: n, n_cannot_judge, histogram …; any may be None or missing


class Shape(Protocol):
    """A picture ready for its template: a frozen dataclass."""

    @property
    def has_protected(self) -> bool: ...


@dataclass(frozen=True)
class Audience:
    """The feedback of one item as members of one panel may see it.

    `groups`: (group type, group), everybody first, then the own panel, then the others as the study shows them.
    `names`: panel code → name. Figures are None where a group is protected.
    """

    shown: Shown
    groups: Sequence[tuple[str, str]]
    names: Mapping[str, Phrase]
    own_panel: str
    wording: Wording

    def everybody(self, component: str = "") -> Figures | None:
        return next((found for kind, _group, found in self.figures(component) if kind == "all"), None)

    def panels(self, component: str = "") -> list[tuple[str, Figures | None]]:
        """(panel code, figures), the own panel first."""
        return [(group, found) for kind, group, found in self.figures(component) if kind == "panel" and group in self.names]

    def figures(self, component: str = "") -> list[tuple[str, str, Figures | None]]:
        return list(figures_for(self.groups, self.shown.component(component)))


class KindPage:
    """Stateless; one instance of each stands in PAGES.

    What belongs to one expert never gets into a picture or a control: templates mark those places with the tags own, checked and
    when (surveys/templatetags/own_state.py). The names they can use: `value` and `value.FIELD`, `before_value` and `before_value.FIELD`
    (the own earlier answer) with the fields that the kind's `raw_of` returns, `own_panel`, and whatever `own_marks` returns. A control's
    fields are called `{{ prefix }}-value.FIELD`, or `{{ prefix }}-value` for the field "".
    """

    picture: ClassVar[str] = ""  # the template of the feedback's picture; "" where there is none
    script: ClassVar[str] = ""  # a static file that adds to the control; the control works without it
    styles: ClassVar[bool] = True  # does it need kinds.css beside the pages' own style sheet?

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        """What the control's template needs beside spec, question, help, unit and prefix."""
        return {}

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        """A stored value, complete or not, as its expert would say it."""
        raise NotImplementedError

    def words_in_full(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        """For the expert's own record, where nothing may be summed up."""
        return self.words(spec, value, wording)

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        """A component's name for readers; "" for that of a one-number kind."""
        return code

    def shape(self, spec: ItemSpec, audience: Audience) -> Shape | None:
        """The picture; None where nothing of it may be shown."""
        return None

    def places(self, spec: ItemSpec, shown: Shown) -> Any:
        """What `own_marks` needs of the picture; cached with it."""
        return None

    def own_marks(self, spec: ItemSpec, value: Any, places: Any) -> dict[str, str]:
        """Where the own earlier answer stands in the picture: names for the places that the picture's template marks.

        `value` is one that counts, and `places` what the method above made. `{"you_none": "yes"}` says that there is nothing to mark.
        """
        return {}


def option_texts(spec: ItemSpec, wording: Wording) -> list[tuple[str, Phrase]]:
    return [(option.code, wording(option.text)) for option in spec.options]


def option_name(spec: ItemSpec, code: str, wording: Wording) -> str:
    """An option as readers know it; its code where the item has no such option."""
    return next((wording(option.text).plain for option in spec.options if option.code == code), code)
