"""What an item of several quantiles, or of an interval with a best guess, says to its experts."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.items import ItemSpec
from surveys.items.quantiles import CONFIDENCE, is_interval, number_codes
from surveys.views.expert.wording import number_in_words

MEDIAN = "0.5"
PLACES = ("lower", "middle", "upper")


def asked_order(spec: ItemSpec) -> tuple[str, ...]:
    """The components as they are asked: IDEA asks both ends before the best guess, so that it does not pull them together."""
    return ("lower", "upper", "best", CONFIDENCE) if is_interval(spec) else number_codes(spec)


def percent_of(code: str) -> str:
    return number_in_words(100 * float(code))


def name_of(spec: ItemSpec, code: str) -> str:
    """What a number is called above its field, in tables and in messages."""
    if is_interval(spec):
        return {"lower": _("Lowest plausible value"), "best": _("Best guess"), "upper": _("Highest plausible value"), CONFIDENCE: _("How sure")}[code]
    if has_three_places(spec):
        return {"lower": _("Lower value"), "middle": _("Middle value"), "upper": _("Upper value")}[PLACES[number_codes(spec).index(code)]]
    return _("%(percent)s %% value") % {"percent": percent_of(code)}


def has_three_places(spec: ItemSpec) -> bool:
    """Are they a lower, a middle and an upper value? Other lists are called by their probabilities."""
    codes = number_codes(spec)
    return len(codes) == len(PLACES) and codes[1] == MEDIAN


def question_of(spec: ItemSpec, code: str) -> str:
    """What a field asks for."""
    if is_interval(spec):
        return {
            "lower": _("Realistically, what is the lowest that the true value could be?"),
            "upper": _("Realistically, what is the highest that the true value could be?"),
            "best": _("What is your best guess of the true value?"),
            CONFIDENCE: _("How sure are you that the true value lies between your lowest and your highest value?"),
        }[code]
    if code == MEDIAN:
        return _("The true value is just as likely above as below …")
    if float(code) < float(MEDIAN):
        return _("There is a %(percent)s %% chance that the true value is below …") % {"percent": percent_of(code)}
    return _("There is a %(percent)s %% chance that the true value is above …") % {"percent": number_in_words(100 - 100 * float(code))}


def order_texts(spec: ItemSpec) -> dict[str, dict[str, str]]:
    """What to say of two numbers in the wrong order (`above`) or, where they must differ, alike (`same`), under "first|second"."""
    pairs = list(combinations(number_codes(spec), 2))
    same = {} if is_interval(spec) else {f"{low}|{high}": same_text(spec, low, high) for low, high in pairs}
    return {"above": {f"{low}|{high}": above_text(spec, low, high) for low, high in pairs}, "same": same}


def above_text(spec: ItemSpec, low: str, high: str) -> str:
    if is_interval(spec):
        return {
            ("lower", "best"): _("The lowest plausible value stands above your best guess."),
            ("best", "upper"): _("Your best guess stands above the highest plausible value."),
            ("lower", "upper"): _("The lowest plausible value stands above the highest one."),
        }[low, high]
    if has_three_places(spec):
        return {
            ("lower", "middle"): _("The lower value stands above the middle one."),
            ("middle", "upper"): _("The middle value stands above the upper one."),
            ("lower", "upper"): _("The lower value stands above the upper one."),
        }[_places(spec, low, high)]
    return _("The %(low)s %% value stands above the %(high)s %% value.") % {"low": percent_of(low), "high": percent_of(high)}


def same_text(spec: ItemSpec, low: str, high: str) -> str:
    if has_three_places(spec):
        return {
            ("lower", "middle"): _("The lower value and the middle one are the same."),
            ("middle", "upper"): _("The middle value and the upper one are the same."),
            ("lower", "upper"): _("The lower value and the upper one are the same."),
        }[_places(spec, low, high)]
    return _("The %(low)s %% value and the %(high)s %% value are the same.") % {"low": percent_of(low), "high": percent_of(high)}


def _places(spec: ItemSpec, low: str, high: str) -> tuple[str, str]:
    codes = number_codes(spec)
    return PLACES[codes.index(low)], PLACES[codes.index(high)]


def sentence(spec: ItemSpec, texts: Mapping[str, str], unit: str) -> str:
    """What the numbers imply. `texts`: code → number as text, all of them."""
    values = _values(spec, texts, unit)
    if is_interval(spec):
        said = _("You are %(sure)s %% sure that it lies between %(low)s and %(high)s; your best guess is %(middle)s.") % values
        return said + " " + _("Of 100 intervals given like this, you would expect %(sure)s to hold the true value.") % values
    if values["middle"]:
        return _("You are %(sure)s %% sure that it lies between %(low)s and %(high)s. You find it just as likely above %(middle)s as below.") % values
    return _("You are %(sure)s %% sure that it lies between %(low)s and %(high)s.") % values


def short_saying(spec: ItemSpec, texts: Mapping[str, str], unit: str) -> str:
    """All numbers in a few words, as after "You said"."""
    values = _values(spec, texts, unit)
    if is_interval(spec):
        return _("%(low)s to %(high)s (%(sure)s %% sure), best guess %(middle)s") % values
    if has_three_places(spec):
        return _("%(low)s to %(high)s (%(sure)s %% sure), middle value %(middle)s") % values
    return listed(spec, texts, unit)


def shortest(spec: ItemSpec, texts: Mapping[str, str]) -> str:
    """Beside a drawn interval: its ends, its middle, how sure; "" unless both ends are known."""
    codes, middle = number_codes(spec), "best" if is_interval(spec) else MEDIAN
    if codes[0] not in texts or codes[-1] not in texts:
        return ""
    values = {"low": texts[codes[0]], "high": texts[codes[-1]], "middle": texts.get(middle, ""), "sure": texts.get(CONFIDENCE, "")}
    if is_interval(spec) and values["middle"] and values["sure"]:
        return _("%(low)s–%(high)s, best guess %(middle)s, %(sure)s %% sure") % values
    if values["middle"] and middle in codes[1:-1]:
        return _("%(low)s–%(high)s, middle %(middle)s") % values
    return _("%(low)s–%(high)s") % values


def how_to_read(spec: ItemSpec) -> str:
    """What the line and the marks of a drawn interval stand for."""
    if is_interval(spec):
        return _("Each line runs from the lowest to the highest plausible value; the mark on it is the best guess.")
    if has_three_places(spec):
        return _("Each line runs from the lower to the upper value; the mark on it is the middle value.")
    if MEDIAN in number_codes(spec)[1:-1]:
        return _("Each line runs from the first to the last value; the bold mark on it is the 50 % value.")
    return _("Each line runs from the first to the last value.")


def group_sentence(spec: ItemSpec, n: int, texts: Mapping[str, str], unit: str) -> str:
    """What the middle of everybody's answers is; `texts`: code → median, for those that may be shown."""
    if set(texts) != set(asked_order(spec)) or not (is_interval(spec) or has_three_places(spec)):
        said = ngettext("%(n)s expert answered. The middle of the answers: %(values)s.",
                        "%(n)s experts answered. The middle of the answers: %(values)s.", n)
        return said % {"n": n, "values": listed(spec, texts, unit)}
    values = {**_values(spec, texts, unit), "n": n}
    if is_interval(spec):
        return ngettext(
            "%(n)s expert answered. The lowest plausible value is %(low)s, the highest %(high)s, the best guess %(middle)s; %(sure)s %% sure.",
            "%(n)s experts answered. In the middle of their answers, the lowest plausible value is %(low)s, the highest %(high)s, "
            "the best guess %(middle)s; %(sure)s %% sure.", n) % values
    return ngettext(
        "%(n)s expert answered. The lower value is %(low)s, the middle value %(middle)s, the upper value %(high)s.",
        "%(n)s experts answered. In the middle of their answers, the lower value is %(low)s, the middle value %(middle)s, "
        "the upper value %(high)s.", n) % values


def listed(spec: ItemSpec, texts: Mapping[str, str], unit: str) -> str:
    """The numbers that there are, each with its name; the unit once, after the last of them."""
    given = [code for code in asked_order(spec) if code in texts]
    last = next((code for code in reversed(given) if code != CONFIDENCE), "")
    return "; ".join(named(name_of(spec, code), with_unit(code, texts[code], unit if code == last else "")) for code in given)


def named(name: str, value: str) -> str:
    return _("%(name)s: %(value)s") % {"name": name, "value": value}


def with_unit(code: str, text: str, unit: str) -> str:
    return f"{text} %" if code == CONFIDENCE else f"{text} {unit}".strip()


def _values(spec: ItemSpec, texts: Mapping[str, str], unit: str) -> dict[str, str]:
    codes = number_codes(spec)
    if is_interval(spec):
        sure, middle = texts[CONFIDENCE], "best"
    else:
        sure, middle = number_in_words(round(100 * (float(codes[-1]) - float(codes[0])), 10)), MEDIAN
    has_middle = middle in codes[1:-1]
    return {"low": texts[codes[0]], "high": with_unit("", texts[codes[-1]], unit), "middle": texts[middle] if has_middle else "", "sure": sure}


def texts_of(value: Mapping[str, Any]) -> dict[str, str]:
    return {code: number_in_words(number) for code, number in value.items()}
