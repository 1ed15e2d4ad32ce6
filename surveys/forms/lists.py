"""A list of options that several questions share, as a form."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.forms.items.fields import KeyField
from surveys.forms.items.options import OptionsKey
from surveys.forms.items.surroundings import Surroundings
from surveys.forms.items.words import ENTRIES
from surveys.forms.parts import PartForm
from surveys.studyfile.problems import Path


class ListKey(OptionsKey):
    """The options of a list stand in the list itself."""

    has_source = False


class ListForm(PartForm):
    """A list: `{"languages": …, "code": …, "entries": […]}`."""

    places: ClassVar[Mapping[str, Path]] = {"code": ("code",), "entries": ("entries",)}
    code = forms.SlugField(label=_("Name of the list"), max_length=60, help_text=_("For example functions. Letters a to z, digits and hyphens."))

    def key_fields(self, definition: Mapping[str, Any]) -> Mapping[str, KeyField]:
        return {"entries": ListKey(surroundings=Surroundings(definition), entry_words=ENTRIES["options"], label=_("Options"))}
