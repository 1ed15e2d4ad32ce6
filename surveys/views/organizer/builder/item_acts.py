"""What the buttons inside an item's form do without saving it, and what differs when somebody was quicker."""

from surveys.forms.items import ItemForm
from surveys.forms.items.words import LABELS
from surveys.forms.parts import digest_of
from surveys.studyfile.writing import written_yaml


def asked_again(form: ItemForm, act: str, *, has_read: bool = False) -> ItemForm:
    """The form as it was sent, after an act such as `options:add:0`. `has_read`: it now stands beside what somebody else has saved."""
    held = form.held()
    key, _colon, rest = act.partition(":")
    name, _colon, place = rest.partition(":")
    found = ItemForm(item=form.item, around=form.around, held=held, left_out=form.left_out, has_fixed_head=form.has_fixed_head)
    if key in found.keys and place.isdecimal() and len(place) < 6:
        found.initial[key] = found.key_field(key).acted(found.key_field(key).prepare_value(held[key]), name, int(place))
    if has_read:
        found.initial["seen"] = digest_of(form.item)
    found.keep_removed(form)
    return found


def differences(form: ItemForm) -> list[tuple[str, str]]:
    """Label and present value of whatever was typed otherwise."""
    typed = form.definition
    keys = [*form.item, *(key for key in typed if key not in form.item)]
    return [(str(LABELS.get(key, key)), written_value(form.item.get(key))) for key in keys if form.item.get(key) != typed.get(key)]


def written_value(value: object) -> str:
    """As a study file has it, on one line."""
    return "–" if value is None else written_yaml({"now": value}).strip().removeprefix("now:").strip()
