"""Pairs of panels over all questions, in words: what page and report say of who lies farthest apart."""

from django.utils.translation import gettext as _

from analysis.charts.chart import two_decimals
from analysis.stored_tables import Values


def interval_of_mean(row: Values, name: str) -> str:
    """From .. to, of a mean in a row about all questions; "" where there is no interval."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return "" if low is None or high is None else _("%(low)s to %(high)s") % {"low": two_decimals(low), "high": two_decimals(high)}
