"""Conditions for the script that shows and hides items while an expert answers; the server's own word is surveys/items/conditions.py.

The script must know when an unsaved answer would count, so the rules of the source's kind go with the condition.
"""

import json

from surveys.items import kind_of
from surveys.workflow.responses import Question


def condition_as_json(question: Question, source: Question) -> str:
    """`item`, `component`, `one_of`, `at_least` and `at_most` say what is waited for; `rules` when the source's answer counts at all."""
    condition = question.spec.shown_if
    if condition is None:
        return ""
    found = {"item": source.asked_item_id, "component": condition.component, "one_of": list(condition.one_of),
             "at_least": condition.at_least, "at_most": condition.at_most, "rules": kind_of(source.spec).counting_rules(source.spec)}
    return json.dumps({key: value for key, value in found.items() if value not in (None, [])})
