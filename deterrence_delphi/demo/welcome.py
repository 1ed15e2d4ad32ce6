"""What the demo prints when everything runs: where to go, and as whom."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

ALLIES_SHOWN = 3
RULE = "-" * 78


def welcome(address: str, people: Mapping[str, Any], seconds: float) -> str:
    """`people` is what `load_demo --json` wrote: organizer, analyst, and experts with the paths of their links."""
    lines = ["", RULE, f"Deterrence Delphi is running (ready after {seconds:.0f} s):  {address}/", RULE, ""]
    lines += list(sign_ins(people))
    lines += ["  A simulated expert of each of three allies (personal links; open each in a browser window of its own)"]
    lines += [f"    {who:<34} {address}{link}" for who, link in experts_of_three_allies(people.get("experts", ()))]
    return "\n".join([*lines, "", "Stop everything with Ctrl-C. The data stays; --reset starts from nothing.", RULE])


def sign_ins(people: Mapping[str, Any]) -> Iterator[str]:
    for role in ("organizer", "analyst"):
        person = people.get(role) or {}
        yield f"  {role.capitalize()}"
        for name, value in person.items():
            yield f"    {name:<10} {value}"
        yield ""


def experts_of_three_allies(experts: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The first expert of each panel, for the first three panels."""
    first_of_panel = {expert["panel"]: expert for expert in reversed(experts)}
    in_order = {expert["panel"]: first_of_panel[expert["panel"]] for expert in experts}
    return [(f"{expert['name']}, {expert['panel']}", expert["link"]) for expert in islice(in_order.values(), ALLIES_SHOWN)]
