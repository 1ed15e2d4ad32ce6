"""Which closing the figures of a round are of, and why not of the latest: the same words on pages and in the report."""

from django.utils.translation import gettext as _

from analysis.publication import Standing


def why_not_the_latest(standing: Standing) -> str:
    """"" where they are of the latest. True of a reopening and of an erasure alike, and without a number: that would tell how many withdrew."""
    return {
        Standing.LATEST: "",
        Standing.NOT_COUNTED: _("The round was to be counted again since; that is not done yet."),
        Standing.WITHHELD: _("The round was to be counted again since. New figures beside these could give someone away; "
                             "they take the place of these once enough people differ."),
    }[standing]
