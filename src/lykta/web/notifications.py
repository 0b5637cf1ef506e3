"""Notiser: what the reader has been told, and how she wants to be told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lykta.domain.partners.rules import READ_ROLES
from lykta.infrastructure.access import Reach, Request, needs
from lykta.infrastructure.notifications import kinds, selectors, sending, services, subscriptions
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import CHANNELS

N_SHOWN = 100


class ChannelsForm(forms.Form):
    """How the reader wants to be told of each kind."""

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = selectors.channels(reach)
        for key, kind in kinds.offered(reach).items():
            self.fields[key] = forms.ChoiceField(
                label=str(kind.name), choices=list(CHANNELS.items()), initial=now[key]
            )

    def channels(self) -> dict[str, Channel]:
        """Return what was chosen."""
        return {key: Channel(value) for key, value in self.cleaned_data.items()}


@needs(READ_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: Request) -> HttpResponse:
    """Show the newest notices and how the reader is told, and keep what she chooses."""
    form = ChannelsForm(request.POST or None, reach=request.reach)
    if form.is_valid():
        services.choose(request.reach, form.channels())
        messages.success(request, _("Dina val är sparade."))
        return redirect("notifications")
    context = {
        "form": form,
        "notices": selectors.notices(request.reach, now=timezone.now(), at_most=N_SHOWN),
        "sends_mail": sending.is_set_up(),
        "calendar_made_at": subscriptions.made_at(request.reach),
    }
    return render(
        request, "web/notifications/list.html", context, status=400 if form.errors else 200
    )


@needs(READ_ROLES)
@require_safe
def notice(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it tells of."""
    return redirect(services.open_notice(request.reach, pk, now=timezone.now()))


@needs(READ_ROLES)
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark every notice as read."""
    n = services.read_all(request.reach, now=timezone.now())
    text = ngettext("En notis är markerad som läst.", "{n} notiser är markerade som lästa.", n)
    messages.success(request, text.format(n=n))
    return redirect("notifications")
