"""The page of what has come in, in the order it is to be answered."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from lykta.domain.events import selectors, services
from lykta.domain.events.models import READ_INBOX, TRIAGE
from lykta.domain.events.selectors.inbox import LATE, LATER, TODAY
from lykta.infrastructure.access import Request, needs, require

ON_A_PAGE = 50
MINE, NOBODYS = "mina", "ingen"
GROUPS = {
    LATE: gettext_lazy("Försenade"),
    TODAY: gettext_lazy("Svar i dag"),
    LATER: gettext_lazy("Senare"),
}

# Keys of one letter, which the page's program listens to; all of it can be done without them.
KEYS = {
    "j": gettext_lazy("nästa rapport"),
    "k": gettext_lazy("föregående"),
    "a": gettext_lazy("godta"),
    "r": gettext_lazy("avvisa, med skäl"),
    "m": gettext_lazy("slå ihop med en annan"),
    "t": gettext_lazy("tilldela"),
    "?": gettext_lazy("visa eller dölj den här hjälpen"),
}


@needs(READ_INBOX)
@require_http_methods(["GET", "POST"])
def inbox(request: Request) -> HttpResponse:
    """Show what has come in and waits, what is late first, and accept what is chosen."""
    if request.method == "POST":
        return _accept(request)
    chosen, unit = request.GET.get("visa", ""), request.GET.get("enhet", "")
    organisations, _accounts = selectors.receivers(on=request.today)
    rows = selectors.inbox(
        request.reach,
        today=request.today,
        unit=int(unit) if unit.isdecimal() else None,
        is_mine=chosen == MINE,
        is_nobodys=chosen == NOBODYS,
    )
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("sida"))
    shown = selectors.shown(request.reach, page.object_list, today=request.today)
    may_triage = request.reach.may(TRIAGE)
    context = {
        "page": page,
        "groups": list(_grouped(shown)),
        "may_triage": may_triage,
        "keys": KEYS.items(),
        "n_unassigned": selectors.n_unassigned(request.reach),
        "units": sorted(organisations.items(), key=lambda pair: pair[1].casefold()),
        "unit": unit,
        "chosen": chosen,
        "is_filtered": bool(chosen or unit),
        "address": urlencode({"enhet": unit, "visa": chosen}),
    }
    return render(request, "events/inbox.html", context)


def _accept(request: Request) -> HttpResponse:
    require(request.reach, TRIAGE)
    keys = request.POST.getlist("godta") or request.POST.getlist("rapport")
    rows = selectors.waiting(request.reach)
    chosen = rows.filter(pk__in=[key for key in keys if key.isdecimal()])
    n = services.accept(request.reach, chosen, now=timezone.now())
    told = ngettext("En rapport är godtagen.", "%(n)d rapporter är godtagna.", n) % {"n": n}
    messages.success(request, told)
    return redirect(request.get_full_path())


def _grouped(shown: Iterable[Any]) -> Iterable[tuple[str, Any, list[Any]]]:
    rows = list(shown)
    for group, label in GROUPS.items():
        if found := [each for each in rows if each.group == group]:
            yield group, label, found


def back_or(request: Request, name: str, **values: Any) -> HttpResponse:
    """Return to the inbox where one came from there, else to a page."""
    if request.POST.get("fran") == "inkommet":
        return redirect("events:inbox")
    return redirect(name, **values)
