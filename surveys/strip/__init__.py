"""The distribution strip, the one picture of the product: published figures in, a drawing's geometry out.

Pure: no models, no requests. `templates/components/_strip.html` draws what is returned here. Horizontal places are
percentages of the width and vertical ones are `em`, so the picture follows the width of the page and the size of the
text, and its words are never squeezed. Nothing here marks the median as right or the own answer as odd.
"""

from surveys.strip.axis import Axis, numeric_axis, ordinal_axis, own_mark, tick_values
from surveys.strip.drawing import largest_share, nominal_strip, numeric_strip, ordinal_strip
from surveys.strip.responses import ResponseBar
from surveys.strip.shapes import GROUP, PANEL, Bar, Heights, Line, Mark, Published, Strip, plain_number

__all__ = [
    "GROUP", "PANEL", "Axis", "Bar", "Heights", "Line", "Mark", "Published", "ResponseBar", "Strip", "largest_share", "nominal_strip",
    "numeric_axis", "numeric_strip", "ordinal_axis", "ordinal_strip", "own_mark", "plain_number", "tick_values",
]
