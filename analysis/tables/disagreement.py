"""disagreement.csv: how much of the experts' disagreement lies between the allies, whether that narrows, and by whom.

One row for each component over all panels and over each theatre's, and the same over all items. Figures of one round are of published panels.
A change is over the panels of which every figure over both rounds may be told, those who left and joined included: its intervals, its causes and
already the word "narrows" hang on who answered twice, and of the other panels that would tell what few said.
"""

from collections.abc import Iterator, Sequence

from analysis.disclosure import Group
from analysis.published import PublishedItem
from analysis.round_data import RoundData
from analysis.rules import NOT_ASSESSED
from analysis.statistics.gaps.disagreements import CAUSES, Apportioned, overall_disagreement, question_disagreement
from analysis.statistics.sampling import DEFAULT_SEED
from analysis.tables.base import Closing, Table, Values, number, text
from analysis.tables.panel_answers import Asked, Comparison, PanelAnswers

LEAST_FOR_VERDICT = 5
DECIMALS_OVER_ALL_ITEMS = 3
NO_DISTANCE = "A number without a least and a greatest value, or a scale of one position, has no length to divide distances by."
TOO_FEW_PANELS = "Two panels with two answers each, whose rows are shown, are needed."
FIGURES = ("within", "between", "total", "between_share")
COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds, and in rows about all items"),
    text("level", "the component's measurement level; empty in rows about all items"),
    text("group_type", "all: every panel; theatre: its own panels"),
    text("group", "the code of the theatre, else all"),
    number("n_panels", "panels compared, in rows about all items on any item; each weighs the same"),
    text("left_out", "panels that are not, in rows about all items not on every item: their row is protected, or fewer than two answered; joined by |"),
    number("within", "0 to 1: mean distance of two experts of the same panel, as a share of the scale; two different options are 1 apart"),
    number("within_low", "lower limit of its 95 % interval, by resampling experts within panels; about all items to 3 decimals"),
    number("within_high", "upper limit"),
    number("between", "total less within: what the panels' difference adds (Rao 1982); a little below 0 where they differ less than by chance"),
    number("between_low", "lower limit of its 95 % interval"),
    number("between_high", "upper limit"),
    number("total", "0 to 1: mean distance of two experts, each of a panel drawn by itself"),
    number("total_low", "lower limit of its 95 % interval"),
    number("total_high", "upper limit"),
    number("between_share", "between, as a share of total"),
    number("between_share_low", "lower limit of its 95 % interval"),
    number("between_share_high", "upper limit"),
    number("previous_round", "the round compared with; empty in rows about all items that are compared with several"),
    number("n_panels_since", "panels compared in both rounds: those of which every figure over both may be told"),
    text("left_out_since", "panels of n_panels that are not; in rows about all items those left out of the change of some item; joined by |"),
    number("within_change", "change since the previous round, over the panels compared in both"),
    number("within_change_low", "lower limit of its 95 % interval"),
    number("within_change_high", "upper limit"),
    number("between_change", "change of between"),
    number("between_change_low", "lower limit of its 95 % interval"),
    number("between_change_high", "upper limit"),
    number("total_change", "change of total"),
    number("total_change_low", "lower limit of its 95 % interval"),
    number("total_change_high", "upper limit"),
    number("between_share_change", "change of between_share"),
    number("between_share_change_low", "lower limit of its 95 % interval"),
    number("between_share_change_high", "upper limit"),
    text("verdict", "narrows or widens where the interval of between_change lies below or above 0, else no_clear_change; not_assessed below 5 answers a panel"),
    text("main_cause", "of a clear change, the largest step its way: left, revision or joined"),
    number("left", "the step of between from all earlier answers to those of experts who answered again"),
    number("revision", "the step from these experts' earlier answers to their later ones"),
    number("joined", "the step from these to all answers now; the three add up to between_change"),
    number("n_items", "rows about all items: items that the figures are means of, every item and every component of an item weighing the same"),
    number("n_items_since", "rows about all items: those that the changes are means of"),
    number("draws", "resamples behind the intervals"),
    number("seed", "of their random numbers"),
    text("status", "ok; partly: of some panels the change may not be told; insufficient_n; no_variation; not_applicable"),
    text("reason", "why, where the status is not ok"),
)




def rows(item: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        answers = PanelAnswers(item.data, [Asked(item, component)])
        comparisons = [Comparison(answers, group) for group in groups_of_panels(item.data)]
        named = {"component": component.code, "level": component.level, "previous_round": item.previous_round}
        if not answers.asked[0].has_distance:
            yield from ({**named, **of_group(each.group), "status": "not_applicable", "reason": NO_DISTANCE} for each in comparisons)
            continue
        scopes = [each.scope for each in comparisons]
        now = question_disagreement(answers.questions_now[0], answers.panels, scopes)
        since = now if component.previous is None else question_disagreement(answers.questions[0], answers.panels, scopes)
        yield from ({**named, **row(*found)} for found in zip(comparisons, now, since, strict=True))


def rows_of_round(closing: Closing) -> Iterator[Values]:
    """Over all items, in which every item weighs the same."""
    every = (Asked(item, component) for item in closing.round.items for component in item.components)
    answers = PanelAnswers(closing.round.data, [asked for asked in every if asked.has_distance])
    if not answers.asked:
        return
    comparisons = [Comparison(answers, group) for group in groups_of_panels(closing.round.data)]
    scopes = [each.scope for each in comparisons]
    earlier = {asked.item.previous_round for asked in answers.asked if asked.item.previous_round is not None}
    now = overall_disagreement(answers.questions_now, answers.panels, scopes)
    since = overall_disagreement(answers.questions, answers.panels, scopes) if earlier else now
    for comparison, here, change in zip(comparisons, now, since, strict=True):
        yield {**row(comparison, here, change, DECIMALS_OVER_ALL_ITEMS), "previous_round": min(earlier) if len(earlier) == 1 else None,
               "n_items": here.n_items, "n_items_since": change.n_items_before}


def groups_of_panels(data: RoundData) -> list[Group]:
    return [group for group in data.groups if group.kind in ("all", "theatre")]


def of_group(group: Group) -> Values:
    return {"group_type": group.kind, "group": group.code}


def row(comparison: Comparison, now: Apportioned, since: Apportioned, decimals: int | None = None) -> Values:
    """decimals: of the limits of intervals."""
    values = {
        **of_group(comparison.group), "n_panels": comparison.n_panels, "left_out": "|".join(comparison.left_out),
        "n_panels_since": comparison.n_panels_since, "left_out_since": "|".join(comparison.left_out_since),
        "draws": now.draws, "seed": DEFAULT_SEED,
    }
    if not comparison.n_panels:
        return {**values, "status": "insufficient_n", "reason": TOO_FEW_PANELS}
    values.update(figures(now, FIGURES, decimals))
    if comparison.n_panels_since:
        values.update(changes(comparison, since, decimals))
    return {**values, **standing(comparison, now)}


def figures(found: Apportioned, names: Sequence[str], decimals: int | None) -> Values:
    values: Values = {}
    for name in names:
        figure = found.figures[name]
        values.update({name: figure.value, f"{name}_low": rounded(figure.low, decimals), f"{name}_high": rounded(figure.high, decimals)})
    return values


def rounded(limit: float | None, decimals: int | None) -> float | None:
    return limit if limit is None or decimals is None else round(limit, decimals) + 0.0


def changes(comparison: Comparison, found: Apportioned, decimals: int | None) -> Values:
    """The change since the earlier round, over panels of which all of it may be told."""
    values = {
        **figures(found, [f"{name}_change" for name in FIGURES], decimals),
        **{cause: found.figures[f"between_{cause}"].value for cause in CAUSES},
    }
    if comparison.fewest_answers() < LEAST_FOR_VERDICT:
        return {**values, "verdict": NOT_ASSESSED}
    return {**values, "verdict": found.verdict, "main_cause": found.main_cause}


def standing(comparison: Comparison, found: Apportioned) -> Values:
    if found.figures["total"].value == 0:
        return {"status": "no_variation", "reason": "All answers of all panels are equal."}
    if comparison.looks_back and not comparison.n_panels_since:
        return {"status": "partly", "reason": "Of fewer than two panels may every figure over both rounds be told: nothing is said of the change."}
    if comparison.left_out_since:
        return {"status": "partly", "reason": "left_out_since names the panels of which not every figure over both rounds may be told."}
    return {"status": "ok", "reason": ""}


TABLE = Table("disagreement", COLUMNS, of_item=rows, of_round=rows_of_round)
