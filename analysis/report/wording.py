"""Texts, days and numbers as a report writes them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from analysis.report.document import Text, Worded
from analysis.results.lines import in_decimals, rounded
from surveys.models import Study
from surveys.templatetags.organizer import Marked, marked

DASH = "–"


def worded(study: Study, value: Any) -> Text:
    """A text of the study in the report's language, else in its source language, marked as such."""
    return as_text(marked(study, value))


def as_text(found: Marked) -> Text:
    return Worded(str(found), found.language) if found.language else str(found)


def day(study: Study, moment: datetime | None) -> str:
    """In the study's time zone."""
    return date_format(moment.astimezone(study.zone), "DATE_FORMAT") if moment else DASH


def day_of(study: Study, moments: Iterable[datetime | None]) -> date:
    """The newest of several moments, as a day in the study's time zone."""
    return max(moment for moment in moments if moment is not None).astimezone(study.zone).date()


def decimal(value: float | None, places: int = 2) -> str:
    return DASH if value is None else in_decimals(value, places)


def count(value: int | None) -> str:
    return DASH if value is None else str(number_format(value, 0))


def percent(part: float | None, whole: float | None = 1) -> str:
    """A share as per cent, without decimals; the sign never stands alone on a line."""
    if part is None or not whole:
        return DASH
    return (_("%(number)s %%") % {"number": number_format(rounded(100 * part / whole, 0), 0)}).replace(" ", "\u00a0")


def interval(low: float | None, high: float | None, places: int = 2) -> str:
    if low is None or high is None:
        return DASH
    return _("%(low)s to %(high)s") % {"low": decimal(low, places), "high": decimal(high, places)}


def listed(names: Iterable[str]) -> str:
    """Names beside each other, as pages list them."""
    return ", ".join(names)
