"""Figures made up for looking at the charts, with 3 and with 17 allies: no result of any study."""

from analysis.charts import (
    ABOVE,
    BELOW,
    UNCLEAR,
    Bars,
    Caption,
    Chart,
    Diverging,
    Estimate,
    FlowLane,
    FlowStep,
    HeatCell,
    HeatRow,
    IntervalRow,
    Known,
    MapAxis,
    MapPoint,
    MapWords,
    PairedRow,
    PairNames,
    PathPoint,
    PathSeries,
    Range,
    Reference,
    Sequential,
    SplitNames,
    SplitRow,
    Spread,
    SpreadAxis,
    SpreadNames,
    SpreadRow,
    distribution_chart,
    flow_chart,
    heat_map,
    interval_chart,
    map_chart,
    pair_chart,
    path_chart,
    split_chart,
)  # fmt: skip

ALLIES = (
    "United States", "Republic of Korea", "Japan", "Australia", "New Zealand", "Philippines", "Canada", "United Kingdom", "Germany", "France", "Poland",
    "Norway", "Netherlands", "Czech Republic", "Bosnia and Herzegovina", "Türkiye", "Estonia",
)  # fmt: skip
FUNCTIONS = ("Lead", "Strike", "Missile defence", "Intelligence", "Sanctions", "Host forces", "Replenishment")
TARGETS = ("Leading the coalition", "Striking back", "Missile defence of others", "Sharing intelligence", "Economic sanctions")
PROTECTED = Known.PROTECTED


def draw(seed: int, low: float, high: float) -> float:
    """A number between two others that looks thrown and is always the same."""
    return round(low + (seed * 7919 % 97) / 97 * (high - low), 2)


def heat(count: int) -> Chart:
    rows = [
        HeatRow(ally, tuple(HeatCell(draw(place * 31 + column * 7 + 3, 1, 9)) for column in range(len(FUNCTIONS))))
        for place, ally in enumerate(ALLIES[:count])
    ]
    rows[1] = HeatRow(rows[1].label, (HeatCell(known=PROTECTED),) * len(FUNCTIONS))
    rows[2] = HeatRow(rows[2].label, (HeatCell(known=Known.UNDEFINED), *rows[2].cells[1:]))
    return heat_map(
        Caption(
            f"heat-{count}", "How much is expected of whom", "Most is expected of the United States in missile defence (8.2 of 9), least of Japan."
        ),
        "Ally",
        FUNCTIONS,
        rows,
        Sequential(1, 9, ("nothing expected", "leads alone")),
    )


def gaps(count: int) -> Chart:
    pairs = [(one, other) for place, one in enumerate(ALLIES[:count]) for other in ALLIES[place + 1 : count]][:17]
    rows = [
        HeatRow(
            f"{one} – {other}",
            tuple(HeatCell(draw(place * 13 + column * 5, -3, 3), sign=ABOVE if (place + column) % 5 == 0 else "") for column in range(9)),
            group="East Asia" if place < count / 2 else "Europe and North America",
        )
        for place, (one, other) in enumerate(pairs)
    ]
    items = ("Likelihood of an attack", "Severity", "Warning time", "Will to fight", "Nuclear threshold", "Linkage", "Burden", "Trust", "Escalation")
    return heat_map(
        Caption(f"gaps-{count}", "Gaps between pairs of allies", "The widest gap is between the United States and Japan on warning time (+2.8)."),
        "Pair",
        items,
        rows,
        Diverging(3, ("the second sees more", "the first sees more")),
        [(ABOVE, "beyond chance")],
    )


def intervals(count: int) -> Chart:
    rows = []
    for place, ally in enumerate(ALLIES[:count]):
        value = draw(place * 17 + 5, -1.5, 1.8)
        half = draw(place * 29, 0.3, 0.9)
        sign = ABOVE if value > half else BELOW if value < -half else UNCLEAR
        rows.append(
            IntervalRow(
                ally, value, round(value - half, 2), round(value + half, 2), sign, {ABOVE: "above", BELOW: "below", UNCLEAR: "not told apart"}[sign]
            )
        )
    rows[1] = IntervalRow(ALLIES[1], known=PROTECTED)
    signs = [(ABOVE, "more than the others"), (BELOW, "less than the others"), (UNCLEAR, "not told apart")]
    return interval_chart(
        Caption(f"intervals-{count}", "Exposure of each ally against the others", "One ally sees more, one less, the others are not told apart."),
        ("Ally", "Difference"),
        rows,
        Reference(0, "no difference"),
        signs,
    )


def split(count: int) -> Chart:
    rounds = 3 if count < 10 else 5
    rows = [
        SplitRow(
            f"Round {number}",
            2.4 / number,
            round(1.1 - 0.12 * number, 2),
            Estimate(round(2.4 / number + 1.1 - 0.12 * number, 2), round(1.9 / number + 0.6, 2), round(2.9 / number + 1.0, 2)),
            Estimate(round((1.1 - 0.12 * number) / (2.4 / number + 1.1 - 0.12 * number), 3), 0.1 + 0.04 * number, 0.5 + 0.06 * number),
        )
        for number in range(1, rounds + 1)
    ]
    rows[1] = SplitRow("Round 2", known=PROTECTED) if count > 10 else rows[1]
    return split_chart(
        Caption(f"split-{count}", "Disagreement within and between the panels", "Disagreement fell from 3.4 to 1.5; the share between rose."),
        SplitNames("Round", "within panels", "between panels"),
        rows,
    )


def paths(count: int) -> Chart:
    series = []
    for place, ally in enumerate(ALLIES[:count]):
        points = [
            PathPoint(
                str(number),
                m := min(9, max(1, round(draw(place * 11, 2.5, 7.5) + 0.5 * number * (-1) ** place, 1))),
                max(1, m - 2.2 + 0.4 * number),
                min(9, m + 2 - 0.4 * number),
                14 - number,
            )
            for number in (1, 2, 3)
        ]
        series.append(PathSeries(ally, tuple(points)))
    last = series[-1].points
    series[-1] = PathSeries(series[-1].label, (last[0], PathPoint("2", known=PROTECTED), last[2]))
    return path_chart(
        Caption(f"paths-{count}", "The likelihood of an attack over the rounds", "The medians of all panels moved together."), "Panel", series, (1, 9)
    )


def points(count: int) -> Chart:
    shown = [
        MapPoint(
            ally,
            Range(x := draw(place * 23 + 9, 1.6, 8.4), x - 0.5, x + 0.6),
            Range(y := draw(place * 37 + 50, 1.5, 8.5), y - 0.4, y + 0.5),
            place % 2,
        )
        for place, ally in enumerate(ALLIES[:count])
    ]
    shown[1] = MapPoint(ALLIES[1], known=PROTECTED)
    return map_chart(
        Caption(f"points-{count}", "Abandonment against entrapment", "Most allies fear abandonment more than entrapment."),
        MapWords("Ally", ("Dragged along", "Torn", "At ease", "Left alone"), ("Asia and the Pacific", "Europe and North America")),
        MapAxis("Fear of abandonment", 1, 9, "none", "very strong", 5),
        MapAxis("Fear of entrapment", 1, 9, "none", "very strong", 5),
        shown,
    )


def flow(count: int) -> Chart:
    lanes = [
        FlowLane(
            ally,
            (
                FlowStep(15 + place % 6, 11 + place % 5),
                FlowStep(15 + place % 6, 9 + place % 4, 2 + place % 3, place % 2),
                FlowStep(15 + place % 6, 8 + place % 4, 1, 0),
            ),
        )
        for place, ally in enumerate(ALLIES[:count])
    ]
    hidden = FlowStep(known=PROTECTED)
    lanes[-1] = FlowLane(lanes[-1].label, (lanes[-1].steps[0], hidden, hidden))
    total = FlowLane("All experts", (FlowStep(240, 214), FlowStep(240, 190, 28, 4), FlowStep(240, 181, 12, 3)), is_total=True)
    return flow_chart(
        Caption(f"flow-{count}", "Who was invited and who answered", "Of 240 invited experts 181 answered in the last round."),
        "Panel",
        ("Round 1", "Round 2", "Round 3"),
        [total, *lanes],
    )


def pairs(count: int) -> Chart:
    rows = [
        PairedRow(target, own := draw(place * 7 + group * 19, 1, 9), others := draw(place * 41 + group * 3, 1, 9), round(own - others, 2), group=ally)
        for group, ally in enumerate(ALLIES[: 1 if count < 10 else 4])
        for place, target in enumerate(TARGETS[:count])
    ]
    rows[1] = PairedRow(TARGETS[1], known=PROTECTED, group=rows[0].group)
    return pair_chart(
        Caption(f"pairs-{count}", "What allies expect of themselves and others expect of them", "Japan expects more of itself than others do."),
        PairNames("Function", "of itself", "others of it"),
        rows,
        (1, 9),
    )


def distributions(count: int) -> Chart:
    """Nine points; what was answered lies about a middle of its own in each ally."""
    bars = Bars(tuple((place - 0.4, place + 0.4) for place in range(1, 10)), tuple(map(str, range(1, 10))))

    def said(middle: int, n: int) -> Spread:
        weights = [max(0, 4 - abs(place - middle)) for place in range(1, 10)]
        return Spread(middle, max(1, middle - 1), min(9, middle + 1), n, tuple(round(weight / sum(weights), 6) for weight in weights))

    rows = [
        SpreadRow(ally, said(2 + place % 7, 12 + place), said(3 + place % 5, 14 + place), "All experts" if place == 0 else "Panels")
        for place, ally in enumerate(("Everybody", *ALLIES[:count]))
    ]
    rows[2] = SpreadRow(rows[2].label, Spread(known=PROTECTED), rows[2].before, "Panels")
    names = SpreadNames(
        "Group", "Round 2", "Round 1", "Round", "Experts", "Median", "Lower quartile", "Upper quartile", "Middle half of the answers", "Answers"
    )
    caption = Caption(f"distributions-{count}", "The likelihood of an attack", "The middle half of the answers lies between 4 and 6.", "1: none · 9: certain")
    return distribution_chart(caption, names, rows, SpreadAxis(0.5, 9.5, tuple(range(1, 10))), bars)


ALL = (distributions, heat, gaps, intervals, split, paths, points, flow, pairs)


def all_charts(count: int) -> list[Chart]:
    return [make(count) for make in ALL]
