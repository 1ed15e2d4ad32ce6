"""The way into every organizer's page: signed in, else asked to; a role in the study, else 404; one that may do the act, else 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.defaults import permission_denied

from surveys.models import Round, Study
from surveys.permissions import Access, access_to

View = Callable[..., HttpResponseBase]
REFUSED = 422  # a form or an act that was refused; the page says why


def study_page(act: str, *methods: str) -> Callable[[View], View]:
    """For views of one study: the view is called with an Access in place of the slug, and only with these methods (default GET).

    Whose session has ended signs in and is where they were; where a button stood alone, on the study's page.
    """

    def decorate(view: View) -> View:
        @require_http_methods([*methods, "HEAD"] if methods else ["GET", "HEAD"])
        @wraps(view)
        def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if "GET" in (methods or ("GET",)) else reverse("surveys:study", args=[slug]))
            try:
                access = access_to(request.user, slug, act)
            except PermissionDenied as refusal:
                return permission_denied(request, refusal)  # here, so that the log has a line of it and no traceback
            if access is None:
                raise Http404
            return view(request, access, **kwargs)

        return page

    return decorate


def round_of(study: Study, number: int, **more: Any) -> Round:
    """The round, with its study at hand without another query, and with what `more` is to be read with it."""
    study_round = get_object_or_404(Round.objects.annotate(**more), study=study, number=number)
    study_round.study = study
    return study_round


def study_response(request: HttpRequest, access: Access, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of a study; every template finds the study and what this user may do with it."""
    return render(request, template, {"study": access.study, "access": access, **(context or {})}, status=status)
