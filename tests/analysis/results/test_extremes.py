"""Who is told to stand highest, lowest or first, where several have the same number."""

from types import SimpleNamespace

from analysis.charts import HeatCell, HeatRow, Known
from analysis.results.extremes import extremes_of, has_ties, in_order
from analysis.results.pool_charts import _probabilities_sentence
from analysis.results.theatre_charts import TheatrePictures
from surveys.items import resolve_item
from surveys.models import Study

HEADS = [("A", 2.0), ("B", 1.0), ("C", 2.0)]
STUDY = Study(settings={"languages": ["en"]})


def test_all_who_share_a_place_are_named() -> None:
    found = extremes_of(HEADS, str)
    assert (found.low, found.lowest, found.high, found.highest, found.are_alike) == ("1.0", ["B"], "2.0", ["A", "C"], False)
    assert extremes_of([("A", 2.001), ("B", 2.004)], lambda number: f"{number:.2f}").are_alike


def test_an_order_says_who_stands_level() -> None:
    assert (in_order(HEADS), has_ties(HEADS), has_ties(HEADS[:2])) == ("B, A = C", True, False)


def test_the_most_likely_is_that_of_the_questions_that_are_shown() -> None:
    hidden = HeatRow("C", (HeatCell(known=Known.PROTECTED),))
    rows = [HeatRow(name, (HeatCell(value),)) for name, value in (("A", 40.0), ("B", 40.0))]
    assert _probabilities_sentence([*rows, hidden]) == "By the mean all that are shown are equally likely: 40.0 %."
    assert _probabilities_sentence([*rows, HeatRow("D", (HeatCell(10.0),))]) == (
        "By the mean the most likely that is shown is “A”, “B” (40.0 %), the least likely “D” (10.0 %).")


def test_two_questions_of_which_nothing_can_be_told_are_not_called_one() -> None:
    spec = resolve_item({"code": "war", "kind": "probability", "text": {"en": "War?"}}, STUDY.settings)
    untold, told = (SimpleNamespace(groups={("all", "all"): figures}, spec=spec) for figures in (None, {"median": 20.0}))
    pictures = TheatrePictures(STUDY, 1, None)  # type: ignore[arg-type]
    assert pictures.sentence((untold, untold), ["North", "South"]) == "Nothing can be told of either question for all experts."  # type: ignore[arg-type]
    assert pictures.sentence((told, untold), ["North", "South"]).startswith("Nothing can be told of one of the two")  # type: ignore[arg-type]
