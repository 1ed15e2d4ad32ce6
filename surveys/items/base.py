"""The item-kind seam: what every kind of item says of itself, and the resolved item that it works on.

To add a kind, follow the recipe in CONTRIBUTING.md.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LIMITS = ("at_least", "at_most")  # tests of a number, as keys of `shown_if`
ONE_NUMBER = (*LIMITS, "is", "one_of")
DIMENSIONS = ("abandonment", "entrapment", "exposure", "threat")  # what an answer of one number measures, where results draw a map of it
Text = str | Mapping[str, str]
Number = int | float


@dataclass(frozen=True)
class Scale:
    """An ordered scale, lowest first. `labels` by language when every point has one, else `ends` = (lowest, highest)."""

    points: int
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ends: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    code: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class Axis:
    """One of the two scales of a plane."""

    scale: Scale
    text: Mapping[str, str]
    consensus: tuple[Mapping[str, Any], ...] = ()  # the scale's own rules
    stability: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Condition:
    """An item is shown to those whose answer to an earlier one passes: a number within limits, or one of some options.

    `item` and `component` name the number; `one_of` holds values as in files, for components with categories.
    """

    item: str
    component: str = ""
    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemSpec:
    """One version of an item, its scale and options looked up, texts as mappings language → text."""

    code: str
    kind: str
    text: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    unit: Mapping[str, str] = field(default_factory=dict)
    scale: Scale | None = None
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    decimals: int | None = None
    at_most: int | None = None
    total: float | None = None
    quantiles: tuple[float, ...] = ()
    interval: str = ""
    rows: tuple[Option, ...] = ()
    columns: tuple[Option, ...] = ()
    rows_are_panels: bool = False
    x: Axis | None = None
    y: Axis | None = None
    about: str = ""
    mirror: str = ""
    dimension: str = ""
    truth: float | None = None
    rationale: str = "none"
    confidence: bool = False
    expertise: bool = False
    cannot_judge: bool = True
    practice: bool = False
    order: str = "fixed"
    shown_if: Condition | None = None
    theatre: str = ""
    same_as: str = ""
    consensus: tuple[Mapping[str, Any], ...] = ()  # the item's own rule, then its scale's; each a rule or a mapping by level
    stability: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Component:
    """One plain number (or option) in an answer.

    `categories` are the values in files for ordinal (positions "1".."k") and nominal (option codes) components, in order;
    `minimum` and `maximum` bound the others where the item does. `consensus` and `stability` are the rules of the component's
    own scale, where that is not the item's.
    """

    code: str
    level: str
    categories: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    consensus: tuple[Mapping[str, Any], ...] = ()
    stability: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Problem:
    """A mistake in a study file: where (path relative to the item), what, and what to do."""

    path: str
    text: str


class ItemKind:
    """One kind of item. Subclasses are stateless; one instance of each stands in the registry.

    An answer is given as `raw`, field → text, by a form, a JSON body or a CSV file. A file's fields are the components, and so are a form's
    where that can be; a form may have others beside them (the empty one, or one with a dot where no component has it). `clean` takes all.
    The stored `value` is a plain JSON value; `to_components` and `from_components` translate.
    """

    name: ClassVar[str]
    keys: ClassVar[frozenset[str]] = frozenset()  # keys of the study file that this kind takes besides the common ones
    required: ClassVar[frozenset[str]] = frozenset()
    shown_together: ClassVar[bool] = False  # its components add up to a constant: a group's rows are shown or hidden together
    is_stored_by_component: ClassVar[bool] = True  # `to_components` leaves a stored value that holds numbers alone as it is: many are read at once
    judged_by_component: ClassVar[bool] = False  # “cannot judge” can be said of a single component too
    whole_level: ClassVar[str] = ""  # the level of a row that judges the answer as a whole, before its components
    decides_by: ClassVar[tuple[str, ...]] = ()  # which tests of `shown_if` fit its answers; LIMITS alone: of several numbers, one has to be named
    usual_decimals: ClassVar[int | None] = None  # taken where the item says nothing; None where answers are no numbers with decimals
    needs_all: ClassVar[bool] = False  # an answer counts only with every component

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        """Mistakes in this kind's own keys. Scales, options (there are two or more) and texts are checked before.

        `item` is as written: options may be the name of a list, whose length surveys/studyfile/lists.py judges.
        """
        return iter(())

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        """What files and analysis know of an answer, in order: a row of figures for each. Whether rows tell each other: `shown_together`."""
        raise NotImplementedError

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """The value to store, or None when nothing was answered. Raises ValueError with a text for the expert."""
        raise NotImplementedError

    def left_open(self, spec: ItemSpec, value: Any) -> str:
        """What a stored value still lacks, in words for the expert; "" for nothing."""
        return ""

    def counts(self, spec: ItemSpec, value: Any) -> bool:
        """Does a stored value count? One that does not is kept for the expert, and counts as missing."""
        return not self.left_open(spec, value)

    def to_components(self, spec: ItemSpec, value: Any) -> dict[str, Number | str]:
        """Component code → value in files, of a value that counts."""
        return dict(value) if isinstance(value, dict) else {"": value}

    def not_judged(self, spec: ItemSpec, value: Any) -> frozenset[str]:
        """Components of a stored value that the expert cannot judge, where a kind takes that for each."""
        return frozenset()

    def raw_of(self, spec: ItemSpec, value: Any) -> dict[str, str]:
        """A stored value, complete or not, as the fields of a form have it: what `clean` takes back to the same value.

        This one is for a value that is its only component, or a mapping by component. The expert's own record prints it as well.
        """
        order = [component.code for component in self.components(spec)] if isinstance(value, dict) else []
        found = {code: value[code] for code in order if code in value} if order else {"": value}  # a database keeps no order of keys
        return {code: plain(part) if isinstance(part, int | float) else str(part) for code, part in found.items()}

    def counting_rules(self, spec: ItemSpec) -> dict[str, Any]:
        """When an answer counts, in terms that its form's fields can be held against: for the script that shows and hides who waits for it.

        The script finds a component in the field of its name. A kind with other fields, or whose answers can be refused for a reason that is
        not among these, needs the like in static/js/expert-conditions.js.

        `limits`: component → lowest, highest; `decimals`; `all`: components that must be given; `rising`: those in rising order, equal ones
        allowed or not; `distinct`; `total`: what the numbers add up to; `most`: how many may be ticked.
        """
        components = self.components(spec)
        limits = {component.code: [component.minimum, component.maximum] for component in components
                  if component.minimum is not None or component.maximum is not None}
        found: dict[str, Any] = {"limits": limits} if limits else {}
        if self.usual_decimals is not None:
            found["decimals"] = self.usual_decimals if spec.decimals is None else spec.decimals
        if self.needs_all:
            found["all"] = [component.code for component in components]
        return found

    def from_components(self, spec: ItemSpec, values: Mapping[str, str]) -> Any:
        """The stored value from the values in a file; what `clean` refuses is refused here too."""
        return self.clean(spec, values)


CANNOT_JUDGE = "cannot_judge"  # the text of a single component (a cell of a grid) that the expert cannot judge


def option_codes(spec: ItemSpec) -> tuple[str, ...]:
    return tuple(option.code for option in spec.options)


def is_number(value: Any) -> bool:
    """A finite number, true and false not among them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value and abs(value) <= 1e15


WIDE_SIGNS = str.maketrans("．，＋－％\u2212", ".,+-%-")  # as keyboards for Japanese and Korean write them
THOUSANDS = re.compile(r"[-+]?(?!0+,)\d{1,3},\d{3}")


def read_number(text: str, decimals: int | None, minimum: float | None, maximum: float | None) -> Number:
    """A number as people type it. Raises ValueError with a text that says what to do.

    Digits of any script count as digits, wide signs as narrow ones; a comma is the decimal sign where there is no point. But 1,000 is a thousand to some
    and one to others, so it is refused: nobody's answer may be taken for another.
    """
    tidy = "".join(text.translate(WIDE_SIGNS).split())
    if THOUSANDS.fullmatch(tidy):
        tidy = ""
    if "," in tidy and "." not in tidy and tidy.count(",") == 1:
        tidy = tidy.replace(",", ".")
    try:
        number = Decimal(tidy) if any(map(str.isdigit, tidy)) else Decimal("NaN")  # “infinity” is a number to Decimal alone
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_nan():
        raise ValueError(_("“%(text)s” is not a number. Type digits only.") % {"text": text.strip()[:40]})
    if abs(number) > Decimal("1e15"):
        raise ValueError(_("That number is too large to be meant."))
    check_range(number, minimum, maximum)
    if decimals is not None and number != round(number, decimals):
        raise ValueError(decimals_text(decimals))
    whole = number == number.to_integral_value()
    return int(number) if whole else float(number)


def check_range(number: Decimal, minimum: float | None, maximum: float | None) -> None:
    """Raises ValueError that names the limit which is passed."""
    below = minimum is not None and number < Decimal(str(minimum))
    above = maximum is not None and number > Decimal(str(maximum))
    if not (below or above):
        return
    if minimum is not None and maximum is not None:
        raise ValueError(_("Give a number from %(low)s to %(high)s.") % {"low": plain(minimum), "high": plain(maximum)})
    if below:
        raise ValueError(_("Give a number of at least %(low)s.") % {"low": plain(minimum)})
    raise ValueError(_("Give a number of at most %(high)s.") % {"high": plain(maximum)})


def decimals_text(decimals: int) -> str:
    """How many decimals are taken, in words."""
    if decimals == 0:
        return _("Give a whole number.")
    text = ngettext("Give a number with at most %(decimals)s decimal.", "Give a number with at most %(decimals)s decimals.", decimals)
    return text % {"decimals": decimals}


def plain(number: float | None) -> str:
    """A limit as people write it: 0, not 0.0."""
    return "" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")
