"""What is asked beside an item's form once a study has begun: why, whether answers compare, where a further question belongs."""

from typing import Any

from django import forms

from surveys.forms.organizing import AddItemForm, comparison_field, reason_field


class VersionForm(forms.Form):
    """Nothing for an item that no expert has met yet."""

    def __init__(self, *args: Any, was_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if was_asked:
            self.fields["compares"] = comparison_field()
            self.fields["reason"] = reason_field()


class PlaceForm(AddItemForm):
    """The section of a further question and its reason; the question itself has a form of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["item"]
