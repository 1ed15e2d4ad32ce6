"""Conditions for the script that shows and hides items while an expert answers; the server's own word is surveys/items/conditions.py.

The script must know when an unsaved answer would count, so the rules of the source's kind go with the condition.
"""

import json
from typing import Any

from surveys.items import ItemSpec, kind_of
from surveys.items.number import MOST_DECIMALS
from surveys.items.probability import DEFAULT_DECIMALS
from surveys.items.quantiles import CONFIDENCE, LOWEST_CONFIDENCE, is_interval, number_codes
from surveys.workflow.responses import Question

DECIMALS = {"probability": DEFAULT_DECIMALS, "number": MOST_DECIMALS, "quantiles": MOST_DECIMALS, "allocation": 0}


def condition_as_json(question: Question, source: Question) -> str:
    """`item`, `component`, `one_of`, `at_least` and `at_most` say what is waited for; `rules` when the source's answer counts at all."""
    condition = question.spec.shown_if
    if condition is None:
        return ""
    found = {"item": source.asked_item_id, "component": condition.component, "one_of": list(condition.one_of),
             "at_least": condition.at_least, "at_most": condition.at_most, "rules": counting_rules(source.spec)}
    return json.dumps({key: value for key, value in found.items() if value not in (None, [])})


def counting_rules(spec: ItemSpec) -> dict[str, Any]:
    """When an answer to an item of this kind counts, in terms that its form's fields can be held against.

    The script finds a component in the field of its name. A kind with other fields, or whose answers can be refused for a reason that is
    not among these, needs the like in static/js/expert-conditions.js.

    `limits`: component → lowest, highest; `decimals`; `all`: components that must be given; `rising`: those in rising order, equal ones
    allowed or not; `distinct`; `total`: what the numbers add up to; `most`: how many may be ticked.
    """
    components = kind_of(spec).components(spec)
    limits = {component.code: [component.minimum, component.maximum] for component in components if component.minimum is not None
              or component.maximum is not None}
    found: dict[str, Any] = {"limits": limits} if limits else {}
    if spec.kind in DECIMALS:
        found["decimals"] = DECIMALS[spec.kind] if spec.decimals is None else spec.decimals
    if spec.kind in ("ranking", "quantiles", "plane"):
        found["all"] = [component.code for component in components]
    if spec.kind == "ranking":
        found.update(distinct=True, decimals=0)
    if spec.kind == "quantiles":
        found["rising"] = {"codes": list(number_codes(spec)), "equal": is_interval(spec)}
        if is_interval(spec):
            found["limits"] = {**limits, CONFIDENCE: [LOWEST_CONFIDENCE, 100]}
    if spec.kind == "allocation":
        found["total"] = spec.total
    if spec.kind == "choices" and spec.at_most is not None:
        found["most"] = spec.at_most
    return found
