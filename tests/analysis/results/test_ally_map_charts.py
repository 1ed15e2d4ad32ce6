"""Who stands highest and lowest on a map of the allies."""

from analysis.results.ally_map_charts import extremes_in_words


def test_of_two_allies_with_the_same_mean_both_are_named() -> None:
    means = [("South Korea", 2.142857), ("Philippines", 2.142857), ("Germany", 3.857143)]
    assert extremes_in_words("Risk", means) == "Risk: highest in Germany (3.86), lowest in South Korea, Philippines (2.14)."


def test_where_no_ally_stands_higher_than_another_none_is_named() -> None:
    assert extremes_in_words("Risk", [("Japan", 3.0), ("France", 3.0)]) == "Risk: 3.00 in every panel that is shown."
