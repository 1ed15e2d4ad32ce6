"""Which closing's figures a page of results shows."""

from django import template

from analysis.models import AnalysisRun
from analysis.publication import standing_of
from analysis.results import closing_words
from surveys.models import Round

register = template.Library()


@register.simple_tag
def why_not_the_latest(run: AnalysisRun, study_round: Round) -> str:
    """"" where the figures are those of the latest closing; the page's own query says whether a later one is counted."""
    return closing_words.why_not_the_latest(standing_of(run, study_round, getattr(run, "is_latest_counted", None)))
