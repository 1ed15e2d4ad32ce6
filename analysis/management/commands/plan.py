"""plan SLUG: how many experts of each ally does the study need? By simulating its own items and rules; printed, nothing is stored."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.planning.parameters import CLIFFS_DELTA, LIMITS, OWN_UNITS, PlanParameters, read_sizes
from analysis.planning.plan_study import plan_study
from analysis.planning.result import CallPoint, PlanResult, ShapeResult, Share
from analysis.planning.sentences import alone_sentence, gap_in_words, gap_sentence, lead, shape_name, verdict_sentence
from analysis.planning.study_items import latest_specs
from analysis.planning.study_shapes import planned_study
from surveys.management.base import StudyCommand

DEFAULT = PlanParameters()
NUMBERS: dict[str, tuple[str, type, str]] = {
    "gap": ("gap_points", float, "gap between two allies on a rating, in points of its scale"),
    "gap-probability": ("gap_probability", float, "gap on a probability, in percentage points"),
    "gap-delta": ("gap_delta", float, "gap on all other answers, as Cliff's delta"),
    "spread": ("spread", float, "SD of the opinions within an ally, as a share of the whole scale"),
    "power": ("power", float, "the chance of a right finding that is wanted, 0.5 to 0.99"),
    "attrition": ("attrition", float, "share of the experts that leaves before each later round"),
    "in-round": ("in_round", int, "the round that is judged"),
    "cannot-judge": ("cannot_judge", float, "share of the answers that are “cannot judge”"),
    "pairs": ("pairs", int, "how many pairs of allies are compared"),
    "runs": ("runs", int, "how many studies are simulated for each figure"),
    "seed": ("seed", int, "the same seed gives the same figures"),
}


class Command(StudyCommand):
    help = "Say how many experts per ally a study needs to show a gap or to call consensus, by simulating its own items and rules. Stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug; a draft will do")
        parser.add_argument("--experts", metavar="N,N", help=f"experts per ally that are tried (default {','.join(map(str, DEFAULT.experts))})")
        parser.add_argument("--items", metavar="CODE,CODE", default="", help="plan these items only")
        parser.add_argument("--delta-for-all", action="store_true", help="measure every gap as Cliff's delta")
        for option, (name, kind, text) in NUMBERS.items():
            low, high = LIMITS[name]
            parser.add_argument(f"--{option}", dest=name, type=kind, metavar="NUMBER", default=getattr(DEFAULT, name),
                                help=f"{text} (default {getattr(DEFAULT, name)}, from {low:g} to {high:g})")

    def act(self, **options: Any) -> None:
        study, parameters = self.study(options["slug"]), parameters_from(options)
        unknown = set(parameters.items) - {spec.code for spec in latest_specs(study)}
        if unknown:
            raise CommandError(f"The study has no item {', '.join(sorted(unknown))}.")
        self.print_plan(plan_study(planned_study(study, parameters.items), parameters), parameters)

    def print_plan(self, result: PlanResult, parameters: PlanParameters) -> None:
        for sentence in lead(result, parameters.power):
            self.say(sentence)
        self.say(f"{result.family} tests under Holm; {parameters.runs} simulated studies a figure, seed {parameters.seed}; "
                 "in brackets the Monte Carlo error (Wilson, 95 %).")
        for shape in result.shapes:
            self.say("")
            for line in lines_of(shape, parameters):
                self.say(line)


def parameters_from(options: dict[str, Any]) -> PlanParameters:
    """What was typed, checked. Raises CommandError with the limits."""
    values = {name: options[name] for name, _kind, _text in NUMBERS.values()}
    for name, value in values.items():
        low, high = LIMITS[name]
        if not low <= value <= high:
            raise CommandError(f"--{name.replace('_points', '').replace('_', '-')} must lie between {low:g} and {high:g}, not {value:g}.")
    try:
        experts = DEFAULT.experts if options["experts"] is None else read_sizes(options["experts"])
    except ValueError:
        raise CommandError("--experts takes up to 16 whole numbers from 2 to 200, such as 6,10,14.") from None
    items = tuple(code.strip() for code in options["items"].split(",") if code.strip())
    return PlanParameters(experts=experts, items=items, measure=CLIFFS_DELTA if options["delta_for_all"] else OWN_UNITS, **values)


def lines_of(shape: ShapeResult, parameters: PlanParameters) -> list[str]:
    """A shape's sentences, and its table with a row for each size."""
    rule = shape.rule["rule"] if shape.rule else "none"
    found = [f"{shape_name(shape)}: {', '.join(shape.items)} (tests: {shape.tests}, consensus rule: {rule})"]
    if shape.gaps:
        found += [f"  Looked for: {gap_in_words(shape)} (Cliff's delta {shape.delta:.2f}).", f"  {gap_sentence(shape, parameters.power)}",
                  f"  {alone_sentence(shape, parameters.power)}"]
    if shape.ally:
        found.append(f"  {verdict_sentence(shape.ally, parameters.power)}")
    names = [*(("both shown", "gap seen", "as only test") if shape.gaps else ()),
             *(("found", "kept apart", "false call", "all: found", "all: false call") if shape.ally else ())]
    found.append("  " + "experts".rjust(7) + "".join(name.rjust(20) for name in names))
    return found + ["  " + str(experts).rjust(7) + "".join(percent_cell(share).rjust(20) for share in shares_of(shape, place))
                    for place, experts in enumerate(parameters.experts)]


def shares_of(shape: ShapeResult, place: int) -> list[Share | None]:
    shares: list[Share | None] = []
    if shape.gaps:
        point = shape.gaps[place]
        shares += [point.shown, point.seen, point.seen_alone]
    if shape.ally:
        ally: CallPoint = shape.ally[place]
        everybody: CallPoint = shape.everybody[place]
        shares += [ally.found, ally.kept_apart, ally.false_call, everybody.found, everybody.false_call]
    return shares


def percent_cell(share: Share | None) -> str:
    if share is None:
        return "-"
    return f"{100 * share.share:.1f} ({100 * share.low:.1f}-{100 * share.high:.1f})"
