"""COUNT's contribution to COLLECT's pages. They name it in a template, so that no import runs against the arrow."""

from typing import Any

from django import template

from analysis.counting import Counting, Further, counting_of, further_of, runs_of
from analysis.verdicts import Verdict, verdicts_of
from surveys.models import Round, Study

register = template.Library()


@register.simple_tag(takes_context=True)
def counting(context: Any, study_round: Round) -> Counting | None:
    """How far the counting of a round is."""
    return counting_of(study_round, _runs(context, study_round.study_id))


@register.simple_tag(takes_context=True)
def further_counting(context: Any, study: Study) -> list[Further]:
    """Which rounds' further tables are not there yet."""
    return further_of(_runs(context, study.pk))


def _runs(context: Any, study_id: int) -> list[Any]:
    """Read once for the whole page."""
    cache = context.render_context.setdefault("runs", {})
    if study_id not in cache:
        cache[study_id] = runs_of(study_id)
    found: list[Any] = cache[study_id]
    return found


@register.simple_tag(takes_context=True)
def last_verdict(context: Any, study_round: Round | None, version_id: int) -> list[Verdict]:
    """What the round said of an item version, one entry per component; read once for the whole page."""
    if study_round is None:
        return []
    cache = context.render_context.setdefault("verdicts", {})
    if study_round.pk not in cache:
        cache[study_round.pk] = verdicts_of(study_round)
    return cache[study_round.pk].get(version_id, [])
