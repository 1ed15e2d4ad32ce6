"""Whether it hangs on a single ally that the gap between them narrows, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.results.gaps import PerceptionGaps

WITHOUT: dict[str, str | Promise] = {
    "narrows": gettext_lazy("Without %(panel)s: closer to each other."),
    "widens": gettext_lazy("Without %(panel)s: farther apart."),
    "no_clear_change": gettext_lazy("Without %(panel)s: no clear change."),
}


def influence_in_words(gaps: PerceptionGaps, panels: Mapping[str, str]) -> list[str]:
    """A sentence for each ally that the verdict hangs on, or one for all of them; none where nothing of it may be told."""
    if not gaps.influence:
        return []
    changing = [row for row in gaps.influence if row["disagreement_changes"] == "yes"]
    if not changing:
        return [_("Of the panels that can be left out, none decides whether the allies have come closer.")]
    return [str(WITHOUT[row["disagreement_without"]]) % {"panel": panels.get(row["without"], row["without"])} for row in changing]
