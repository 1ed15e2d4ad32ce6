"""The addresses that are told when a round is closed or counted: added, tried out and removed by those who run the rounds."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from surveys.exceptions import Refused
from surveys.forms.webhooks import PROBLEMS, WebhookForm
from surveys.models import Study, Webhook, WebhookDelivery
from surveys.permissions import Access
from surveys.views.organizer.scope import REFUSED, study_page, study_response
from surveys.workflow.webhooks import add_webhook, queue_trial, remove_webhook, secret_of

LATEST = 10


@study_page("run_rounds", "GET", "POST")
def webhook_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What is told, and what became of it; a POST adds an address, whose secret stands on this one answer."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, access, form)
    if form.is_valid():
        try:
            added = add_webhook(access.study, form.cleaned_data["url"], by=request.user)
            return _page(request, access, WebhookForm(), added=added, secret=secret_of(added))
        except Refused as refusal:
            form.add_error("url", str(refusal))
    return _page(request, access, form, status=REFUSED)


@study_page("run_rounds", "POST")
def trial(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    queue_trial(get_object_or_404(Webhook, study=access.study, pk=webhook_id))
    messages.success(request, _("A trial is on its way. Its answer appears here in a moment."))
    return redirect("surveys:webhooks", access.study.slug)


@study_page("run_rounds", "POST")
def remove(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    if not remove_webhook(access.study, webhook_id, by=request.user):
        raise Http404
    messages.success(request, _("The address is removed and told nothing more."))
    return redirect("surveys:webhooks", access.study.slug)


def _page(request: HttpRequest, access: Access, form: WebhookForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return study_response(request, access, "surveys/organizer/webhooks.html", {"form": form, "webhooks": _told(access.study), **more}, status=status)


def _told(study: Study) -> list[dict[str, Any]]:
    """Each address with its latest deliveries (2 queries)."""
    deliveries = WebhookDelivery.objects.select_related("round").order_by("webhook", "-pk")
    webhooks = study.webhooks.order_by("pk").prefetch_related(Prefetch("deliveries", deliveries))
    return [{"webhook": webhook, "deliveries": [_row(delivery) for delivery in webhook.deliveries.all()[:LATEST]]} for webhook in webhooks]


def _row(delivery: WebhookDelivery) -> dict[str, Any]:
    return {"delivery": delivery, "problem": PROBLEMS.get(delivery.problem, delivery.problem)}
