"""What a dry run is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from surveys.models import Study
from surveys.workflow.simulated import LARGEST_SEED, MOST_EXPERTS, MOST_ROUNDS, Plan

EXPERTS, ROUNDS = 12, 3


class DryRunForm(forms.Form):
    """Experts per panel, rounds, and a seed: the same seed gives the same answers."""

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = min(study.maximum_rounds or MOST_ROUNDS, MOST_ROUNDS)
        self.fields["experts"] = forms.IntegerField(
            label=_("Experts in each panel"), min_value=1, max_value=MOST_EXPERTS, initial=EXPERTS,
            help_text=_("From 1 to %(most)s. Take as many as you mean to invite: then you see what is protected.") % {"most": MOST_EXPERTS})
        self.fields["rounds"] = forms.IntegerField(
            label=_("Rounds"), min_value=1, max_value=most, initial=min(ROUNDS, most), help_text=_("From 1 to %(most)s.") % {"most": most})
        self.fields["seed"] = forms.IntegerField(
            label=_("Seed"), min_value=0, max_value=LARGEST_SEED, initial=1,
            help_text=_("Any whole number. The same number gives the same answers, another one other answers."))
        for field in self.fields.values():
            field.widget.attrs["inputmode"] = "numeric"

    @property
    def plan(self) -> Plan:
        return Plan(self.cleaned_data["experts"], self.cleaned_data["rounds"], self.cleaned_data["seed"])
