"""Real forecasts of two camps (tests/data/README.md): the tables of their gap say what plain loops over the source say.

Probabilities down to a thousandth of a per cent, between 5 and 11 people a camp on each question, some missing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest
from django.db import transaction
from scipy import special, stats

from analysis.blocks import analyse_now
from surveys.workflow.answer_files import import_answers
from surveys.workflow.panels import import_panel
from surveys.workflow.rounds import open_round
from tests.analysis import plain_figures as plain
from tests.analysis.stored_tables import Tables, assert_same, defined, only, tables_of
from tests.factories import a_study, count, csv_text, public

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::RuntimeWarning:scipy")]  # scipy's, where two camps do not overlap
SOURCE = Path(__file__).resolve().parents[1] / "data" / "adversarial_collab_forecasts.csv"
CAMPS = ["concerned", "skeptical"]
TEN_BINS = list(range(0, 101, 10))
DECIMALS = 3


@pytest.fixture(scope="module")
def source() -> pandas.DataFrame:
    """Columns item, panel, panelist, value (0 to 100): the ultimate question and the crux as each person saw them, one row an answer."""
    read = pandas.read_csv(SOURCE)
    numbers = {name: place for place, name in enumerate(read.ID.drop_duplicates(), start=1)}
    parts = [
        pandas.DataFrame({"item": [f"{question}-{numbers[name]}" for name in read.ID], "panel": read.Camp.str.lower(), "panelist": read.person,
                          "value": (100 * read[column]).round(DECIMALS)})
        for question, column in (("ultimate", "PU"), ("crux", "Pc"))
    ]
    return pandas.concat(parts).dropna()


@pytest.fixture(scope="module")
def tables(django_db_setup: None, django_db_blocker: Any, source: pandas.DataFrame) -> Iterator[Tables]:
    """Counted once for all tests, and taken back at the end."""
    codes = list(source["item"].drop_duplicates())
    items = [{"code": code, "kind": "probability", "decimals": DECIMALS, "text": {"en": code}} for code in codes]
    panels = [{"code": camp, "name": {"en": camp.title()}} for camp in CAMPS]
    questionnaire = [{"section": "main", "title": {"en": "Main"}, "items": items}]
    people = source[["panelist", "panel"]].drop_duplicates().to_dict("records")
    answers = [{**row, "value": f"{row['value']:.{DECIMALS}f}"} for row in source[["panelist", "item", "value"]].to_dict("records")]
    with django_db_blocker.unblock(), transaction.atomic():
        study = a_study(public(panels=panels, questionnaire=questionnaire, stability=None))
        import_panel(study, csv_text(["panelist", "panel"], people))
        study_round = open_round(study, 1)
        import_answers(study_round, csv_text(["panelist", "item", "value"], answers))
        analyse_now(count(study_round))
        found = tables_of(study_round)
        transaction.set_rollback(True)
    yield found


def by_camp(source: pandas.DataFrame) -> Iterator[tuple[str, list[float], list[float]]]:
    """Item, what the concerned said, what the skeptical said."""
    for item, answers in source.groupby("item"):
        concerned, skeptical = (answers[answers.panel == camp].value.tolist() for camp in CAMPS)
        yield str(item), concerned, skeptical


def everybody_and_camps(source: pandas.DataFrame) -> Iterator[tuple[str, str, list[float]]]:
    for item, concerned, skeptical in by_camp(source):
        yield from ((item, group, answers) for group, answers in zip(["all", *CAMPS], [concerned + skeptical, concerned, skeptical], strict=True))


def test_the_source_came_in_whole(tables: Tables, source: pandas.DataFrame) -> None:
    assert source.value.min() == 0  # forecasts below half a thousandth of a per cent
    assert (source.value[source.value > 0].min(), len(source), source["item"].nunique()) == (0.001, 651 + 649, 74)
    for item, group, answers in everybody_and_camps(source):
        rows = tables["distributions"]
        rows = rows[(rows["item"] == item) & (rows["group"] == group)]
        assert rows["count"].tolist() == np.histogram(answers, TEN_BINS)[0].tolist()


def test_the_camps_lie_apart_as_loops_over_their_people_say(tables: Tables, source: pandas.DataFrame) -> None:
    for item, x, y in by_camp(source):
        row = only(tables["gaps"], item=item, first="concerned", second="skeptical")
        distance = stats.wasserstein_distance(x, y)
        welch = stats.ttest_ind(x, y, equal_var=False)
        interval = welch.confidence_interval()
        assert_same(row, {
            "n_first": len(x), "n_second": len(y), "median_first": np.median(x), "median_second": np.median(y),
            "difference_medians": np.median(x) - np.median(y), "difference_means": np.mean(x) - np.mean(y),
            "means_low": interval.low, "means_high": interval.high, "hodges_lehmann": plain.hodges_lehmann(x, y),
            "cliffs_delta": plain.cliffs_delta(x, y), "emd": distance, "emd_normalised": distance / 100,
            "total_variation": plain.total_variation(x, y, TEN_BINS), "p_mann_whitney": plain.p_mann_whitney(x, y), "p_welch": welch.pvalue,
        })
        if min(len(x), len(y)) >= 10:
            assert_same(row, defined({"p_brunner_munzel": stats.brunnermunzel(x, y).pvalue}))


def test_where_the_camps_differ_is_corrected_over_all_questions(tables: Tables, source: pandas.DataFrame) -> None:
    camps = list(by_camp(source))
    adjusted = plain.holm([plain.p_mann_whitney(x, y) for _item, x, y in camps])
    verdicts = []
    for (item, x, y), p in zip(camps, adjusted, strict=True):
        row = only(tables["gaps"], item=item, first="concerned", second="skeptical")
        is_same = plain.equivalent(x, y, 10)
        verdicts.append(("different_but_small" if is_same else "different") if p < 0.05 else "same" if is_same else "undecided")
        assert row.p_holm == pytest.approx(p, rel=1e-9)
        assert row.verdict == verdicts[-1]
    assert {"different", "undecided"} <= set(verdicts)  # the camps were chosen to differ on the ultimate question
    over_all = tables["gaps"][tables["gaps"]["item"].isna()]
    for _place, row in over_all.iterrows():
        assert (row.n_items, row.n_same, row.n_undecided) == (74, verdicts.count("same"), verdicts.count("undecided"))
        assert row.n_different == verdicts.count("different") + verdicts.count("different_but_small")
        assert_same(row, {
            "mean_emd_normalised": np.mean([stats.wasserstein_distance(x, y) / 100 for _item, x, y in camps]),
            "mean_absolute_delta": np.mean([abs(plain.cliffs_delta(x, y)) for _item, x, y in camps]),
        })
    medians = [(np.median(x), np.median(y)) for _item, x, y in camps]
    assert_same(only(over_all, level="probability"), {"rank_correlation": stats.spearmanr(*zip(*medians, strict=True)).statistic})


def test_disagreement_is_parted_into_within_and_between_the_camps(tables: Tables, source: pandas.DataFrame) -> None:
    rows, by_item = tables["disagreement"], []
    for item, x, y in by_camp(source):
        found = plain.apportioned({"concerned": x, "skeptical": y}, 100)
        assert_same(only(rows, item=item, group="all"), {**found, "between_share": found["between"] / found["total"]})
        by_item.append(found)
    means = {name: np.mean([found[name] for found in by_item]) for name in by_item[0]}
    assert_same(rows[rows["item"].isna()].iloc[0], {**means, "between_share": means["between"] / means["total"], "n_items": 74})


def test_every_pool_is_what_its_formula_gives_down_to_the_smallest_probability(tables: Tables, source: pandas.DataFrame) -> None:
    rows = tables["pools"][tables["pools"].figure == "pool"]
    for item, group, answers in everybody_and_camps(source):
        found = rows[(rows["item"] == item) & (rows["group"] == group)].set_index("method")["value"]
        assert found.to_dict() == pytest.approx(plain.pools(answers), rel=1e-9)


def test_with_equal_weight_each_camp_has_half_the_say(tables: Tables, source: pandas.DataFrame) -> None:
    rows = tables["pools"][(tables["pools"]["group"] == "equal_weight") & (tables["pools"].figure == "pool")]
    for item, x, y in by_camp(source):
        inside = [np.where(np.array(camp) == 0, 0.005, np.array(camp) / 100) for camp in (x, y)]
        log_odds = np.mean([np.mean(special.logit(camp)) for camp in inside])
        found = rows[rows["item"] == item].set_index("method")["value"].to_dict()
        assert found["linear"] == pytest.approx((np.mean(x) + np.mean(y)) / 2)
        assert found["logarithmic"] == pytest.approx(100 * special.expit(log_odds))


def test_the_shape_of_every_group_is_what_pandas_finds(tables: Tables, source: pandas.DataFrame) -> None:
    for item, group, answers in everybody_and_camps(source):
        row = only(tables["measures"], item=item, group=group)
        expected = {**plain.shape(answers), "trimmed_mean": stats.trim_mean(answers, 0.1)}
        assert_same(row, expected, tolerance=1e-8)
        least = median_interval(sorted(answers))
        if least is not None:
            assert_same(row, {"median_low": least[0], "median_high": least[1]})


def median_interval(ordered: list[float]) -> tuple[float, float] | None:
    """The innermost pair of order statistics that holds the median at least 95 times in 100, by the binomial law."""
    n = len(ordered)
    reaching = [place for place in range(n // 2) if 1 - 2 * stats.binom.cdf(place, n, 0.5) >= 0.95]
    return (ordered[max(reaching)], ordered[n - 1 - max(reaching)]) if reaching else None


def test_other_rules_and_the_other_camp_alone_give_the_verdicts_that_pandas_gives(tables: Tables, source: pandas.DataFrame) -> None:
    sensitivity, influence = tables["sensitivity"], tables["influence"]
    for item, answers in source.groupby("item"):
        iqr = answers.value.quantile(0.75) - answers.value.quantile(0.25)
        lines = sensitivity[(sensitivity["item"] == item) & (sensitivity["group"] == "all") & (sensitivity.rule == "iqr")]
        verdicts = {limit: "reached" if round(iqr, 9) <= limit else "not_reached" for limit in (10, 20)}
        assert dict(zip(lines.parameters, lines.consensus, strict=True)) == {f"at most {limit}": verdict for limit, verdict in verdicts.items()}
        for camp, part in answers.groupby("panel"):
            [other] = set(CAMPS) - {camp}
            row = only(influence, item=item, group_type="all", without=other)
            alone = round(part.value.quantile(0.75) - part.value.quantile(0.25), 9)
            assert (row.consensus, row.consensus_without) == (verdicts[20], "reached" if alone <= 20 else "not_reached")
