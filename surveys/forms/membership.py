"""Who gets which role in a study, as its owner types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from surveys.enums import Role


class MemberForm(forms.Form):
    """A role for somebody who has an account. Accounts are the operators' to give."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The one with which the person signs in here."),
                             widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.OBSERVER)

    user: User

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        found = User.objects.filter(email=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in here with this address. Ask the operator of this site for an account first."))
        self.user = found
        return email


class RemovalForm(forms.Form):
    """Which role is taken from whom."""

    user = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    role = forms.ChoiceField(choices=Role.choices)

    @property
    def wanted(self) -> dict[str, Any]:
        return {"user_id": self.cleaned_data["user"], "role": self.cleaned_data["role"]}
