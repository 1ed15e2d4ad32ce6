"""disagreement.csv: how much of the experts' disagreement lies between the allies, whether that narrows, and by whom.

One row for each component over all panels and over each theatre's, and the same over all items. Figures of one round are of published panels.
A change is over the panels of which every figure over both rounds may be told, those who left and joined included: its intervals, its causes and
already the word "narrows" hang on who answered twice, and of the other panels that would tell what few said.
"""

from collections.abc import Iterator, Sequence

from analysis.disclosure import Group
from analysis.published import PublishedItem
from analysis.rules import NOT_ASSESSED
from analysis.statistics.gaps.disagreements import CAUSES, NO_CLEAR_CHANGE, Apportioned
from analysis.statistics.sampling import DEFAULT_SEED
from analysis.tables.base import Closing, Table, Values, number, text
from analysis.tables.panel_answers import LEAST_FOR_VERDICT
from analysis.tables.split_disagreement import SplitDisagreement, groups_of_panels, split_of_item, split_of_round

DECIMALS_OVER_ALL_ITEMS = 3
NO_DISTANCE = "A number without a least and a greatest value, or a scale of one position, has no length to divide distances by."
TOO_FEW_PANELS = "Two panels with two answers each, whose rows are shown, are needed."
UNTOLD = "Of fewer than two panels may every figure over both rounds be told: nothing is said of the change."
FEW = f" fewer than {LEAST_FOR_VERDICT} answers in either round."
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
    number("n_panels_since", "panels compared in both rounds: those of which every figure over both may be told, with 5 answers in either; where no two "
                             "panels have so many on any component, those with two answers in either"),
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
    text("verdict", "narrows or widens where the interval of between_change lies below or above 0, else no_clear_change; "
                    "not_assessed where no two panels have 5 answers in both rounds"),
    text("main_cause", "of a clear change, the largest step its way: left, revision or joined"),
    text("cause_status", "ok, or why main_cause is empty: no_clear_change, not_assessed (as the verdict); protected: nothing may be told of the change; "
                         "insufficient_n: of a panel fewer than two answered twice; empty without an earlier round"),
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
    splits = split_of_item(item)
    for component in item.components:
        named = {"component": component.code, "level": component.level, "previous_round": item.previous_round}
        if splits[component.code]:
            yield from ({**named, **row(split)} for split in splits[component.code])
        else:
            groups = groups_of_panels(item.data)
            yield from ({**named, **of_group(group), "status": "not_applicable", "reason": NO_DISTANCE} for group in groups)


def rows_of_round(closing: Closing) -> Iterator[Values]:
    """Over all items, in which every item weighs the same."""
    for split in split_of_round(closing.round):
        asked = split.comparison.asked
        earlier = {each.item.previous_round for each in asked if each.item.previous_round is not None}
        yield {**row(split, DECIMALS_OVER_ALL_ITEMS), "previous_round": min(earlier) if len(earlier) == 1 else None,
               "n_items": split.now.n_items, "n_items_since": split.since.n_items_before}


def of_group(group: Group) -> Values:
    return {"group_type": group.kind, "group": group.code}


def row(split: SplitDisagreement, decimals: int | None = None) -> Values:
    """decimals: of the limits of intervals."""
    comparison = split.comparison
    values = {
        **of_group(comparison.group), "n_panels": comparison.n_panels, "left_out": "|".join(comparison.left_out),
        "n_panels_since": comparison.n_panels_since, "left_out_since": "|".join(comparison.left_out_since),
        "draws": split.now.draws, "seed": DEFAULT_SEED,
    }
    if not comparison.n_panels:
        return {**values, "status": "insufficient_n", "reason": TOO_FEW_PANELS}
    values.update(figures(split.now, FIGURES, decimals))
    if comparison.n_panels_since:
        values.update(changes(split.since, decimals))
    return {**values, **judged(split), **standing(split)}


def figures(found: Apportioned, names: Sequence[str], decimals: int | None) -> Values:
    values: Values = {}
    for name in names:
        figure = found.figures[name]
        values.update({name: figure.value, f"{name}_low": rounded(figure.low, decimals), f"{name}_high": rounded(figure.high, decimals)})
    return values


def rounded(limit: float | None, decimals: int | None) -> float | None:
    return limit if limit is None or decimals is None else round(limit, decimals) + 0.0


def changes(found: Apportioned, decimals: int | None) -> Values:
    """The change since the earlier round, over panels of which all of it may be told."""
    return {
        **figures(found, [f"{name}_change" for name in FIGURES], decimals),
        **{cause: found.figures[f"between_{cause}"].value for cause in CAUSES},
    }


def judged(split: SplitDisagreement) -> Values:
    """The verdict on the change; what caused it, or why that is not said."""
    if not split.comparison.looks_back:
        return {}
    verdict = split.verdict
    if verdict is None:
        return {"cause_status": "protected"}
    if verdict in (NOT_ASSESSED, NO_CLEAR_CHANGE):
        return {"verdict": verdict, "cause_status": verdict}
    cause = split.since.main_cause
    return {"verdict": verdict, "main_cause": cause, "cause_status": "ok" if cause else "insufficient_n"}


def standing(split: SplitDisagreement) -> Values:
    comparison = split.comparison
    if split.now.figures["total"].value == 0:
        return {"status": "no_variation", "reason": "All answers of all panels are equal."}
    if comparison.looks_back and not comparison.n_panels_since:
        return {"status": "partly", "reason": UNTOLD}
    if comparison.untold_since:
        return {"status": "partly", "reason": "left_out_since names the panels of which not every figure over both rounds may be told"
                                              f"{', or that have' + FEW if comparison.left_out_since != comparison.untold_since else '.'}"}
    if comparison.left_out_since:
        return {"status": "partly", "reason": f"left_out_since names the panels that have{FEW}"}
    return {"status": "ok", "reason": ""}


TABLE = Table("disagreement", COLUMNS, of_item=rows, of_round=rows_of_round)
