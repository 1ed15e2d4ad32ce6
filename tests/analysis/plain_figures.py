"""The figures of the further tables worked out a second time, as plainly as can be: loops over people, pandas and scipy.

Nothing of the product's own statistics is used here. Values are answers of single experts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, product

import numpy as np
import pandas
from scipy import special, stats

Answers = Sequence[float]


def hodges_lehmann(first: Answers, second: Answers) -> float:
    return float(np.median([x - y for x in first for y in second]))


def cliffs_delta(first: Answers, second: Answers) -> float:
    signs = [(x > y) - (x < y) for x in first for y in second]
    return sum(signs) / len(signs)


def p_mann_whitney(first: Answers, second: Answers) -> float:
    return float(stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic").pvalue)


def total_variation(first: Answers, second: Answers, edges: Sequence[float]) -> float:
    shares = [np.histogram(given, edges)[0] / len(given) for given in (first, second)]
    return float(np.abs(shares[0] - shares[1]).sum() / 2)


def equivalent(first: Answers, second: Answers, margin: float) -> bool:
    """Both one-sided Welch tests below 5 %."""
    raised, lowered = np.add(first, margin), np.subtract(first, margin)
    with np.errstate(divide="ignore", invalid="ignore"):
        above = stats.ttest_ind(raised, second, equal_var=False, alternative="greater").pvalue
        below = stats.ttest_ind(lowered, second, equal_var=False, alternative="less").pvalue
    return bool(max(above, below) < 0.05)


def holm(values: Sequence[float]) -> list[float]:
    """Holm 1979: the smallest of m times m, the next times m - 1, ..., never below the one before."""
    adjusted, least = [0.0] * len(values), 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda place: values[place])):
        least = max(least, min(1.0, (len(values) - rank) * values[place]))
        adjusted[place] = least
    return adjusted


def p_wilcoxon(before: Answers, after: Answers, most_moves_for_exact: int = 15) -> float:
    """Pratt's zeros; exact over all signs of the ranks, ties and all, else the normal law."""
    moves = np.round(np.subtract(after, before), 9)
    ranks = stats.rankdata(np.abs(moves))[moves != 0]
    if not ranks.size:
        return 1.0
    if ranks.size > most_moves_for_exact:
        return float(stats.wilcoxon(after, before, zero_method="pratt", correction=False, method="asymptotic").pvalue)
    signs = np.array(list(product((0, 1), repeat=ranks.size)))
    distances = np.abs(signs @ ranks - ranks.sum() / 2)
    given = abs(ranks[moves[moves != 0] > 0].sum() - ranks.sum() / 2)
    return float((distances >= given - 1e-9).mean())


def rank_biserial(before: Answers, after: Answers) -> float:
    moves = np.round(np.subtract(after, before), 9)
    moves = moves[moves != 0]
    ranks = stats.rankdata(np.abs(moves))
    return float((ranks * np.sign(moves)).sum() / ranks.sum())


def walsh_median(before: Answers, after: Answers) -> float:
    moves = np.subtract(after, before)
    return float(np.median([(moves[i] + moves[j]) / 2 for i in range(len(moves)) for j in range(i, len(moves))]))


def mean_absolute_deviation(answers: Answers) -> float:
    return float(np.abs(np.asarray(answers) - np.median(answers)).mean())


def p_swapped(before: Answers, after: Answers, spread: Callable[[Answers], float]) -> float:
    """All ways to swap the two answers within experts: how many lead to spreads at least as far apart."""
    pairs = np.array([before, after]).T
    given = abs(spread(pairs[:, 1]) - spread(pairs[:, 0]))
    ways = [np.where(np.array(swap)[:, None] == 1, pairs[:, ::-1], pairs) for swap in product((0, 1), repeat=len(pairs))]
    return float(np.mean([abs(spread(way[:, 1]) - spread(way[:, 0])) >= given - 1e-9 for way in ways]))


def weighted_kappa(before: Answers, after: Answers, points: int) -> float:
    """Quadratic weights: observed squared distances over those of all pairs of anybody's first and anybody's second answer."""
    observed = np.mean([(x - y) ** 2 for x, y in zip(before, after, strict=True)])
    expected = np.mean([(x - y) ** 2 for x in before for y in after])
    return float(1 - observed / expected)


def distance_within(answers: Answers, length: float) -> float:
    """Mean distance of two different experts of a panel: W."""
    return float(np.mean([abs(x - y) for x, y in combinations(answers, 2)])) / length


def distance_across(first: Answers, second: Answers, length: float) -> float:
    """Mean distance of an expert of one panel and one of another: C."""
    return float(np.mean([abs(x - y) for x in first for y in second])) / length


def apportioned(panels: Mapping[str, Answers], length: float) -> dict[str, float]:
    """Rao 1982 over panels of equal weight; panels with fewer than two answers are left out."""
    known = [answers for answers in panels.values() if len(answers) > 1]
    within = float(np.mean([distance_within(answers, length) for answers in known]))
    across = float(np.mean([distance_across(first, second, length) for first, second in combinations(known, 2)]))
    total = within / len(known) + (1 - 1 / len(known)) * across
    return {"within": within, "total": total, "between": total - within}


def pools(percent: Iterable[float]) -> dict[str, float]:
    """Pools of one event's probability, 0 to 100; 0 and 1 stand at half a per cent and its counterpart among log odds."""
    p = np.array(list(percent)) / 100
    inside = np.where(p == 0, 0.005, np.where(p == 1, 0.995, p))
    log_odds = np.log(inside / (1 - inside)).mean()
    n = p.size
    factor = n * (np.sqrt(3 * n**2 - 3 * n + 1) - 2) / (n**2 - n - 1)
    found = {
        "linear": p.mean(), "median": np.median(p), "trimmed": stats.trim_mean(p, 0.1),
        "geometric_mean_of_odds": special.expit(log_odds), "logarithmic": special.expit(log_odds),
        "probit": stats.norm.cdf(stats.norm.ppf(inside).mean()), "extremized": special.expit(1.5 * log_odds),
        "neyman_roughgarden": special.expit(factor * log_odds),
    }
    return {name: 100 * float(value) for name, value in found.items()}


def shape(answers: Answers) -> dict[str, float]:
    """Of one group's answers, as far as they vary."""
    given = pandas.Series(answers, dtype=float)
    return {
        "mean_abs_dev_median": mean_absolute_deviation(answers), "median_abs_dev": float(stats.median_abs_deviation(given)),
        "gini_mean_difference": float(np.mean([abs(x - y) for x, y in combinations(answers, 2)])),
        "skewness": float(given.skew()), "excess_kurtosis": float(given.kurt()),  # type: ignore[arg-type]
    }


def van_der_eijk(histogram: Sequence[int]) -> float:
    """Van der Eijk 2001, layer by layer: A = sum of the layers' weights times U (1 - (S - 1)/(K - 1))."""
    left, points, found = np.array(histogram, dtype=float), len(histogram), 0.0
    while left.sum() > 0:
        pattern = left > 0
        height = left[pattern].min()
        weight = height * pattern.sum() / sum(histogram)
        found += weight * unimodality(pattern.tolist()) * (1 - (pattern.sum() - 1) / (points - 1))
        left[pattern] -= height
    return float(found)


def unimodality(pattern: Sequence[bool]) -> float:
    """U = ((K - 2) TU - (K - 1) TDU) / ((K - 2)(TU + TDU)) over triples of positions: 1 1 0 and 0 1 1 speak for one mode, 1 0 1 against it."""
    points, size = len(pattern), sum(pattern)
    if size in (0, points):
        return 1.0 if size == 0 else 0.0
    for_one = against = 0
    for first, middle, last in combinations(pattern, 3):
        for_one += (first, middle, last) in ((True, True, False), (False, True, True))
        against += (first, middle, last) == (True, False, True)
    if size == 1:
        return 1.0
    return ((points - 2) * for_one - (points - 1) * against) / ((points - 2) * (for_one + against))
