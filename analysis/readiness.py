"""Are the further figures there that most files hold? Pages say how far they are; commands work them out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.counting import Further, further_of, runs_of
from analysis.exports.contents import WITHOUT_FURTHER_FIGURES
from analysis.models import AnalysisBlock, AnalysisRun
from analysis.publication import shown_runs
from surveys.exceptions import NotReady
from surveys.models import Round, Study


def still_missing(study: Study) -> list[str]:
    """What further figures are not there yet, in sentences, round by round; empty when all are (2 queries)."""
    return [in_a_sentence(found) for found in further_of(runs_of(study.pk))] or [
        _("The further figures of round %(number)s are about to be worked out.") % {"number": run.round.number} for run in _not_laid_out(study)
    ]


def _not_laid_out(study: Study) -> list[AnalysisRun]:
    """Rounds that were counted before there were further figures, until the sweeper comes by."""
    return list(shown_runs(study).filter(blocks=None).exclude(results=None).select_related("round").distinct())


def in_a_sentence(further: Further) -> str:
    said = {"number": further.round_number, "done": further.items_done, "total": further.items_total}
    if further.state == "failed":
        return _("The further figures of round %(number)s could not be worked out. An organizer can try again on the study's page.") % said
    sentence = _("The further figures of round %(number)s are being worked out: %(done)s of %(total)s items.") % said
    minutes = further.minutes_left if further.state == "running" else None
    if not minutes:
        return sentence
    return sentence + " " + ngettext("They are ready in about a minute.", "They are ready in about %(count)s minutes.", minutes) % {"count": minutes}


def check_ready(study: Study, name: str = "") -> None:
    """Raises NotReady where this file (or with "" all of them together) would be another one later."""
    missing = [] if name in WITHOUT_FURTHER_FIGURES else still_missing(study)
    if missing:
        raise NotReady(" ".join(missing))


def work_out(study: Study) -> None:
    """Whatever further figures are missing, in this process."""
    from analysis.blocks import analyse_now, lay_out_missing_blocks

    lay_out_missing_blocks()
    missing = AnalysisBlock.objects.filter(run__in=shown_runs(study)).exclude(state=AnalysisRun.State.DONE)
    for study_round in Round.objects.filter(pk__in=missing.values("run__round")).order_by("number"):
        analyse_now(study_round)
