"""The form of an item: every kind's keys, each as people fill it in."""

from surveys.forms.items.form import ItemForm
from surveys.forms.items.surroundings import Surroundings

__all__ = ["ItemForm", "Surroundings"]
