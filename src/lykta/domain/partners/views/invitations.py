"""The pages of invitations: asking someone in, and the page that the link leads to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lykta.domain.partners import rules, selectors, services
from lykta.domain.partners.forms import InvitationForm, PasswordForm
from lykta.domain.partners.models import Invitation
from lykta.domain.partners.views.filling import filled
from lykta.domain.partners.views.memberships import check_may_fill
from lykta.domain.partners.words import sentences_of
from lykta.infrastructure.access import Request, needs, open_to_all
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.notifications.sending import is_set_up
from lykta.infrastructure.rates import may

ASKED = "open-invitation"  # in settings.ACCOUNT_RATE_LIMITS


@needs(rules.READ_ROLES)
@require_GET
def invitations(request: Request) -> HttpResponse:
    """Show who is asked in and has not answered."""
    check_may_fill(request)
    context = {
        "rows": selectors.waiting(request.reach, now=timezone.now()),
        "is_mailed": is_set_up(),
    }
    return render(request, "partners/invitations.html", context)


@needs(rules.READ_ROLES)
@require_http_methods(["GET", "POST"])
def new_invitation(request: Request) -> HttpResponse:
    """Ask someone in."""
    check_may_fill(request)
    form = InvitationForm(
        request.POST or None,
        reach=request.reach,
        initial={"organisation": request.GET.get("organisation")},
    )

    def save(values: dict[str, Any]) -> HttpResponse:
        row, path = services.invite_member(
            request.reach,
            form.asked(),
            email=values["email"],
            name=values["name"],
            now=timezone.now(),
        )
        if is_set_up():
            messages.success(request, _("Inbjudan skickas till %s.") % row.account.email)
            return redirect("partners:invitations")
        return _shown(request, row, path)

    return filled(request, form, save, _("Bjud in"), back="partners:invitations")


@needs(rules.READ_ROLES)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an invitation back."""
    check_may_fill(request)
    row = selectors.invitation(request.reach, pk)
    services.withdraw_invitation(request.reach, row, now=timezone.now())
    messages.success(request, _("Inbjudan är återtagen."))
    return redirect("partners:invitations")


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: Request, token: str) -> HttpResponse:
    """Show what one is asked in to, and take the answer."""
    row = selectors.invited(token, now=timezone.now())
    if not may(request, ASKED, limit_get=True):
        return HttpResponse(status=429)
    if row is None:
        raise Http404
    chooses = not row.account.has_usable_password()
    is_own = request.user.pk == row.account_id
    form = PasswordForm(request.POST if request.method == "POST" and chooses else None)
    if request.method == "POST" and (is_own or (chooses and form.is_valid())):
        try:
            password = form.cleaned_data["password"] if chooses else ""
            services.accept(token, by=request.user.pk, password=password, now=timezone.now())
        except LyktaError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Välkommen. Du är nu med."))
            return redirect("start" if is_own else "account_login")
    context = {
        "row": row,
        "sentences": sentences_of(row.role),
        "chooses": chooses,
        "is_own": is_own,
        "form": form,
        "agreements": selectors.opening(row.organisation, on=request.today),
        "here": request.path,
    }
    status = 400 if form.errors else 200
    response = render(request, "partners/invited.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _shown(request: Request, row: Invitation, path: str) -> HttpResponse:
    """Show the link, once, to be sent by hand: there is no server to mail it by."""
    url = request.build_absolute_uri(path)
    response = render(
        request, "partners/invitation.html", {"account": row.account, "url": url, "row": row}
    )
    response["Cache-Control"] = "no-store"
    return response
