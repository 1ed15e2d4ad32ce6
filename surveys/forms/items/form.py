"""The form of an item, made of the keys that its kind takes."""

import json
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from surveys.forms.digests import digest_of
from surveys.forms.items.codes import code_from
from surveys.forms.items.fields import KeyField
from surveys.forms.items.keys import field_for
from surveys.forms.items.surroundings import Surroundings
from surveys.items import COMMON_KEYS, KINDS
from surveys.items.resolve import by_language
from surveys.studyfile.editing import free_code, item_codes
from surveys.studyfile.questionnaire import ITEM_KEYS, keys_of
from surveys.studyfile.shapes import CODE

HEAD = ("code", "kind")  # of which no KeyField is made
Item = dict[str, Any]


class ItemForm(forms.Form):
    """`item`: as it is kept, or what a new one begins with. `left_out`: keys that are not to be edited here, and stay as they are.

    Data come from a browser; `held` from a form that was sent in order to be shown again, with one more option for example.
    """

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, item: Mapping[str, Any], around: Surroundings, held: Mapping[str, Any] | None = None,
                 left_out: frozenset[str] = frozenset(), has_fixed_head: bool = False) -> None:
        super().__init__(data)
        self.item, self.around, self.has_fixed_head = item, around, has_fixed_head
        self.kind_name = self._kind(data if data is not None else held)
        self.fields["kind"] = forms.CharField(required=False, max_length=40)
        self.fields["code"] = forms.CharField(required=False, max_length=60, strip=True, label=_("Code"), disabled=has_fixed_head, help_text=_(
            "The name of the question in files and figures. Left empty, it is made from the question."))
        self.keys = [key for key in self._keys_of_kind() if key not in HEAD and key not in left_out]
        self.left_out = left_out
        self.removed_before: list[str] = []
        for key in self.keys:
            self.fields[key] = field_for(key, around, {**item, "kind": self.kind_name})
        self.initial = {"seen": digest_of(item), "kind": self.kind_name, "code": item.get("code", ""), **self._shown(), **(held or {})}

    def _kind(self, given: Mapping[str, Any] | None) -> str:
        chosen = str((given or {}).get("kind", ""))
        return chosen if chosen in KINDS and not self.has_fixed_head else str(self.item.get("kind", ""))

    def _keys_of_kind(self) -> list[str]:
        return keys_of(KINDS[self.kind_name]) if self.kind_name in KINDS else [key for key in ITEM_KEYS if key in COMMON_KEYS]

    def _shown(self) -> dict[str, Any]:
        return {key: self.key_field(key).shown(self.item[key]) if self._is_shown(key) else self.key_field(key).empty for key in self.keys}

    def _is_shown(self, key: str) -> bool:
        return self.item.get(key) is not None and self.key_field(key).can_show(self.item[key])

    def key_field(self, key: str) -> KeyField:
        return cast(KeyField, self.fields[key])

    @property
    def odd(self) -> dict[str, Any]:
        """What the item has and no field here can show: it stays, unless its author removes it."""
        return {key: value for key, value in self.item.items() if key not in HEAD and key not in self.left_out and not self._goes_with_kind(key)
                and not (key in self.keys and self._is_shown(key))}

    def _goes_with_kind(self, key: str) -> bool:
        """A key of the kind that the item had, and not of the one that it gets."""
        return self.kind_name != self.item.get("kind") and key in ITEM_KEYS and key not in self.keys

    @property
    def odd_rows(self) -> list[dict[str, Any]]:
        removed = self._removed()
        return [{"key": key, "value": json.dumps(value, ensure_ascii=False, default=str), "is_removed": key in removed} for key, value in self.odd.items()]

    @property
    def going(self) -> list[str]:
        """Labels of what is lost when the kind changes."""
        lost = [key for key in self.item if key not in HEAD and key not in self.left_out and self._goes_with_kind(key)]
        return [str(field_for(key, self.around, self.item).label) for key in lost]

    def _removed(self) -> list[str]:
        sent: list[str] = self.data.getlist("remove-key") if hasattr(self.data, "getlist") else self.data.get("remove-key", [])
        return [*sent, *self.removed_before]

    def keep_removed(self, sent: "ItemForm") -> None:
        """What was ticked to be removed stays ticked when the form is shown again."""
        self.removed_before = sent._removed()

    def clean_code(self) -> str:
        """What is left empty is made from the question."""
        code: str = self.cleaned_data["code"]
        others = item_codes(self.around.definition) - {self.around.code}
        if self.has_fixed_head:
            return str(self.item.get("code", ""))
        if not code:
            texts = by_language(self.data.get(f"text-{self.around.source}", ""), self.around.source)
            return free_code(others, code_from(texts[self.around.source], self.kind_name or "question"))
        if not CODE.compiled.fullmatch(code):
            raise forms.ValidationError(_("A code has letters a to z, digits, hyphens and underscores only, and begins with a letter or digit."))
        if code in others:
            raise forms.ValidationError(_("Another question has this code. Choose another one."))
        return code

    @property
    def is_overtaken(self) -> bool:
        """Has somebody changed the item since this page was opened?"""
        return bool(self.data.get("seen", "") != digest_of(self.item))

    @property
    def definition(self) -> Item:
        """The item as in a study file. Incomplete where the form is; what the form can't show is kept."""
        kind = {"kind": self.kind_name} if self.kind_name else {}
        found: Item = {"code": self.cleaned_data["code"], **kind}
        for key in self.keys:
            value = self.key_field(key).merged(self.cleaned_data[key], self.item.get(key))
            found |= {} if value is None else {key: value}
        removed = self._removed()
        found |= {key: value for key, value in self.item.items() if key in self.left_out}
        return found | {key: value for key, value in self.odd.items() if key not in found and key not in removed}

    def held(self) -> dict[str, Any]:
        """What was typed, to be shown again without being saved."""
        typed = {key: self.fields[key].widget.value_from_datadict(self.data, self.files, key) for key in self.keys}
        return {**typed, "code": self.data.get("code", ""), "kind": self.kind_name, "seen": self.data.get("seen", "")}
