"""What the keys of an item are called on its form, and what to know about them. A key that is not here goes by its own name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise
LABELS: dict[str, Words] = {
    "text": _("Question"),
    "help": _("Help below the question"),
    "scale": _("Scale"),
    "options": _("Options"),
    "at_most": _("How many may be ticked"),
    "total": _("Points to share out"),
    "rows": _("Rows"),
    "columns": _("Columns"),
    "about": _("What the grid is about"),
    "mirror": _("Asks the other side of"),
    "dimension": _("What it measures"),
    "x": _("From left to right"),
    "y": _("From bottom to top"),
    "quantiles": _("Probabilities"),
    "interval": _("Interval with a best guess"),
    "unit": _("Unit"),
    "minimum": _("Lowest number"),
    "maximum": _("Highest number"),
    "decimals": _("Decimals"),
    "truth": _("The known answer"),
    "rationale": _("Reason"),
    "confidence": _("Ask how sure the expert is"),
    "expertise": _("Ask how expert the expert is"),
    "cannot_judge": _("Offer “cannot judge”"),
    "practice": _("For practice only"),
    "theatre": _("Theatre"),
    "same_as": _("Asks the same as"),
    "shown_if": _("Who is asked"),
    "order": _("Place in the section"),
    "version": _("Version"),
    "equivalent_to": _("Compares with version"),
    "consensus": _("Rule of consensus"),
    "stability": _("Rule of stability"),
}
HELP: dict[str, Words] = {
    "text": _("One idea, with time and place. Neutral, and without double negatives."),
    "help": _("What else the expert should know: definitions, sources, what not to consider."),
    "at_most": _("Leave it empty to allow all of them."),
    "quantiles": _("For example 0.05, 0.5, 0.95: the expert says below which number the truth lies with each of these probabilities."),
    "interval": _("Instead of probabilities: a lowest, a best and a highest value, and how sure the expert is."),
    "total": _("For example 100. The expert shares them out among the options."),
    "unit": _("For example: days, per cent of GDP."),
    "decimals": _("0 for whole numbers, at most 6."),
    "truth": _("For a question whose answer you know: how well experts are calibrated is computed from it. Experts never see it."),
    "rationale": _("When experts are asked why."),
    "confidence": _("From 0 to 100."),
    "expertise": _("From 1 to 5, about this question."),
    "practice": _("Shown to try the page; never analysed."),
    "theatre": _("The region that the question is about. Results compare theatres."),
    "same_as": _("The question that asks the same of another theatre; results put the two side by side."),
    "mirror": _("The grid that is asked here from the other side. It has the same rows, columns and scale."),
    "dimension": _("Results draw maps of the allies: abandonment against entrapment, exposure against threat, of questions about the same theatre."),
    "order": _("A random place is drawn for each expert, so that no question profits from standing first."),
    "version": _("Raised when the wording changes. Leave it empty for the first."),
    "equivalent_to": _("The earlier version whose answers compare with this one’s."),
}
# (key, word) → what the word means
MEANINGS: dict[tuple[str, str], Words] = {
    ("rationale", "none"): pgettext_lazy("when a reason is asked", "never asked"),
    ("rationale", "optional"): pgettext_lazy("when a reason is asked", "asked, may stay empty"),
    ("rationale", "outside_middle"): pgettext_lazy("when a reason is asked", "asked of those outside the middle half of the group"),
    ("rationale", "required"): pgettext_lazy("when a reason is asked", "always required"),
    ("order", "fixed"): pgettext_lazy("place in the section", "fixed"),
    ("order", "random"): pgettext_lazy("place in the section", "drawn at random for each expert"),
    ("about", "role_expectation"): _("Who should take which role (rows: the panels)"),
    ("dimension", "abandonment"): _("Fear of abandonment: the guarantor does not come"),
    ("dimension", "entrapment"): _("Fear of entrapment: being drawn into another’s war"),
    ("dimension", "exposure"): _("Exposure: how far ties to the challenger limit the country"),
    ("dimension", "threat"): _("Threat: how grave or how likely the danger is"),
    ("interval", "idea"): _("Lower, best and upper value, and how sure (IDEA)"),
}
ENTRIES: dict[str, dict[str, Words]] = {
    "options": {"one": _("Option %(number)s"), "add": _("Add an option")},
    "rows": {"one": _("Row %(number)s"), "add": _("Add a row")},
    "columns": {"one": _("Column %(number)s"), "add": _("Add a column")},
}
UNKNOWN_ENTRIES: dict[str, Words] = {"one": _("Entry %(number)s"), "add": _("Add an entry")}
