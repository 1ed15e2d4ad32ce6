"""The whole of aggregates.csv, written a second time from the definition alone: exact fractions, slow and obvious.

From a study's definition, who was invited to each round, and the answers that counted. Nothing of `analysis` is used.
Figures of a row are computed whether it is shown or not; what is shown is decided at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from functools import partial
from itertools import combinations
from math import floor
from typing import Any

from tests.journeys.oracle_answers import RoundHeld, cannot_judge, that_count, valid_answers
from tests.journeys.oracle_disclosure import Row, shown_by_the_book
from tests.journeys.oracle_study import TOGETHER, Question, groups_of, minimum_of, panels_of, questions_of

COLUMNS = [
    "study", "round", "section", "item", "item_version", "kind", "component", "level", "group_type", "group",
    "n_invited", "n_submitted", "n", "n_cannot_judge", "n_missing", "median", "q1", "q3", "iqr", "mean", "sd",
    "band_share", "consensus_rule", "consensus", "n_pairs", "percent_changed", "iqr_change", "sd_change", "scheibe",
    "stability_rule", "stability", "outcome", "suppressed", "rule_value", "stability_value", "modal", "modal_share",
    "paired_coarse",
]
NUMERIC = ("ordinal", "interval", "probability", "rank", "share")
"""Levels whose spread a rule may judge. Two options of yes and no have one too, but no rule looks at it."""
KEPT_WHEN_SUPPRESSED = {*COLUMNS[: COLUMNS.index("n")], "consensus_rule", "stability_rule", "suppressed"}

Figures = dict[str, Any]
Names = set[tuple[str, str]]
Told = Callable[[int, Question, Row], tuple[bool, bool]]
Further = Callable[[int, Question, Sequence[Row], Mapping[str, Sequence[Any]]], Names]


def expected_table(definition: Mapping[str, Any], rounds: Sequence[RoundHeld], further: Further, told: Told | None = None) -> list[dict[str, str]]:
    """Every row of the file, as text. `further`: which rows the documented last check hides beyond the book. `told`: what the check of both
    rounds leaves of figures over pairs, at most what the book tells."""
    rows: list[dict[str, str]] = []
    shown: dict[tuple[int, str, str], Names] = {}
    counting = [that_count(definition, held) for held in rounds]
    for place, held in enumerate(counting):
        for questions in questions_of(definition):
            code = questions[0].code
            if code not in held.asked:
                continue
            before = max((earlier for earlier in range(place) if code in counting[earlier].asked), default=None)
            waited_for = shown_of_source(questions[0].item, place, shown)
            for part, names in shown_now(definition, questions, held, partial(further, place)).items():
                shown[place, code, part] = names if waited_for is None else names & waited_for
            pairs_shown = shown_pairs(definition, questions, held, None if before is None else counting[before])
            for question in questions:
                compared = None if before is None else (counting[before], shown[before, code, question.component], pairs_shown[question.component])
                left = partial(told, place, question) if told else everything
                found = rows_of_question(definition, question, held, shown[place, code, question.component], compared, left)
                rows += [as_cells({**figures, "round": place + 1}) for figures in found]
    return rows


def shown_now(definition: Mapping[str, Any], questions: Sequence[Question], held: RoundHeld,
              further: Callable[[Question, Sequence[Row], Mapping[str, Sequence[Any]]], Names]) -> dict[str, Names]:
    """Component → the groups shown. Ranks and points add up to a constant: there, those whose every component may be shown."""
    groups, found = groups_of(definition), {}
    for question in (question for question in questions if not question.is_whole):
        values = by_panel(definition, held, valid_answers(question, held))
        found[question.component] = shown_by_the_book(groups, values, minimum_of(definition)) - further(question, groups, values)
    return together(questions, found)


def shown_of_source(item: Mapping[str, Any], place: int, shown: Mapping[tuple[int, str, str], Names]) -> Names | None:
    """The groups shown of what an item waits for: how many were asked it tells how many gave that answer."""
    condition = item.get("shown_if")
    return shown[place, condition["item"], condition.get("includes", condition.get("component", ""))] if condition else None


def where_the_condition_is_shown(definition: Mapping[str, Any], questions: Sequence[Question], shown: dict[str, Names],
                                 known: Mapping[tuple[str, str], Names]) -> dict[str, Names]:
    """How many were asked an item tells how many gave the answer that it waits for, so that answer's row must be shown too.

    `known`: what this round shows of the items before.
    """
    condition = questions[0].item.get("shown_if")
    if condition is None:
        return shown
    waited_for = known.get((condition["item"], condition.get("includes", condition.get("component", ""))))
    return shown if waited_for is None else {part: names & waited_for for part, names in shown.items()}


def shown_pairs(definition: Mapping[str, Any], questions: Sequence[Question], held: RoundHeld, before: RoundHeld | None) -> dict[str, Names]:
    """The same over experts who answered in both rounds, each value with the one before."""
    found = {}
    for question in (question for question in questions if not question.is_whole):
        earlier = valid_answers(question, before) if before else {}
        steps = {person: (earlier[person], value) for person, value in valid_answers(question, held).items() if person in earlier}
        found[question.component] = shown_by_the_book(groups_of(definition), by_panel(definition, held, steps), minimum_of(definition))
    return together(questions, found)


def by_panel(definition: Mapping[str, Any], held: RoundHeld, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {panel: [value for person, value in values.items() if held.invited[person] == panel] for panel in panels_of(definition)}


def together(questions: Sequence[Question], shown: dict[str, Names]) -> dict[str, Names]:
    if questions[0].item["kind"] not in TOGETHER:
        return shown
    return {question.component: set.intersection(*shown.values()) for question in questions}


def everything(_group: Row) -> tuple[bool, bool]:
    """Pairs are told, and not coarse for others' sake."""
    return True, False


def rows_of_question(definition: Mapping[str, Any], question: Question, held: RoundHeld, shown: Names,
                     compared: tuple[RoundHeld, Names, Names] | None, left: Callable[[Row], tuple[bool, bool]]) -> list[Figures]:
    """`compared`: the round before, which rows it shows, and for which groups pairs may be shown. `left`: are a group's pairs told, and coarse
    for others' sake?"""
    found = []
    for group in groups_of(definition):
        figures = counts_and_spread(question, held, group)
        judge_consensus(question, figures)
        if compared is not None:
            before, shown_before, pairs_shown = compared
            both_shown = group[:2] in shown & shown_before
            compare_rounds(question, figures, counts_and_spread(question, before, group), both_shown)
            forgotten: frozenset[str] = frozenset() if is_published_people(group, shown_before) else held.erased
            is_told, is_coarse = left(group)
            pairs_told = both_shown and group[:2] in pairs_shown and is_told
            compare_pairs(question, figures, held, without(before, forgotten), group, minimum_of(definition), pairs_told, is_coarse)
        judge_stability(question, figures)
        figures["outcome"] = outcome_of(figures)
        figures.update(identity(definition, question, group))
        figures["suppressed"] = "no" if group[:2] in shown else "yes"
        found.append(figures)
    return found


def is_published_people(group: Row, shown: set[tuple[str, str]]) -> bool:
    """Are these people's figures published? `equal_weight` and `all` are the same people."""
    return group[:2] in shown or (group[0] == "equal_weight" and ("all", "all") in shown)


def without(held: RoundHeld, people: frozenset[str]) -> RoundHeld:
    """The round without those whose answers are erased, which nothing published remembers."""
    return replace(held, responses={person: answers for person, answers in held.responses.items() if person not in people})


def identity(definition: Mapping[str, Any], question: Question, group: Row) -> Figures:
    item = question.item
    return {"study": definition["study"], "section": question.section, "item": item["code"], "item_version": item.get("version", 1),
            "kind": item["kind"], "component": question.component, "level": question.level, "group_type": group[0], "group": group[1]}


# --- One round

def weighted_answers(question: Question, held: RoundHeld, group: Row) -> list[tuple[Any, Fraction]]:
    """The group's values with their weights: 1, or under equal weight 1 / (answers of the panel)."""
    values = valid_answers(question, held)
    sizes = {panel: sum(held.invited[person] == panel for person in values) for panel in group[2]}
    return [(value, Fraction(1, sizes[held.invited[person]]) if group[0] == "equal_weight" else Fraction(1))
            for person, value in values.items() if held.invited[person] in group[2]]


def counts_and_spread(question: Question, held: RoundHeld, group: Row) -> Figures:
    responses = [answers for person, answers in held.responses.items() if held.invited[person] in group[2]]
    answers = weighted_answers(question, held, group)
    unjudged = sum(cannot_judge(question, given) for given in responses)
    figures: Figures = {
        "n_invited": sum(panel in group[2] for panel in held.invited.values()), "n_submitted": len(responses), "n": len(answers),
        "n_cannot_judge": unjudged, "n_missing": len(responses) - len(answers) - unjudged, "paired_coarse": "no",
        "histograms": histograms_of_options(answers) if question.is_whole else [histogram_of(question, answers)],
        "quantile": lambda share: quantile(answers, share, None if group[0] == "equal_weight" else question.quantile_type),
    }
    if question.is_whole:
        figures["w"] = kendall_w([order for order, _weight in answers]) if group[0] != "equal_weight" else None
    elif answers and question.level != "nominal":
        figures["q1"], figures["q3"] = figures["quantile"](Fraction(1, 4)), figures["quantile"](Fraction(3, 4))
        # The quantile type governs the quartiles; the median is the middle answer, or the mean of the two in the middle.
        figures["median"] = quantile(answers, Fraction(1, 2), None if group[0] == "equal_weight" else 7)
        figures["iqr"] = figures["q3"] - figures["q1"]
        figures["mean"] = mean_of(answers)
        figures["sd"] = sd_of(answers)
    if answers and question.categories:
        (shares,) = figures["histograms"]
        figures["modal_share"] = max(shares)
        commonest = [category for category, share in zip(question.categories, shares, strict=True) if share == max(shares)]
        figures["modal"] = "|".join(str(category) for category in commonest)
    return figures


def histogram_of(question: Question, answers: Sequence[tuple[Any, Fraction]]) -> list[Fraction]:
    """Shares over categories, or over ten equal bins with the right end in the last; [] where neither is defined."""
    total = sum(weight for _value, weight in answers)
    if not total:
        return []
    bins = [bin_of(question, value) for value, _weight in answers]
    if None in bins:
        return []
    return [sum((weight for place, (_value, weight) in zip(bins, answers, strict=True) if place == number), Fraction(0)) / total
            for number in range(len(question.categories) or 10)]


def bin_of(question: Question, value: Any) -> int | None:
    if question.categories:
        return question.categories.index(value)
    if question.limits is None:
        return None
    low, high = question.limits
    return min(9, floor((value - low) / (high - low) * 10))


def histograms_of_options(answers: Sequence[tuple[tuple[int, ...], Fraction]]) -> list[list[Fraction]]:
    """For each option of a ranking, the shares of the ranks it was given."""
    total = sum(weight for _order, weight in answers)
    options = range(len(answers[0][0])) if answers else ()
    return [[sum((weight for order, weight in answers if order[option] == rank + 1), Fraction(0)) / total for rank in options] for option in options]


def kendall_w(orders: Sequence[tuple[int, ...]]) -> Fraction | None:
    """12 S / (m² (k³ - k)) with S = Σ (R - R̄)² over the options' sums of ranks (Kendall and Babington Smith 1939); two rankings at least."""
    if len(orders) < 2:
        return None
    m, k = len(orders), len(orders[0])
    sums = [sum(order[option] for order in orders) for option in range(k)]
    return Fraction(12 * sum((Fraction(total) - Fraction(m * (k + 1), 2)) ** 2 for total in sums)) / (m**2 * (k**3 - k))


def quantile(answers: Sequence[tuple[Fraction, Fraction]], p: Fraction, kind: int | None) -> Fraction:
    """Hyndman and Fan's types 1 to 9, or (None) the weighted one."""
    if kind is None:
        return weighted_quantile(answers, p)
    x = sorted(value for value, _weight in answers)
    n = len(x)
    m = {1: Fraction(0), 2: Fraction(0), 3: Fraction(-1, 2), 4: Fraction(0), 5: Fraction(1, 2), 6: p, 7: 1 - p, 8: (p + 1) / 3, 9: p / 4 + Fraction(3, 8)}[kind]
    j = floor(n * p + m)
    g = n * p + m - j
    gamma = g
    if kind == 1:
        gamma = Fraction(g > 0)
    elif kind == 2:
        gamma = Fraction(1) if g > 0 else Fraction(1, 2)
    elif kind == 3:
        gamma = Fraction(not (g == 0 and j % 2 == 0))
    lower, upper = x[min(max(j, 1), n) - 1], x[min(max(j + 1, 1), n) - 1]
    return (1 - gamma) * lower + gamma * upper


def weighted_quantile(answers: Sequence[tuple[Fraction, Fraction]], p: Fraction) -> Fraction:
    """Type 7 with Kish's n*: each sorted value gets the mass of the uniform law between the cumulative weights beside it."""
    total, squares = (sum((weight**power for _value, weight in answers), Fraction(0)) for power in (1, 2))
    kish = total**2 / squares
    h = p * (kish - 1) + 1
    low, high = (h - 1) / kish, h / kish
    below, found = Fraction(0), Fraction(0)
    for value, weight in sorted(answers):
        above = below + weight / total
        found += value * max(Fraction(0), min(high, above) - max(low, below)) * kish
        below = above
    return found


def mean_of(answers: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    return sum((value * weight for value, weight in answers), Fraction(0)) / sum((weight for _value, weight in answers), Fraction(0))


def sd_of(answers: Sequence[tuple[Fraction, Fraction]]) -> Decimal | None:
    """Reliability weights, divisor V1 - V2 / V1; with weights of 1 that is n - 1."""
    first, second = (sum((weight**power for _value, weight in answers), Fraction(0)) for power in (1, 2))
    divisor = first - second / first
    if not divisor:
        return None
    mean = mean_of(answers)
    variance = sum((weight * (value - mean) ** 2 for value, weight in answers), Fraction(0)) / divisor
    return exact(variance).sqrt()


# --- Consensus

def judge_consensus(question: Question, figures: Figures) -> None:
    rule = question.consensus
    figures["consensus_rule"] = rule.get("rule", "")
    value = consensus_value(question, rule, figures) if figures["n"] and rule else None
    figures["rule_value"] = value
    if value is not None and rule["rule"] in ("percent_agreement", "modal_share"):
        figures["band_share"] = value
    figures["consensus"] = verdict(value, {"at_most": 1} if rule.get("rule") == "rand" else rule, "reached", "not_reached")


def consensus_value(question: Question, rule: Mapping[str, Any], figures: Figures) -> Any:
    name, level = rule["rule"], question.level
    if question.is_whole:
        return figures["w"] if name == "kendall_w" else None
    (shares,) = figures["histograms"]
    if name == "modal_share":
        return max(shares) if level in ("nominal", "ordinal", "binary") else None
    if name == "percent_agreement" and level == "binary":
        return max(shares)
    if name in ("iqr", "sd") and level in NUMERIC:
        return figures[name]
    if name == "relative_iqr" and level in NUMERIC:
        return figures["iqr"] / abs(figures["median"]) if figures["median"] else None
    if level != "ordinal":
        return None
    if name == "percent_agreement":
        return band_share(shares, rule["band"])
    if name == "van_der_eijk":
        return van_der_eijk(shares)
    if name == "rand" and len(shares) == 9:
        return disagreement_index(figures["quantile"])
    return None


def band_share(shares: Sequence[Fraction], band: Any) -> Fraction:
    top, bottom = sum(shares[-2:], Fraction(0)), sum(shares[:2], Fraction(0))
    named = {"top_two": top, "bottom_two": bottom, "either_end": max(top, bottom)}
    return named[band] if isinstance(band, str) else sum(shares[band[0] - 1 : band[1]], Fraction(0))


def disagreement_index(of: Callable[[Fraction], Fraction]) -> Fraction:
    """IPR / IPRAS (RAND/UCLA, Fitch et al. 2001): above 1 is disagreement."""
    low, high = of(Fraction(3, 10)), of(Fraction(7, 10))
    return (high - low) / (Fraction("2.35") + Fraction("1.5") * abs(5 - (low + high) / 2))


def van_der_eijk(shares: Sequence[Fraction]) -> Fraction | None:
    """A (Quality & Quantity 2001, 35:325): layers of the histogram, each with its unimodality."""
    k = len(shares)
    if k < 3:
        return None
    rest, found = list(shares), Fraction(0)
    while any(rest):
        layer = min(share for share in rest if share)
        pattern = [int(share > 0) for share in rest]
        found += layer * sum(pattern) * agreement_of_layer(pattern, k)
        rest = [share - layer * filled for share, filled in zip(rest, pattern, strict=True)]
    return found


def agreement_of_layer(pattern: Sequence[int], k: int) -> Fraction:
    if sum(pattern) == 1:
        return Fraction(1)
    triples = list(combinations(pattern, 3))
    fitting, deviating = sum(triple in ((1, 1, 0), (0, 1, 1)) for triple in triples), triples.count((1, 0, 1))
    if not fitting + deviating:
        return Fraction(0)
    unimodality = Fraction((k - 2) * fitting - (k - 1) * deviating, (k - 2) * (fitting + deviating))
    return unimodality * (1 - Fraction(sum(pattern) - 1, k - 1))


def verdict(value: Any, rule: Mapping[str, Any], yes: str, no: str) -> str:
    """Compared after rounding to 9 decimals."""
    if value is None:
        return "not_assessed"
    shown = exact(value).quantize(Decimal("1e-9"), ROUND_HALF_EVEN)
    tests = {"at_least": shown.__ge__, "at_most": shown.__le__, "below": shown.__lt__}
    ((comparator, threshold),) = ((key, rule[key]) for key in tests if key in rule)
    return yes if tests[comparator](Decimal(str(threshold))) else no


# --- Against the previous round

def compare_rounds(question: Question, figures: Figures, before: Figures, both_shown: bool) -> None:
    """Over all answers that counted in each round; only where the group's rows of both are published."""
    if not both_shown:
        return
    for name in ("iqr", "sd"):
        if figures.get(name) is not None and before.get(name) is not None:
            figures[f"{name}_change"] = exact(figures[name]) - exact(before[name])
    changes = [100 * sum(abs(new - old) for new, old in zip(after, earlier, strict=True)) / 2
               for after, earlier in zip(figures["histograms"], before["histograms"], strict=False) if after and earlier]
    if changes:
        figures["scheibe"] = Fraction(sum(changes)) / len(changes)


def compare_pairs(question: Question, figures: Figures, held: RoundHeld, before: RoundHeld, group: Row, minimum: int, shown: bool,
                  is_coarse: bool) -> None:
    """`is_coarse`: told roughly also where nobody of the group, or many, left and joined."""
    if not shown:
        return
    now, earlier = ({person: value for person, value in valid_answers(question, each).items() if each.invited[person] in group[2]}
                    for each in (held, before))
    both = [person for person in now if person in earlier]
    sizes = {panel: sum(held.invited[person] == panel for person in both) for panel in group[2]}
    weights = {person: Fraction(1, sizes[held.invited[person]]) if group[0] == "equal_weight" else Fraction(1) for person in both}
    coarse = is_coarse or any(1 <= number < minimum for number in (len(earlier) - len(both), len(now) - len(both)))
    figures["n_pairs"] = len(both)
    figures["paired_coarse"] = "yes" if coarse else "no"
    if both:
        changed = sum(weights[person] for person in both if now[person] != earlier[person])
        figures["fine_percent"] = 100 * Fraction(changed) / sum(weights.values())
        figures["percent_changed"] = middle_of_fifth(figures["fine_percent"]) if coarse else figures["fine_percent"]
        if question.level == "ordinal":
            figures["fine_kappa"] = weighted_kappa([(earlier[person], now[person], weights[person]) for person in both])


def judge_stability(question: Question, figures: Figures) -> None:
    rule, coarse = question.stability, figures.get("paired_coarse") == "yes"
    name = rule.get("rule", "")
    source = {"scheibe": "scheibe", "percent_changed": "fine_percent", "weighted_kappa": "fine_kappa"}.get(name, "")
    value = figures.get(source)
    figures["stability"] = verdict(value, rule, "stable", "unstable")
    if coarse and name in ("percent_changed", "weighted_kappa") and tells_that_nobody_changed(rule, figures["n_pairs"]):
        figures["stability"] = "not_assessed"
    if coarse and value is not None and name == "percent_changed":
        value = middle_of_fifth(value)
    if coarse and value is not None and name == "weighted_kappa":
        value = exact(value).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    figures["stability_rule"], figures["stability_value"] = name, value


def tells_that_nobody_changed(rule: Mapping[str, Any], n_pairs: int) -> bool:
    """With so few pairs a single change is too much already. Both verdicts go: one left out would be told by its absence."""
    if rule["rule"] == "weighted_kappa":
        return bool(rule["at_least"] == 1)
    if "below" in rule:
        return Fraction(str(rule["below"])) * n_pairs <= 100
    return Fraction(str(rule["at_most"])) * n_pairs < 100


def middle_of_fifth(percent: Fraction) -> Fraction:
    """A boundary counts down."""
    return Fraction(next(middle for middle in (10, 30, 50, 70, 90) if percent <= middle + 10))


def weighted_kappa(steps: Sequence[tuple[Fraction, Fraction, Fraction]]) -> Fraction | None:
    """Cohen's, quadratic weights: 1 - (observed disagreement) / (disagreement expected from the margins)."""
    total = sum(weight for _before, _after, weight in steps)
    observed = sum((weight / total * (before - after) ** 2 for before, after, weight in steps), Fraction(0))
    expected = sum((one / total * other / total * (before - after) ** 2
                    for before, _after, one in steps for _before, after, other in steps), Fraction(0))
    return 1 - observed / expected if expected else None


def outcome_of(figures: Figures) -> str:
    if "not_assessed" in (figures["consensus"], figures["stability"]):
        return "not_assessed"
    return f"{figures['stability']}_{'consensus' if figures['consensus'] == 'reached' else 'dissent'}"


# --- Cells

def exact(value: Fraction | Decimal | int) -> Decimal:
    if isinstance(value, Decimal):
        return value
    with localcontext() as context:
        context.prec = 60
        return Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)


def cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    text = f"{exact(value).quantize(Decimal('1e-6'), ROUND_HALF_EVEN):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def as_cells(figures: Figures) -> dict[str, str]:
    hidden = figures["suppressed"] == "yes"
    return {name: "" if hidden and name not in KEPT_WHEN_SUPPRESSED else cell(figures.get(name)) for name in COLUMNS}
