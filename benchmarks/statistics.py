"""How fast a whole round is counted, against an ordinary loop over pandas and scipy in the same run.

    python -m benchmarks.statistics            all three sizes, about two minutes
    python -m benchmarks.statistics --sizes small middle --json figures.json

Both ways find, for every item and group: n, quartiles, the share in agreement, van der Eijk's A; Kendall's W per group;
Wilcoxon's test per item between rounds; and the 66 gaps between 12 groups' medians with intervals (exact here, 1,000
bootstrap resamples there). The loop is timed on a part of the items, pairs and rounds and extrapolated, and says so.
Trust the ratios of one run; absolute figures are those of the machine. The peak of memory is of a process of its own.
"""

import sys
from pathlib import Path

# As a script this folder would come first, and its statistics.py before the standard library's
ROOT = Path(__file__).resolve().parents[1]
sys.path[:] = [str(ROOT), *(entry for entry in sys.path if Path(entry or ".").resolve() != ROOT / "benchmarks")]

import argparse  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402
import subprocess  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from dataclasses import asdict, dataclass  # noqa: E402
from itertools import combinations  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from scipy import stats  # noqa: E402

from analysis.statistics import matrix  # noqa: E402

CATEGORIES, GROUPS, MISSING = 9, 12, 0.03
REPEATS = 3
RESAMPLES = 1_000
PAIRS = GROUPS * (GROUPS - 1) // 2


@dataclass(frozen=True)
class Size:
    experts: int
    items: int
    rounds: int


SIZES = {"small": Size(1_000, 100, 3), "middle": Size(10_000, 100, 5), "large": Size(100_000, 200, 5)}


@dataclass
class Measured:
    size: str
    figures_seconds: float
    intervals_seconds: float
    peak_megabytes: float
    ordinary_figures_seconds: float = 0.0
    ordinary_intervals_seconds: float = 0.0
    extrapolated_from: str = ""


def simulated_rounds(size: Size, seed: int = 1) -> tuple[list[np.ndarray], np.ndarray]:
    """Bytes (0 missing) of a panel in 12 unequal groups whose answers move by at most one category a round."""
    rng = np.random.default_rng(seed)
    shares = np.arange(1, GROUPS + 1) ** 0.7
    groups = rng.choice(GROUPS, size.experts, p=shares / shares.sum())
    leaning = rng.integers(-2, 3, (GROUPS, size.items), dtype=np.int8)
    opinions = rng.integers(1, 10, (size.experts, size.items), dtype=np.int8) + leaning[groups]
    rounds = []
    for _ in range(size.rounds):
        opinions += rng.integers(-1, 2, opinions.shape, dtype=np.int8)
        answers = np.clip(opinions, 1, CATEGORIES).astype(np.uint8)
        answers[rng.random(opinions.shape, dtype=np.float32) < MISSING] = 0
        rounds.append(answers)
    return rounds, groups


def figures_of_matrices(rounds: list[np.ndarray], groups: np.ndarray) -> list[np.ndarray]:
    """Everything but the intervals; gives back the histograms, from which those are made."""
    histograms = []
    for number, answers in enumerate(rounds):
        counts = matrix.group_histograms(answers, groups, CATEGORIES, GROUPS)
        matrix.histogram_quantiles(counts, [0.25, 0.5, 0.75])
        matrix.band_shares(counts, 7, 9)
        matrix.histogram_van_der_eijk(counts)
        matrix.kendall_w_by_group(answers, groups, CATEGORIES, GROUPS)
        if number:
            matrix.signed_ranks(matrix.difference_histograms(rounds[number - 1], answers, None, CATEGORIES))
        histograms.append(counts)
    return histograms


def intervals_of_matrices(histograms: list[np.ndarray]) -> None:
    for counts in histograms:
        matrix.median_gap_intervals(counts)


def ordinary_agreement(answers: pd.Series) -> float:
    """Van der Eijk's A as one would write it down: triple by triple, layer by layer."""
    frequencies = answers.value_counts().reindex(range(1, CATEGORIES + 1), fill_value=0).to_numpy(dtype=float)
    total, agreement = frequencies.sum(), 0.0
    while frequencies.any():
        filled = frequencies > 0
        height = frequencies[filled].min()
        agreement += height * filled.sum() / total * ordinary_layer(filled)
        frequencies = np.where(filled, frequencies - height, 0)
    return agreement


def ordinary_layer(filled: np.ndarray) -> float:
    if filled.sum() == 1:
        return 1.0
    triples = [tuple(filled[list(places)]) for places in combinations(range(CATEGORIES), 3)]
    along = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    against = sum(triple == (True, False, True) for triple in triples)
    if along + against == 0:
        return 0.0
    unimodality = ((CATEGORIES - 2) * along - (CATEGORIES - 1) * against) / ((CATEGORIES - 2) * (along + against))
    return unimodality * (1 - (filled.sum() - 1) / (CATEGORIES - 1))


def ordinary_items(frame: pd.DataFrame, earlier: pd.DataFrame, groups: np.ndarray, items: list[int]) -> None:
    """n, quartiles, share and A of every group, and Wilcoxon's test, item by item."""
    for item in items:
        for _, answers in frame[item].dropna().groupby(groups[frame[item].notna()]):
            answers.quantile([0.25, 0.5, 0.75])
            (answers >= 7).mean()
            ordinary_agreement(answers)
        both = frame[item].notna() & earlier[item].notna()
        stats.wilcoxon(frame[item][both], earlier[item][both], zero_method="pratt", method="asymptotic")


def ordinary_concordance(frame: pd.DataFrame, groups: np.ndarray) -> None:
    for _, members in frame.groupby(groups):
        complete = members.dropna()
        ranks = np.array([stats.rankdata(row) for row in complete.to_numpy()])
        if len(ranks) > 1:
            stats.friedmanchisquare(*ranks.T)


def ordinary_gap(frame: pd.DataFrame, groups: np.ndarray, item: int, first: int, second: int) -> None:
    samples = [frame[item][groups == group].dropna().to_numpy() for group in (first, second)]
    stats.bootstrap(
        samples,
        lambda one, other, axis: np.median(one, axis=axis) - np.median(other, axis=axis),
        n_resamples=RESAMPLES,
        method="percentile",
        vectorized=True,
        batch=50,
        rng=np.random.default_rng(1),
    )


def seconds(work: Callable[[], Any], repeats: int = 1) -> float:
    """The best of some repeats: what the machine can do when nothing else runs on it."""
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def measure_matrices(name: str) -> Measured:
    rounds, groups = simulated_rounds(SIZES[name])
    histograms = figures_of_matrices(rounds[:1], groups)
    intervals_of_matrices(histograms)
    figures = seconds(lambda: histograms.__setitem__(slice(None), figures_of_matrices(rounds, groups)), REPEATS)
    intervals = seconds(lambda: intervals_of_matrices(histograms), REPEATS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(name, figures, intervals, peak)


def measure_ordinary(measured: Measured) -> None:
    """A part of one round, scaled up to all items, pairs and rounds."""
    size = SIZES[measured.size]
    rounds, groups = simulated_rounds(Size(size.experts, size.items, 2))
    earlier, frame = (pd.DataFrame(np.where(answers > 0, answers, np.nan)) for answers in rounds)
    items, gaps = (
        list(range(3 if size.experts < 50_000 else 1)),
        [(0, 0, 11), (1, 3, 7)][: 2 if size.experts < 50_000 else 1],
    )
    per_item = seconds(lambda: ordinary_items(frame, earlier, groups, items)) / len(items)
    concordance = seconds(lambda: ordinary_concordance(frame, groups))
    per_gap = seconds(lambda: [ordinary_gap(frame, groups, *gap) for gap in gaps]) / len(gaps)
    measured.ordinary_figures_seconds = size.rounds * (size.items * per_item + concordance)
    measured.ordinary_intervals_seconds = size.rounds * size.items * PAIRS * per_gap
    measured.extrapolated_from = (
        f"{len(items)} of {size.items} items, W of 1 of {size.rounds} rounds, "
        f"{len(gaps)} of {size.rounds * size.items * PAIRS:,} intervals"
    )


def in_own_process(name: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.statistics", "--matrices-only", name]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Measured(**json.loads(output))


def report(measured: Measured) -> str:
    size = SIZES[measured.size]
    whole = measured.figures_seconds + measured.intervals_seconds
    ordinary = measured.ordinary_figures_seconds + measured.ordinary_intervals_seconds
    return "\n".join(
        (
            f"{measured.size}: {size.experts:,} experts x {size.items} items x {size.rounds} rounds, {GROUPS} groups",
            f"  matrices   figures {measured.figures_seconds:8.3f} s   intervals {measured.intervals_seconds:8.3f} s"
            f"   peak memory {measured.peak_megabytes:,.0f} MB",
            f"  loop       figures {measured.ordinary_figures_seconds:8.1f} s   "
            f"intervals {measured.ordinary_intervals_seconds:8.0f} s   (extrapolated from {measured.extrapolated_from})",
            f"  times      figures {measured.ordinary_figures_seconds / measured.figures_seconds:8.0f} x   "
            f"with intervals {ordinary / whole:8.0f} x",
        )
    )


def goals(results: dict[str, Measured]) -> list[str]:
    """What was aimed at, and by what it is met or missed."""
    lines = []
    if "middle" in results:
        middle = results["middle"]
        times = middle.ordinary_figures_seconds / middle.figures_seconds
        lines.append(f"middle, figures at least 200 times faster: {times:.0f} x, {times / 200:.1f} times the goal")
    if "small" in results:
        spent = results["small"].intervals_seconds
        lines.append(f"small, all intervals within 0.15 s: {spent:.3f} s, {spent / 0.15:.2f} of the goal")
    if "large" in results:
        peak = results["large"].peak_megabytes
        lines.append(f"large, memory below 2,048 MB: {peak:,.0f} MB, {peak / 2048:.2f} of the goal")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--matrices-only", choices=list(SIZES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.matrices_only:
        print(json.dumps(asdict(measure_matrices(options.matrices_only))))
        return
    results = {}
    for name in options.sizes:
        results[name] = in_own_process(name)
        measure_ordinary(results[name])
        print(report(results[name]), flush=True)
    print("\n".join(goals(results)))
    if options.json:
        options.json.write_text(json.dumps({name: asdict(found) for name, found in results.items()}, indent=2) + "\n")


if __name__ == "__main__":
    main()
