"""What a plan found, in plain sentences in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.planning.result import CallPoint, GapPoint, PlanResult, ShapeResult, Share, smallest


def number(value: float, places: int = 2) -> str:
    """A number in the reader's manner, without zeros at its end."""
    text = f"{round(value, places):.{places}f}".rstrip("0").rstrip(".") if places else str(round(value))
    return str(number_format(text, use_l10n=True))


def percent(share: float) -> str:
    return number(100 * share, 0)


def of_ten(share: float) -> str:
    """A share as people say it: “8 of 10”, “83 of 100”; rounded down, so that what misses a mark is never said to reach it."""
    hundredths = int(100 * share + 1e-9)
    if hundredths % 10 == 0 and 0 < hundredths < 100:
        return _("%(hits)s of 10") % {"hits": hundredths // 10}
    return _("%(hits)s of 100") % {"hits": hundredths}


def shape_name(shape: ShapeResult) -> str:
    """What kind of answers these are."""
    return {
        "ordinal": _("Ratings on a scale of %(size)s points"), "probability": _("Probabilities"), "interval": _("Numbers from %(low)s to %(high)s"),
        "rank": _("Ranks of %(size)s options"), "share": _("Points given to options"), "binary": _("Ticked options"),
        "order": _("Rankings of %(size)s options as a whole"), "nominal": _("Choices of one of %(size)s options"),
    }[shape.level] % {"size": shape.size, "low": number(shape.low), "high": number(shape.high)}


def gap_in_words(shape: ShapeResult) -> str:
    """The gap that is looked for, as the middle of a sentence."""
    if shape.unit == "points":
        return ngettext("a gap of %(gap)s point", "a gap of %(gap)s points", 1 if shape.gap == 1 else 2) % {"gap": number(shape.gap)}
    if shape.unit == "probability":
        return _("a gap of %(gap)s percentage points") % {"gap": number(shape.gap)}
    return _("a gap of Cliff’s delta %(gap)s") % {"gap": number(shape.gap, 3)}


def gap_sentence(shape: ShapeResult, power: float) -> str:
    """From how many experts on the gap is seen; or how rarely it is, with the most that were tried."""
    enough = smallest([point.experts for point in shape.gaps], [point.seen for point in shape.gaps], power)
    if enough is not None:
        return _("With %(experts)s experts per ally, %(gap)s is seen in at least %(share)s studies.") % {
            "experts": enough, "gap": gap_in_words(shape), "share": of_ten(power)}
    last: GapPoint = shape.gaps[-1]
    return _("Even with %(experts)s experts per ally, %(gap)s is seen in only %(share)s studies.") % {
        "experts": last.experts, "gap": gap_in_words(shape), "share": of_ten(last.seen.share)}


def alone_sentence(shape: ShapeResult, power: float) -> str:
    """The same for a question that was named beforehand as the one that is tested."""
    enough = smallest([point.experts for point in shape.gaps], [point.seen_alone for point in shape.gaps], power)
    if enough is not None:
        return _("Named beforehand as the one question that is tested: %(experts)s experts per ally.") % {"experts": enough}
    return _("Named beforehand as the one question that is tested: in %(share)s studies with %(experts)s experts per ally.") % {
        "experts": shape.gaps[-1].experts, "share": of_ten(shape.gaps[-1].seen_alone.share)}


def verdict_sentence(points: tuple[CallPoint, ...], power: float) -> str:
    """From how many experts on one ally's verdict is right, both where there is consensus and where there is none."""
    enough = smallest([point.experts for point in points], [lower_of(point) for point in points], power)
    if enough is not None:
        return _("With %(experts)s experts per ally, an ally’s verdict on consensus is right in at least %(share)s studies, "
                 "whether there is consensus or not.") % {"experts": enough, "share": of_ten(power)}
    last = points[-1]
    parts = []
    if last.found is not None:
        parts.append(_("With %(experts)s experts per ally, an ally’s consensus is called in %(share)s studies in which it is there.") % {
            "experts": last.experts, "share": of_ten(last.found.share)})
    if last.false_call is not None:
        parts.append(_("With %(experts)s experts per ally, consensus is called by mistake in %(share)s studies in which there is none.") % {
            "experts": last.experts, "share": of_ten(last.false_call.share)})
    return " ".join(parts)


def lower_of(point: CallPoint) -> Share | None:
    """The rarer of the two right verdicts; of one alone, that one."""
    known = [share for share in (point.found, point.kept_apart) if share is not None]
    return min(known, key=lambda share: share.share) if known else None


def shown_sentence(result: PlanResult) -> str:
    """What disclosure control asks, whatever the statistics say."""
    return ngettext(
        "An ally’s figures are shown only from %(minimum)s answer on. With the assumed attrition that takes at least %(needed)s experts in round 1.",
        "An ally’s figures are shown only from %(minimum)s answers on. With the assumed attrition that takes at least %(needed)s experts in round 1.",
        result.minimum,
    ) % {"minimum": result.minimum, "needed": result.needed_to_show}


def lead(result: PlanResult, power: float) -> list[str]:
    """The plan in a few sentences, the headline first: on the answers that are asked most often, then what disclosure control asks."""
    shapes = sorted(result.shapes, key=lambda shape: -shape.tests)
    compared = next((shape for shape in shapes if shape.gaps), None)
    judged = next((shape for shape in shapes if shape.ally), None)
    found = [gap_sentence(compared, power), alone_sentence(compared, power)] if compared is not None else []
    found += [verdict_sentence(judged.ally, power)] if judged is not None else []
    return [*(found or [_("This study asks nothing that a plan could be made for.")]), shown_sentence(result)]
