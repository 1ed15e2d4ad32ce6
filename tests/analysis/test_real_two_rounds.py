"""Two rounds of real answers (repliCATS, tests/data/README.md): the further tables say what plain loops over their source say.

All 25 people answered twice. So that there is somebody who left and somebody who joined, four people's answers of one round are withheld.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest
from django.core.management import call_command
from django.db import transaction
from scipy import stats

from analysis.blocks import analyse_now
from surveys.models import Round
from tests.analysis import plain_figures as plain
from tests.analysis.stored_tables import Tables, assert_same, defined, only, tables_of
from tests.journeys.test_real_answers import STUDY, source_answers

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Precision loss")]  # scipy says so of groups whose answers are all equal
PANELS = [f"uom{number}" for number in range(1, 6)]
WITHHELD = {1: ["bvpgcjm09w"], 2: ["62fpwssqzn", "f35wd3nhdz", "g31jx5dffs"]}
TEN_BINS = list(range(0, 101, 10))
SEVEN_POINTS = [place + 0.5 for place in range(8)]
close = pytest.approx


@pytest.fixture(scope="module")
def tables(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    """Counted once for all tests, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_study", str(STUDY / "study.yaml"))
        call_command("import_panel", "replicats", str(STUDY / "panel.csv"))
        for number in (1, 2):
            call_command("open_round", "replicats", number)
            call_command("import_answers", "replicats", number, str(answers_given(number, tmp_path_factory.mktemp("answers"))))
            call_command("close_round", "replicats", number, "--wait")
        second = Round.objects.get(study__slug="replicats", number=2)
        analyse_now(second)
        found = tables_of(second)
        transaction.set_rollback(True)
    yield found


def answers_given(number: int, folder: Path) -> Path:
    rows = pandas.read_csv(STUDY / f"round{number}.csv", dtype=str)
    rows[~rows.panelist.isin(WITHHELD[number])].to_csv(folder / "answers.csv", index=False)
    return folder / "answers.csv"


@pytest.fixture(scope="module")
def source() -> pandas.DataFrame:
    found = source_answers()
    return found[[expert not in WITHHELD[number] for number, expert in zip(found["round"], found["expert"], strict=True)]]


@pytest.fixture(scope="module")
def pairs(source: pandas.DataFrame) -> pandas.DataFrame:
    """One row for each expert and item with the answers of both rounds, NaN where there is none."""
    return source.pivot(index=["item", "panel", "expert"], columns="round", values="value").reset_index()


def groups(answers: pandas.DataFrame) -> Iterator[tuple[str, pandas.DataFrame]]:
    """Everybody, then each panel."""
    yield "all", answers
    for panel, part in answers.groupby("panel"):
        yield str(panel), part


def is_rating(item: Any) -> bool:
    return str(item).startswith("comprehension")


def length_of(item: Any) -> float:
    return 6.0 if is_rating(item) else 100.0


def test_every_two_panels_lie_apart_as_loops_over_their_experts_say(tables: Tables, source: pandas.DataFrame) -> None:
    gaps = tables["gaps"]
    compared = 0
    for item, answers in source[source["round"] == 2].groupby("item"):
        by_panel = {panel: part.value.tolist() for panel, part in answers.groupby("panel")}
        for first, second in combinations([panel for panel in PANELS if panel in by_panel], 2):
            x, y = by_panel[first], by_panel[second]
            row = only(gaps, item=item, first=first, second=second)
            assert_same(row, {
                "n_first": len(x), "n_second": len(y), "difference_medians": np.median(x) - np.median(y), "difference_means": np.mean(x) - np.mean(y),
                "hodges_lehmann": plain.hodges_lehmann(x, y), "cliffs_delta": plain.cliffs_delta(x, y),
                "emd": stats.wasserstein_distance(x, y), "emd_normalised": stats.wasserstein_distance(x, y) / length_of(item),
                "total_variation": plain.total_variation(x, y, SEVEN_POINTS if is_rating(item) else TEN_BINS),
            })
            assert_same(row, defined({"p_mann_whitney": plain.p_mann_whitney(x, y), "p_welch": stats.ttest_ind(x, y, equal_var=False).pvalue}))
            compared += 1
    assert compared == 18 * 10


def test_two_panels_are_different_or_the_same_as_holm_and_two_one_sided_tests_say(tables: Tables, source: pandas.DataFrame) -> None:
    gaps, now = tables["gaps"], source[source["round"] == 2]
    verdicts = set()
    for first, second in combinations(PANELS, 2):
        for rating, margin in ((True, 6 / 8), (False, 10.0)):
            answers = {item: [part[part.panel == panel].value.tolist() for panel in (first, second)] for item, part in now.groupby("item")
                       if is_rating(item) == rating}
            judged = {item: both for item, both in answers.items() if min(map(len, both)) >= 5 and len({*both[0], *both[1]}) > 1}
            adjusted = dict(zip(judged, plain.holm([plain.p_mann_whitney(*both) for both in judged.values()]), strict=True))
            for item, both in judged.items():
                row = only(gaps, item=item, first=first, second=second)
                is_same, is_different = plain.equivalent(*both, margin), adjusted[item] < 0.05
                word = ("different_but_small" if is_same else "different") if is_different else "same" if is_same else "undecided"
                assert row.p_holm == close(adjusted[item], abs=1e-9)
                assert (row.verdict, row.equivalent) == (word, "yes" if is_same else "no")
                verdicts.add(word)
            for item in answers.keys() - judged.keys():
                assert only(gaps, item=item, first=first, second=second).verdict in ("not_assessed", "same")
    assert "undecided" in verdicts


def test_who_changed_and_whether_answers_drew_together_is_counted_over_pairs(tables: Tables, pairs: pandas.DataFrame) -> None:
    convergence = tables["convergence"]
    for item, everybody in pairs.groupby("item"):
        for group, part in groups(everybody):
            both = part.dropna()
            x, y = both[1].to_numpy(), both[2].to_numpy()
            row = only(convergence, item=item, group=group)
            assert_same(row, defined({
                "n_before": part[1].count(), "n_after": part[2].count(), "n_pairs": len(both),
                "n_leavers": (part[1].notna() & part[2].isna()).sum(), "n_joiners": (part[1].isna() & part[2].notna()).sum(),
                "percent_changed": 100 * (x != y).mean(), "mean_change": (y - x).mean(), "p_wilcoxon": plain.p_wilcoxon(x, y),
                "hodges_lehmann": plain.walsh_median(x, y), "sd_ratio": ratio(y.std(ddof=1), x.std(ddof=1)),
                "iqr_ratio": ratio(np.subtract(*np.percentile(y, [75, 25])), np.subtract(*np.percentile(x, [75, 25]))),
                "mean_abs_dev_ratio": ratio(plain.mean_absolute_deviation(y), plain.mean_absolute_deviation(x)),
            }))
            assert_association(row, x, y, rating=is_rating(item))
            if group != "all" and len(set(x)) + len(set(y)) > 2:
                assert_same(row, {"p_mean_abs_dev": plain.p_swapped(x, y, plain.mean_absolute_deviation)})


def ratio(after: float, before: float) -> float:
    return float("nan") if before == 0 else after / before


def assert_association(row: pandas.Series, x: Any, y: Any, *, rating: bool) -> None:
    if min(np.ptp(x), np.ptp(y)) > 0:
        assert_same(row, {"spearman": float(stats.spearmanr(x, y).statistic)})
        if rating:
            assert_same(row, {"weighted_kappa": plain.weighted_kappa(x, y, 7)})
    if (x != y).any():
        assert_same(row, {"rank_biserial": plain.rank_biserial(x, y)})


def test_movement_is_measured_toward_the_median_that_was_shown(tables: Tables, pairs: pandas.DataFrame) -> None:
    for item, everybody in pairs.groupby("item"):
        shown, both = everybody[1].median(), everybody.dropna()
        distance, move = shown - both[1], both[2] - both[1]
        row = only(tables["convergence"], item=item, group="all")
        assert_same(row, {
            "shown_median": shown, "slope_shown": stats.linregress(distance, move).slope,
            "n_toward": (distance * move > 0).sum(), "n_away": (distance * move < 0).sum(),
            "n_unmoved": ((distance != 0) & (move == 0)).sum(), "n_at_median": (distance == 0).sum(),
        })
        fit = stats.linregress(distance, move)
        assert_same(row, {"p_slope_shown": fit.pvalue})
        if np.ptp(both[1]) > 0 and np.ptp(both[2]) > 0:
            assert_same(row, {"p_pitman_morgan": stats.pearsonr(both[1] + both[2], both[2] - both[1]).pvalue})


def test_how_many_went_from_which_rating_to_which(tables: Tables, pairs: pandas.DataFrame) -> None:
    changes = tables["changes"]
    for item, everybody in pairs.dropna().groupby("item"):
        for group, part in groups(everybody):
            rows = changes[(changes["item"] == item) & (changes["group"] == group)]
            found = {(row.position_before, row.position_after): row["count"] for _place, row in rows.iterrows()}
            counted = part.value_counts([1, 2]) if is_rating(item) else {}
            assert found == {(int(before), int(after)): number for (before, after), number in counted.items()}


def test_a_change_of_spread_is_parted_into_leaving_and_revising(tables: Tables, pairs: pandas.DataFrame) -> None:
    rows, with_leavers = tables["attrition"], 0
    for item, everybody in pairs.groupby("item"):
        before = everybody[everybody[1].notna()]
        stayed = before.dropna()
        left = before[before[2].isna()]
        row = only(rows, item=item, group="all")
        spread = {name: (given.quantile(0.75) - given.quantile(0.25), given.std())
                  for name, given in (("all", before[1]), ("stayed", stayed[1]), ("revised", stayed[2]))}
        expected = {"n_before": len(before), "n_stayed": len(stayed), "n_left": len(left), "retention": len(stayed) / len(before)}
        for place, name in enumerate(("iqr", "sd")):
            expected[f"{name}_change"] = spread["revised"][place] - spread["all"][place]
            expected[f"{name}_change_attrition"] = spread["stayed"][place] - spread["all"][place]
            expected[f"{name}_change_revision"] = spread["revised"][place] - spread["stayed"][place]
        assert_same(row, expected)
        if len(left):
            with_leavers += 1
            assert_same(row, {"median_leavers": left[1].median(), "cliffs_delta": plain.cliffs_delta(left[1].tolist(), stayed[1].tolist())})
    assert with_leavers > 0


def test_disagreement_is_parted_into_within_and_between_the_groups(tables: Tables, pairs: pandas.DataFrame) -> None:
    by_item = []
    for item, everybody in pairs.groupby("item"):
        parts = {group: part for group, part in everybody.groupby("panel") if part[2].count() > 1}
        since = {group: part for group, part in parts.items() if min(part[1].count(), part[2].count()) >= 5}  # docs/verdicts.md: 5 in both rounds
        stages = [
            plain.apportioned({group: take(part) for group, part in since.items()}, length_of(item)) for take in (
                lambda part: part[1].dropna().tolist(), lambda part: part.dropna()[1].tolist(),
                lambda part: part.dropna()[2].tolist(), lambda part: part[2].dropna().tolist(),
            )
        ]
        before, stayed, revised, after = stages
        now = plain.apportioned({group: part[2].dropna().tolist() for group, part in parts.items()}, length_of(item))
        expected = {
            **now, "between_share": now["between"] / now["total"], **{f"{name}_change": after[name] - before[name] for name in now},
            "left": stayed["between"] - before["between"], "revision": revised["between"] - stayed["between"],
            "joined": after["between"] - revised["between"], "n_panels": len(parts), "n_panels_since": len(since),
        }
        assert_same(only(tables["disagreement"], item=item, group="all"), expected)
        by_item.append(expected)
    over_all = tables["disagreement"][tables["disagreement"]["item"].isna()].iloc[0]
    means = {name: float(np.mean([figures[name] for figures in by_item])) for name in ("within", "between", "total", "between_change")}
    assert_same(over_all, {**means, "between_share": means["between"] / means["total"], "n_items": 18})


def test_the_shape_of_every_group_is_what_pandas_finds(tables: Tables, source: pandas.DataFrame) -> None:
    for item, everybody in source[source["round"] == 2].groupby("item"):
        for group, part in groups(everybody):
            given = part.value.tolist()
            if len(given) < 4 or len(set(given)) == 1:
                continue
            row = only(tables["measures"], item=item, group=group)
            assert_same(row, plain.shape(given))
            if is_rating(item):
                histogram = np.histogram(given, SEVEN_POINTS)[0]
                shares = histogram[histogram > 0] / histogram.sum()
                assert_same(row, {"van_der_eijk_a": plain.van_der_eijk(histogram.tolist()), "entropy_bits": -(shares * np.log2(shares)).sum(),
                                  "rwg_raw": 1 - part.value.var() / 4, "modal_share_low": wilson(histogram.max(), len(given))[0]})
            else:
                assert_same(row, {"trimmed_mean": stats.trim_mean(given, 0.1)})


def wilson(hits: int, n: int) -> tuple[float, float]:
    found = stats.binomtest(int(hits), n).proportion_ci(method="wilson")
    return found.low, found.high


def test_every_pool_is_what_its_formula_gives(tables: Tables, source: pandas.DataFrame) -> None:
    rows = tables["pools"][tables["pools"].figure == "pool"]
    for item, everybody in source[(source["round"] == 2) & source["item"].str.startswith("replicates")].groupby("item"):
        for group, part in groups(everybody):
            found = rows[(rows["item"] == item) & (rows["group"] == group)].set_index("method")["value"]
            assert found.to_dict() == close(plain.pools(part.value), rel=1e-9)


def test_other_rules_judge_the_same_answers_by_their_own_thresholds(tables: Tables, source: pandas.DataFrame) -> None:
    rows = tables["sensitivity"]
    everybody = rows[(rows["group"] == "all") & rows["item"].notna() & rows["points"].isna()]
    for item, part in source[source["round"] == 2].groupby("item"):
        iqr, sd = part.value.quantile(0.75) - part.value.quantile(0.25), part.value.std()
        of_item = everybody[everybody["item"] == item]
        for rule, value in (("iqr", iqr), ("sd", sd)):
            lines = of_item[of_item.rule == rule]
            limits = lines.parameters.str.removeprefix("at most ").astype(float)
            assert len(lines) >= 2
            assert lines["value"].tolist() == close([value] * len(lines))
            assert lines.consensus.tolist() == [("reached" if round(value, 9) <= limit else "not_reached") for limit in limits]
        if is_rating(item):
            shares = np.histogram(part.value, SEVEN_POINTS)[0] / len(part)
            top_two = of_item[(of_item.rule == "percent_agreement") & of_item.parameters.str.startswith("top two")]
            assert top_two["value"].tolist() == close([shares[-2:].sum()] * len(top_two))
            assert top_two[top_two.registered == "yes"].parameters.tolist() == ["top two positions, at least 0.75"]


def test_without_one_group_the_verdict_is_that_of_the_other_experts(tables: Tables, source: pandas.DataFrame) -> None:
    rows = tables["influence"]
    changed = 0
    for item, part in source[source["round"] == 2].groupby("item"):
        for panel in PANELS:
            others = part[part.panel != panel].value
            row = only(rows, item=item, group_type="all", without=panel)
            verdicts = [consensus(answers, rating=is_rating(item)) for answers in (part.value, others)]
            assert [row.consensus, row.consensus_without] == verdicts
            changed += verdicts[0] != verdicts[1]
    assert changed > 0


def consensus(answers: pandas.Series, *, rating: bool) -> str:
    """The study's rules: an IQR of 20 at most for probabilities, three quarters in the top two of seven positions."""
    agreed = (answers >= 6).mean() >= 0.75 if rating else answers.quantile(0.75) - answers.quantile(0.25) <= 20
    return "reached" if agreed else "not_reached"
