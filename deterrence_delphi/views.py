"""The few pages that belong to no app: the front door, health, language, and a refused form."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this place is, and where each kind of person goes."""
    if request.user.is_authenticated:
        return redirect("surveys:study-list")
    return render(request, "home.html")


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; with ?deep=1 also a round trip through broker and worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    found: dict[str, str | bool | None] = {"database": connection.vendor, "worker": None}
    if "deep" in request.GET and settings.REDIS_URL:
        from surveys.tasks import count_studies

        try:
            found["worker"] = count_studies.apply_async(retry=False, ignore_result=False).get(timeout=10) is not None
        except Exception as error:  # whatever the broker's client raises, the answer is the same
            return JsonResponse({**found, "worker": False, "problem": type(error).__name__}, status=503)
    return JsonResponse(found)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the interface's language on this device and go back to the page. E-mails stay in the language of the list of experts."""
    language, target = request.POST.get("language", ""), request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if safe else reverse("home"))
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=31536000, samesite="Lax",
                            secure=settings.SESSION_COOKIE_SECURE, httponly=True)
    return response


def not_offered(request: HttpRequest) -> HttpResponse:
    """A page of the sign-in library that this site does not have."""
    raise Http404


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: nothing was changed, say how to go on."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": "csrf"}, status=403)
    return render(request, "403_csrf.html", status=403)
