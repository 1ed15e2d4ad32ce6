"""The page of one's own access tokens."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import TokenForm
from accounts.models import User
from accounts.tokens import AT_MOST, create_token, revoke_token, tokens_of

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def token_list(request: HttpRequest) -> HttpResponse:
    """What tokens there are; a POST makes one, whose text stands on this one answer and nowhere else."""
    if request.method != "POST":
        return _page(request, TokenForm())
    form, user = TokenForm(request.POST), cast(User, request.user)
    if form.is_valid() and _live(user) >= AT_MOST:
        form.add_error(None, _("You have %(count)s tokens that are valid. Revoke one that is no longer needed.") % {"count": AT_MOST})
    if not form.is_valid():
        return _page(request, form, status=REFUSED)
    token, text = create_token(user, form.cleaned_data["name"], form.cleaned_data["days"])
    return _page(request, TokenForm(), created=token, text=text)


@require_POST
@login_required
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    if not revoke_token(cast(User, request.user), token_id):
        raise Http404
    messages.success(request, _("The token is revoked. Programs that use it are refused from now on."))
    return redirect("accounts:tokens")


def _live(user: User) -> int:
    return sum(not token.has_expired for token in tokens_of(user))


def _page(request: HttpRequest, form: TokenForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "tokens": tokens_of(cast(User, request.user)), **more}
    return render(request, "account/tokens.html", context, status=status)
