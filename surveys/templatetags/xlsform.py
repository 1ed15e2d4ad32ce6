"""What a row of an imported form became, in words."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from surveys.templatetags.organizer import kind_in_words
from surveys.xlsform.report import GRID_COLUMN, GRID_ROW, GRID_TEXT, HELP, SECTION

register = template.Library()
WORDS: dict[str, str | Promise] = {
    SECTION: pgettext_lazy("what a row of a form became", "section"),
    HELP: pgettext_lazy("what a row of a form became", "help text"),
    GRID_ROW: pgettext_lazy("what a row of a form became", "row of a grid"),
    GRID_COLUMN: pgettext_lazy("what a row of a form became", "column of a grid"),
    GRID_TEXT: pgettext_lazy("what a row of a form became", "text of a grid"),
}


@register.filter
def became_in_words(became: str) -> str:
    """A kind of item, or a part of one; “left out” for nothing."""
    if not became:
        return _("left out")
    return str(WORDS[became]) if became in WORDS else kind_in_words(became)
