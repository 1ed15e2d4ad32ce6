"""What has become of a round's further figures, for pages that would show them."""

from django.db.models import Case, CharField, Exists, OuterRef, Value, When

from analysis.models import AnalysisBlock, AnalysisRun, ItemResult
from surveys.enums import RoundState
from surveys.models import Round

LOST, FAILED, WAITING, THERE = "lost", "failed", "waiting", "there"
State = AnalysisRun.State


def state_of_further() -> Case:
    """For runs: LOST where somebody's answers were erased before all was worked out, which is for ever; FAILED until somebody tries again."""
    blocks = AnalysisBlock.objects.filter(run=OuterRef("pk"))
    unfinished = blocks.exclude(state=State.DONE)
    return Case(
        When(Exists(blocks.filter(state=State.DONE).exclude(problem="")), then=Value(LOST)),
        When(Exists(blocks.filter(state=State.FAILED)), then=Value(FAILED)),
        When(Exists(unfinished), then=Value(WAITING)),
        When(Exists(blocks), then=Value(THERE)),
        When(~Exists(ItemResult.objects.filter(run=OuterRef("pk"))), then=Value(THERE)),  # nothing but open questions: nothing to work out
        default=Value(WAITING), output_field=CharField(),
    )


def is_latest_counted() -> Exists:
    """For runs: is the round's latest closing counted, whether its figures are shown or not?"""
    return Exists(AnalysisRun.objects.filter(round=OuterRef("round"), closing=OuterRef("round__closing"), state=State.DONE))


def is_followed() -> Exists:
    """For runs: was a later round opened already?"""
    later = Round.objects.filter(study=OuterRef("round__study"), number__gt=OuterRef("round__number"))
    return Exists(later.exclude(state=RoundState.DRAFT))
