"""The address of a program that is told of closed and counted rounds."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.workflow.posting import problem_of

PROBLEMS: dict[str, str | Promise] = {
    "not_an_address": _("this is not an address that a program can be told at"),
    "not_https": _("the address does not begin with https://"),
    "private_address": _("the address leads into a private network"),
    "unknown_host": _("there is no host of this name"),
    "not_reached": _("the host was not reached"),
    "no_answer_in_time": _("the host did not answer in time"),
    "bad_certificate": _("the host's certificate is not valid"),
    "refused": _("the answer was no 2xx"),
}


class WebhookForm(forms.Form):
    url = forms.CharField(label=_("Address"), max_length=500, help_text=_("It begins with https:// and belongs to a program that you trust."),
                          widget=forms.URLInput(attrs={"autocomplete": "off"}))

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        problem = problem_of(url)
        if problem:
            raise forms.ValidationError(str(PROBLEMS[problem]))
        return url
