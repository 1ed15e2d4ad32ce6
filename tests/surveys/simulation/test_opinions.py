"""The latent opinion has the spread that the model says: between panels, within them, and by theatre; and it moves toward what is shown."""

import random
from statistics import correlation, fmean, pstdev

import pytest

from surveys.items import ItemSpec, Option, Scale
from surveys.simulation import Model, first_opinion, later_opinion
from surveys.simulation.opinions import opinion_of_option, panel_opinion

RATING = ItemSpec("q", "rating", {"en": "?"}, scale=Scale(7))
PANELS = [f"p{number}" for number in range(2000)]


def test_panels_differ_by_the_gap() -> None:
    found = [panel_opinion("q", panel, 1, theatres=(), model=Model(gap=0.1)) for panel in PANELS]
    # of 2,000 draws the standard error of a standard deviation is σ/√4000: three of them are 0.005
    assert pstdev(found) == pytest.approx(0.1, abs=0.005)
    assert pstdev(panel_opinion("q", panel, 1, theatres=(), model=Model(gap=0)) for panel in PANELS[:5]) == 0


def test_experts_differ_by_the_spread_around_their_panel() -> None:
    model = Model(gap=0.0, spread=0.08)  # so narrow that the ends of the range cut nothing off
    found = [first_opinion(RATING, "us", f"sim-us-{number}", 5, model=model) for number in range(2000)]
    assert pstdev(found) == pytest.approx(0.08, abs=0.004)
    assert fmean(found) == pytest.approx(panel_opinion("q", "us", 5, theatres=(), model=model), abs=0.006)


def test_panels_of_one_theatre_are_more_alike() -> None:
    """Over many theatres, two panels of the same one share a quarter of their variance; of different ones nothing."""
    model = Model(gap=0.1)
    pairs = [tuple(panel_opinion("q", f"{name}{place}", 1, theatres=(f"t{place}",), model=model) for name in ("a", "b")) for place in range(2000)]
    apart = [panel_opinion("q", f"c{place}", 1, theatres=(f"u{place}",), model=model) for place in range(2000)]
    assert correlation([a for a, _b in pairs], [b for _a, b in pairs]) == pytest.approx(0.25, abs=0.065)  # three standard errors: 3/√2000
    assert correlation([a for a, _b in pairs], apart) == pytest.approx(0, abs=0.067)


def test_a_panel_leans_the_same_way_on_every_item() -> None:
    """A panel's own leaning and its theatre make half of the variance, so half is shared between items."""
    model = Model(gap=0.1)
    both = [[panel_opinion(item, panel, 1, theatres=(), model=model) for panel in PANELS] for item in ("q", "r")]
    assert correlation(*both) == pytest.approx(0.5, abs=0.05)


def test_the_same_seed_gives_the_same_opinion_and_another_one_another() -> None:
    assert first_opinion(RATING, "us", "sim-us-1", 1) == first_opinion(RATING, "us", "sim-us-1", 1)
    assert first_opinion(RATING, "us", "sim-us-1", 1) != first_opinion(RATING, "us", "sim-us-1", 2)


def test_movers_go_a_part_of_the_way_and_the_others_stay() -> None:
    chance = random.Random(1)
    model = Model(movers=0.5, pull=0.4)
    found = [later_opinion(0.2, 0.7, chance, model) for _expert in range(4000)]
    assert set(found) == {0.2, 0.4}  # 0.2 + 0.4 · (0.7 − 0.2)
    assert found.count(0.4) / 4000 == pytest.approx(0.5, abs=0.024)


def test_what_is_protected_moves_nobody_but_drift_moves_all() -> None:
    assert later_opinion(0.2, None, random.Random(1), Model(movers=1.0)) == 0.2
    assert later_opinion(0.2, None, random.Random(1), Model(movers=1.0, drift=0.3)) == 0.5
    assert later_opinion(0.9, None, random.Random(1), Model(drift=0.3)) == 1.0


def test_the_commonest_option_draws_toward_the_middle_of_its_place() -> None:
    spec = ItemSpec("q", "choice", {"en": "?"}, options=tuple(Option(code, {"en": code}) for code in "abcd"))
    assert opinion_of_option(spec, "b") == 0.375 and opinion_of_option(spec, "d|a") == 0.875 and opinion_of_option(spec, None) is None


def test_parameters_outside_of_their_limits_are_named() -> None:
    assert Model(gap=2.0, drift=-0.5, attrition=-0.1).outside_limits() == ["gap", "attrition"]
