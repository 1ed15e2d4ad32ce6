"""The form of a plan: what an organizer assumes and asks, with defaults that make sense."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.planning.parameters import CLIFFS_DELTA, LIMITS, OWN_UNITS, PlanParameters, read_sizes
from analysis.planning.sentences import number

PERCENT = ("attrition", "cannot_judge")
SPREADS = (0.1, 0.15, 0.2, 0.25, 0.3)
POWERS = (0.7, 0.8, 0.9, 0.95)
RUNS = (500, 2000, 5000)


def decimal(name: str, **more: Any) -> forms.FloatField:
    """A number within the limits of a parameter."""
    low, high = LIMITS[name]
    return forms.FloatField(min_value=low, max_value=high, widget=forms.NumberInput(attrs={"class": "short"}), **more)


def whole(name: str, times: int = 1, **more: Any) -> forms.IntegerField:
    """The same without decimals; `times` 100 for a share that is typed in per cent."""
    low, high = LIMITS[name]
    return forms.IntegerField(min_value=round(times * low), max_value=round(times * high), widget=forms.NumberInput(attrs={"class": "short"}), **more)


class PlanForm(forms.Form):
    """Percentages are typed from 0 to 100; `parameters()` has shares from 0 to 1."""

    experts = forms.CharField(
        label=gettext_lazy("Experts of each ally in round 1"), max_length=100,
        help_text=gettext_lazy("The panel sizes that are tried: up to 16 whole numbers from 2 to 200, separated by commas."),
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("How is a gap between two allies measured?"), widget=forms.RadioSelect,
        choices=[(OWN_UNITS, gettext_lazy("In the answers’ own unit: points of a scale, percentage points; Cliff’s delta where there is none")),
                 (CLIFFS_DELTA, gettext_lazy("As Cliff’s delta everywhere"))],
    )
    gap_points = decimal("gap_points", label=gettext_lazy("Gap on a rating, in points of its scale"))
    gap_probability = decimal("gap_probability", label=gettext_lazy("Gap on a probability, in percentage points"))
    gap_delta = decimal(
        "gap_delta", label=gettext_lazy("Gap as Cliff’s delta"),
        help_text=gettext_lazy("The share of pairs in which the first ally’s expert answers higher, less the share in which lower. "
                               "By convention 0.147 is small, 0.33 medium, 0.474 large."),
    )
    spread = forms.TypedChoiceField(label=gettext_lazy("How alike are experts of one ally?"), coerce=float)
    power = forms.TypedChoiceField(label=gettext_lazy("How sure do you want to be?"), coerce=float)
    attrition = whole("attrition", 100, label=gettext_lazy("Experts who leave before each later round, in per cent"))
    in_round = whole("in_round", label=gettext_lazy("Round that is judged"))
    cannot_judge = whole("cannot_judge", 100, label=gettext_lazy("Answers that are “cannot judge”, in per cent"))
    pairs = forms.TypedChoiceField(label=gettext_lazy("Which allies are compared?"), coerce=int, widget=forms.RadioSelect)
    items = forms.MultipleChoiceField(
        label=gettext_lazy("Items"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without a choice all items are planned. The fewer are tested, the fewer experts it takes to see a gap."),
    )
    runs = forms.TypedChoiceField(label=gettext_lazy("Simulated studies for each figure"), coerce=int)
    seed = whole("seed", label=gettext_lazy("Seed"), help_text=gettext_lazy("The same seed gives the same figures."))

    def __init__(self, *args: Any, panels: int, items: Sequence[tuple[str, str]], start: PlanParameters | None = None, **kwargs: Any) -> None:
        start = start or PlanParameters()
        super().__init__(*args, **kwargs)
        self.initial = typed(start, [code for code, _text in items])
        self._choose("spread", sorted({*SPREADS, start.spread}), _spread_in_words)
        self._choose("power", sorted({*POWERS, start.power}), _power_in_words)
        self._choose("runs", sorted({*RUNS, start.runs}), lambda runs: number(runs, 0))
        all_pairs = max(1, panels * (panels - 1) // 2)
        self._choose("pairs", sorted({1, all_pairs, start.pairs}), lambda pairs: _pairs_in_words(pairs, all_pairs))
        self._choose_items(items)

    def _choose(self, name: str, values: Sequence[Any], words: Any) -> None:
        self.fields[name].choices = [(value, words(value)) for value in values]  # type: ignore[attr-defined]

    def _choose_items(self, items: Sequence[tuple[str, str]]) -> None:
        self.fields["items"].choices = items  # type: ignore[attr-defined]

    def clean_experts(self) -> tuple[int, ...]:
        try:
            return read_sizes(self.cleaned_data["experts"])
        except ValueError:
            raise forms.ValidationError(_("Write up to 16 whole numbers from 2 to 200, such as 6, 10, 14.")) from None

    def parameters(self) -> PlanParameters:
        values = {**self.cleaned_data, "items": tuple(self.cleaned_data["items"])}
        return PlanParameters(**{name: value / 100 if name in PERCENT else value for name, value in values.items()})


def typed(parameters: PlanParameters, known: Sequence[str]) -> dict[str, Any]:
    """Parameters as the form shows them; items that the study has no more are left out."""
    percentages = {name: round(100 * getattr(parameters, name)) for name in PERCENT}
    plain = {name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in parameters.as_json().items()}
    return {**plain, **percentages, "experts": ", ".join(map(str, parameters.experts)),
            "items": [code for code in parameters.items if code in known]}


def _spread_in_words(spread: float) -> str:
    """On a scale of five points, so that a share of the scale can be imagined."""
    points = {"spread": number(100 * spread, 0), "points": number(4 * spread)}
    if spread <= 0.1:
        return _("Very alike: SD %(spread)s %% of the scale (%(points)s points of five)") % points
    if spread >= 0.3:
        return _("Very different: SD %(spread)s %% of the scale (%(points)s points of five)") % points
    return _("SD %(spread)s %% of the scale (%(points)s points of five)") % points


def _power_in_words(power: float) -> str:
    return _("%(percent)s of 100 studies find what is there") % {"percent": number(100 * power, 0)}


def _pairs_in_words(pairs: int, all_pairs: int) -> str:
    if pairs == 1:
        return _("Two allies, named beforehand")
    if pairs == all_pairs:
        return _("Every two allies: %(pairs)s pairs") % {"pairs": pairs}
    return _("%(pairs)s pairs") % {"pairs": pairs}
