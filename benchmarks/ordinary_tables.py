"""The further tables of a second round, against an ordinary loop over pandas and scipy, in one process and one run.

    .venv/bin/python -m benchmarks.ordinary_tables [--experts 10000] [--items 4]

Ours: every row of every table of the items. The loop: of the same groups and pairs of panels only what costs most and what everybody would compute
(see FIGURES below); it has no disclosure control, no influence of single allies, no pools and no role cells. Each of its figures is timed on a few
groups or draws of one item and extrapolated to the item, so its time is an estimate, and rather too low. Processor time throughout.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from benchmarks.stage import servers

if TYPE_CHECKING:
    from analysis.published import PublishedItem

DRAWS, PERMUTATIONS = 999, 9_999
LENGTH = 8  # of the scale, in steps
A_FEW = 3


def frame_of(item: "PublishedItem") -> pd.DataFrame:
    """One row per expert of this round: panel, both answers."""
    component = item.components[0]
    data, earlier = component.data, component.previous
    assert earlier is not None
    everybody, there = component.group("all", "all"), earlier.group("all", "all")
    assert everybody is not None and there is not None
    before = pd.Series(earlier.answers_by_expert(there), index=earlier.data.panelists).reindex(data.panelists).to_numpy()
    return pd.DataFrame({"panel": data.panel, "before": before, "after": component.answers_by_expert(everybody)})


def groups_of(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Everybody, two theatres, every panel."""
    panels = [group for _panel, group in frame.groupby("panel")]
    return [frame, frame[frame.panel % 2 == 0], frame[frame.panel % 2 == 1], *panels]


def description(group: pd.DataFrame) -> None:
    """Distribution, quartiles, spread, and their change."""
    for answers in (group.before.dropna(), group.after.dropna()):
        answers.value_counts(normalize=True).sort_index().cumsum()
        answers.quantile([0.25, 0.5, 0.75])
        answers.std()
        stats.entropy(answers.value_counts())


def pairs_tests(group: pd.DataFrame) -> None:
    pairs = group.dropna()
    stats.wilcoxon(pairs.before, pairs.after, zero_method="pratt")
    stats.spearmanr(pairs.before, pairs.after)
    pd.crosstab(pairs.before, pairs.after)
    stats.mannwhitneyu(group.before[group.after.isna()], group.before[group.after.notna()], nan_policy="omit")


def spreads(before: Any, after: Any) -> tuple[float, ...]:
    return (
        np.log(np.std(after, ddof=1) / np.std(before, ddof=1)), stats.iqr(after) - stats.iqr(before),
        np.abs(after - np.median(after)).mean() - np.abs(before - np.median(before)).mean(),
    )


def one_permutation(group: pd.DataFrame, random: np.random.Generator) -> None:
    """Each expert's two answers swapped with one half, three measures of spread."""
    pairs = group.dropna().to_numpy()
    swapped = random.random(len(pairs)) < 0.5
    spreads(np.where(swapped, pairs[:, 2], pairs[:, 1]), np.where(swapped, pairs[:, 1], pairs[:, 2]))


def gap(first: pd.DataFrame, second: pd.DataFrame) -> None:
    one, other = first.after.dropna(), second.after.dropna()
    differences = np.subtract.outer(one.to_numpy(), other.to_numpy())
    np.median(differences)
    np.sign(differences).mean()
    stats.mannwhitneyu(one, other)
    stats.wasserstein_distance(one, other)


def one_draw_of_a_gap(first: pd.DataFrame, second: pd.DataFrame, random: np.random.Generator) -> None:
    one, other = (each.after.dropna().sample(frac=1, replace=True, random_state=random) for each in (first, second))
    one.median() - other.median()


def one_draw_of_disagreement(frame: pd.DataFrame, random: np.random.Generator) -> None:
    """Mean distance within and across panels, of both rounds, from histograms."""
    drawn = frame.sample(frac=1, replace=True, random_state=random)
    for answers in ("before", "after"):
        shares = pd.crosstab(drawn.panel, drawn[answers], normalize="index").cumsum(axis=1).to_numpy()
        (2 * shares * (1 - shares)).sum(axis=1).mean() / LENGTH
        overall = shares.mean(axis=0)
        (2 * overall * (1 - overall)).sum() / LENGTH


def figures(frame: pd.DataFrame) -> Iterator[tuple[str, list[Callable[[], None]], float]]:
    """Name, a few calls to time, and how many such calls an item needs."""
    random, groups = np.random.default_rng(1), groups_of(frame)
    pairs = list(combinations(groups[3:], 2))
    yield "distributions and spread", [lambda group=group: description(group) for group in groups], len(groups)
    yield "tests of pairs", [lambda group=group: pairs_tests(group) for group in groups], len(groups)
    for kind, chosen, times in (("everybody", groups[:1], 1), ("theatres", groups[1:3], 2), ("panels", groups[3:6], len(groups) - 3)):
        calls = [lambda group=group: one_permutation(group, random) for group in chosen for _draw in range(A_FEW)]
        yield f"permutation tests of spread, {kind}", calls, times * PERMUTATIONS
    yield "gaps of panels", [lambda one=one, other=other: gap(one, other) for one, other in pairs[:10]], len(pairs)
    yield "their intervals", [lambda pair=pair: one_draw_of_a_gap(*pair, random) for pair in pairs[:10]], len(pairs) * DRAWS
    yield "disagreement", [lambda group=group: one_draw_of_disagreement(group, random) for group in groups[:3] for _draw in range(A_FEW)], 3 * DRAWS


def ordinary_seconds(frame: pd.DataFrame) -> dict[str, float]:
    """Of one item, extrapolated."""
    found = {}
    for name, calls, needed in figures(frame):
        calls[0]()
        began = time.process_time()
        for call in calls:
            call()
        found[name] = (time.process_time() - began) / len(calls) * needed
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experts", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=4)
    options = parser.parse_args()
    with servers():
        from analysis.aggregation import aggregate_round
        from analysis.blocks import item_tables
        from analysis.publication import published_run
        from analysis.published_rounds import published_round
        from benchmarks.two_rounds import second_round_open
        from surveys.workflow.rounds import close_round

        closed = close_round(second_round_open("loop", options.experts, options.items).pk)
        aggregate_round(closed.pk, closed.closing)
        run = published_run(closed)
        assert run is not None
        items = published_round(run).items
        list(item_tables(run.pk, 0, items[0]))  # what has to be loaded once
        began = time.process_time()
        rows = sum(len(table.content["rows"]) for item in items[1:] for table in item_tables(run.pk, 0, item))
        ours = (time.process_time() - began) / len(items[1:])
        loop = ordinary_seconds(frame_of(items[1]))
    print(f"{options.experts} experts, an item of two rounds: ours {ours:.3f} s for {rows / len(items[1:]):.0f} rows of every table")
    for name, seconds in loop.items():
        print(f"  loop, {name}: {seconds:.2f} s")
    print(f"  loop, all: {sum(loop.values()):.0f} s (extrapolated), {sum(loop.values()) / ours:.0f} times ours")


if __name__ == "__main__":
    main()
