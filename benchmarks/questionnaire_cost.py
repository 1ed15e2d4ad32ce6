"""What an item costs on the questionnaire's page, kind by kind, against a bare Django template of the same form fields.

    .venv/bin/python -m benchmarks.questionnaire_cost [--repeats 40]

Ours is the whole request (session, own answers, progress, frame of the page); the bare page is a template that writes every field for
everybody, without an answer shown back. A page of MANY items less a page of FEW, by the difference in items, gives the cost of one
item; processor time, medians, in one run.
"""

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.stage import servers

FEW, MANY = 4, 24
FUNCTIONS = [{"code": f"f{number}", "text": {"en": f"Function {number}"}} for number in range(6)]
SETTINGS: dict[str, Any] = {
    "title": "Cost", "languages": ["en"], "panels": [{"code": "us", "name": "United States"}, {"code": "jp", "name": "Japan"}],
    "scales": {"five": {"labels": {"en": ["Never", "Seldom", "Sometimes", "Often", "Always"]}}, "nine": {"points": 9, "ends": {"en": ["Low", "High"]}}},
}
KINDS: dict[str, dict[str, Any]] = {
    "rating": {"scale": "five"}, "probability": {}, "number": {"minimum": 0, "maximum": 365}, "choice": {"options": FUNCTIONS},
    "choices": {"options": FUNCTIONS, "at_most": 3}, "ranking": {"options": FUNCTIONS}, "allocation": {"options": FUNCTIONS, "total": 100},
    "quantiles": {"quantiles": [0.05, 0.5, 0.95], "minimum": 0, "maximum": 20}, "grid": {"scale": "five", "rows": "panels", "columns": FUNCTIONS},
    "plane": {"x": {"scale": "nine", "text": "Severity"}, "y": {"scale": "five", "text": "It is likely"}}, "text": {},
}
BARE = """{% for item in items %}<fieldset><legend>{{ item.text }}</legend>{% for name, values in item.fields %}{% if values %}{% for value in values %}
<label><input type="radio" name="{{ item.code }}-{{ name }}" value="{{ value }}"> {{ value }}</label>{% endfor %}{% else %}
<label>{{ name }} <input name="{{ item.code }}-{{ name }}"></label>{% endif %}{% endfor %}
<label><input type="checkbox" name="{{ item.code }}-cannot_judge"> Cannot judge</label></fieldset>{% endfor %}"""


def prepare(kind: str, count: int) -> tuple[Any, str]:
    """A client that is in, and the address of a page with so many items of the kind."""
    from django.test import Client

    from surveys.studyfile import read_study, write_study
    from surveys.workflow.invitations import issue_link
    from surveys.workflow.panels import import_panel
    from surveys.workflow.rounds import open_round
    from surveys.workflow.studies import import_study

    slug = f"cost-{kind}-{count}"
    items = [{"code": f"q{number}", "kind": kind, "text": {"en": f"How about event {number}?"}, **KINDS[kind]} for number in range(count)]
    file = write_study({"study": slug, **SETTINGS, "questionnaire": [{"section": "main", "title": "Main", "items": items}]})
    study, _changed = import_study(read_study(file))
    import_panel(study, "panelist,panel\ne1,us")
    open_round(study, 1)
    client = Client()
    client.post(f"/i/{issue_link(study.panelists.get())}/", {"act": "open"})
    return client, f"/s/{slug}/section/main/"


def bare_page(kind: str, count: int) -> Callable[[], str]:
    """A template of the same form fields: every component's categories as radio buttons, every number as a field."""
    from django.template import Context, Engine

    from surveys.items import kind_of, resolve_item

    template = Engine().from_string(BARE)
    spec = resolve_item({"code": "q", "kind": kind, "text": "?", **KINDS[kind]}, SETTINGS)
    components = kind_of(spec).components(spec)
    fields = [(component.code, component.categories) for component in components] or [("text", ())]
    items = [{"code": f"q{number}", "text": f"How about event {number}?", "fields": fields} for number in range(count)]
    return lambda: template.render(Context({"items": items}))


def processor_time(act: Callable[[], Any], repeats: int) -> float:
    """Median milliseconds of processor time, after a first call that fills the caches."""
    act()
    found = []
    for _repeat in range(repeats):
        start = time.process_time()
        act()
        found.append(1000 * (time.process_time() - start))
    return median(found)


def per_item(few: float, many: float) -> float:
    return (many - few) / (MANY - FEW)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=40)
    repeats = parser.parse_args().repeats
    with servers():
        print(f"{'kind':<12}{'ours, ms an item':>18}{'bare, ms an item':>18}{'ours / bare':>13}{'page of ' + str(MANY) + ', ms':>17}")
        for kind in KINDS:
            ours = {}
            for count in (FEW, MANY):
                client, address = prepare(kind, count)
                assert client.get(address).status_code == 200, f"{kind}: the page does not open"
                ours[count] = processor_time(lambda client=client, address=address: client.get(address), repeats)
            bare = {count: processor_time(bare_page(kind, count), repeats) for count in (FEW, MANY)}
            mine, its = per_item(ours[FEW], ours[MANY]), per_item(bare[FEW], bare[MANY])
            print(f"{kind:<12}{mine:>18.3f}{its:>18.3f}{mine / its:>13.2f}{ours[MANY]:>17.1f}")


if __name__ == "__main__":
    main()
