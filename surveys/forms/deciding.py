"""The form on which an organizer decides what becomes of an item."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from surveys.enums import Ground
from surveys.workflow.walk import Step


class ItemDecisionForm(forms.Form):
    """What becomes of an item, and why. `seen` names what was read; the reason begins as the proposal's own."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, acts: Sequence[str], step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.ground = str(Ground(step.proposal.ground).label)
        holds = step.decision if step.decision is not None and not step.is_overtaken and step.decision.act in acts else None
        self.initial["act"] = holds.act if holds else step.proposal.act
        self.initial["reason"] = holds.reason if holds and holds.reason else self.ground
        self.fields["act"] = forms.ChoiceField(choices=[(act, act) for act in acts], label=_("What becomes of it"),
                                               error_messages={"required": _("Choose what becomes of the question.")})
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("It becomes part of the round's record. Change it where you decide something else than proposed."))

    @property
    def own_reason(self) -> str | None:
        """The reason as typed; None where it is still the proposal's, and the proposal is followed."""
        typed = " ".join(self.cleaned_data["reason"].split())
        if typed != self.ground:
            return typed
        return None if self.cleaned_data["act"] == self.step.proposal.act else ""
