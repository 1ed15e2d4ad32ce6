"""An organizer's button for a counting that failed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from analysis.tasks import aggregate_round, analyse_block
from deterrence_delphi.queue import enqueue
from surveys.permissions import Access
from surveys.views.organizer.scope import round_of, study_page
from surveys.workflow.record import record_act


@study_page("count_again", "POST")
def recount(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Puts a failed counting back on the list; pressed twice, it is counted once."""
    from analysis.aggregation import retry_failed  # with numpy and scipy, which this process needs for nothing else
    from analysis.blocks import blocks_to_do, retry_failed_blocks

    study_round = round_of(access.study, number)
    if retry_failed(study_round):
        record_act(access.study, "retry_counting", by=request.user, subject=f"round {number}")
        enqueue(aggregate_round, study_round.pk, study_round.closing)
        messages.success(request, _("The counting starts again."))
    elif retry_failed_blocks(study_round):
        record_act(access.study, "retry_counting", by=request.user, subject=f"round {number}, further tables")
        for run_id, block in blocks_to_do(study_round.pk):
            enqueue(analyse_block, run_id, block)
        messages.success(request, _("The counting starts again."))
    else:
        messages.info(request, _("There is no failed counting to repeat."))
    return redirect(access.study)
