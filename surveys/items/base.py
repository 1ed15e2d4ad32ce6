"""The item-kind seam: what every kind of item says of itself, and the resolved item that it works on.

A new kind is one module here with a subclass of `ItemKind`, one line in `surveys/items/__init__.py`, and one template
`templates/surveys/items/<kind>.html`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils.translation import gettext as _

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
    rationale: str = "none"
    confidence: bool = False
    expertise: bool = False
    cannot_judge: bool = True
    practice: bool = False
    theatre: str = ""
    same_as: str = ""
    consensus: tuple[Mapping[str, Any], ...] = ()  # the item's own rule, then its scale's; each a rule or a mapping by level
    stability: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Component:
    """One plain number (or option) in an answer.

    `categories` are the values in files for ordinal (positions "1".."k") and nominal (option codes) components, in order;
    `minimum` and `maximum` bound the others where the item does.
    """

    code: str
    level: str
    categories: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Problem:
    """A mistake in a study file: where (path relative to the item), what, and what to do."""

    path: str
    text: str


class ItemKind:
    """One kind of item. Subclasses are stateless; one instance of each stands in the registry.

    An answer is given as `raw`: component code → text, the same for a form, a JSON body and a CSV file.
    The stored `value` is a plain JSON value; `to_components` and `from_components` translate.
    """

    name: ClassVar[str]
    keys: ClassVar[frozenset[str]] = frozenset()  # keys of the study file that this kind takes besides the common ones
    required: ClassVar[frozenset[str]] = frozenset()

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        """Mistakes in this kind's own keys. Scales, options and texts are checked before."""
        return iter(())

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        raise NotImplementedError

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """The value to store, or None when nothing was answered. Raises ValueError with a text for the expert."""
        raise NotImplementedError

    def to_components(self, spec: ItemSpec, value: Any) -> dict[str, Number | str]:
        """Component code → value in files."""
        return {"": value}

    def from_components(self, spec: ItemSpec, values: Mapping[str, str]) -> Any:
        """The stored value from the values in a file; what `clean` refuses is refused here too."""
        return self.clean(spec, values)


def read_number(text: str, decimals: int | None, minimum: float | None, maximum: float | None) -> Number:
    """A number as people type it. Raises ValueError with a text that says what to do.

    Digits of any script count as digits; a comma is taken as the decimal sign where there is no point.
    """
    tidy = text.strip().replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    if "," in tidy and "." not in tidy and tidy.count(",") == 1:
        tidy = tidy.replace(",", ".")
    try:
        number = Decimal(tidy)
    except InvalidOperation:
        raise ValueError(_("“%(text)s” is not a number. Type digits only.") % {"text": text.strip()[:40]}) from None
    if not number.is_finite() or abs(number) > Decimal("1e15"):
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
    return _("Give a number with at most %(decimals)s decimals.") % {"decimals": decimals}


def plain(number: float | None) -> str:
    """A limit as people write it: 0, not 0.0."""
    return "" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")
