"""The form for a new access token."""

from django import forms
from django.utils.translation import gettext_lazy as _

LIFETIMES = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))


class TokenForm(forms.Form):
    """What it is for, and how long it lasts: none lasts for ever."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("A name by which you know it again, such as “notebook in the office”."))
    days = forms.TypedChoiceField(label=_("How long it is valid"), choices=LIFETIMES, coerce=int, initial=90)
