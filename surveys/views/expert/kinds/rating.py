"""A rating: tiles to choose from, bars on the scale."""

from typing import Any

from django.utils.translation import gettext as _

from surveys.items import ItemSpec, Scale
from surveys.items.rating import points_of
from surveys.strip import Axis, Published, Strip, ordinal_axis, ordinal_strip
from surveys.views.expert.kinds.base import Figures
from surveys.views.expert.kinds.strips import StripPage, published
from surveys.views.expert.wording import Wording, number_in_words


class RatingPage(StripPage):
    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        return scale_context(spec.scale, wording)

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return position_in_words(spec.scale, value, wording)

    def strip(self, spec: ItemSpec, figures: Figures, wording: Wording, **look: Any) -> Strip:
        return scale_strip(spec.scale, published(figures), wording, **look)

    def axis(self, spec: ItemSpec, published: Published) -> Axis:
        return ordinal_axis(points_of(spec))


def scale_context(scale: Scale | None, wording: Wording) -> dict[str, Any]:
    """For a control: `points` as (position, label), whether they are `labelled`, and the `ends` in words."""
    if scale is None:
        return {}
    labels = wording.labels(scale)
    points = [(point, labels[point - 1] if labels else "") for point in range(1, scale.points + 1)]
    return {"points": points, "labelled": bool(labels), "ends": wording.ends(scale)}


def position_in_words(scale: Scale | None, position: int, wording: Wording) -> str:
    labels = wording.labels(scale) if scale else []
    place = _("%(position)s of %(points)s") % {"position": position, "points": scale.points if scale else "?"}
    return f"{labels[position - 1].plain} ({place})" if labels else place


def scale_strip(scale: Scale | None, figures: Published, wording: Wording, **look: Any) -> Strip:
    if scale is None:
        raise ValueError("no scale to draw on")
    words = [word.plain for word in wording.labels(scale) or wording.ends(scale) or ()]
    return ordinal_strip(scale.points, figures, words=words, format_number=number_in_words, **look)
