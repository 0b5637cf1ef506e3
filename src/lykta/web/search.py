"""One box for all that one may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lykta.domain.events import selectors as events
from lykta.domain.indicators import selectors as indicators
from lykta.domain.meetings import selectors as meetings
from lykta.domain.partners import rules
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.domain.plans import selectors as plans
from lykta.domain.statutes import selectors as statutes
from lykta.infrastructure.access import Request, needs
from lykta.web.situation.filters import name_of


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    title: str
    what: str
    url: str


@needs(rules.READ_ROLES)
@require_safe
def search(request: Request) -> HttpResponse:
    """Show what was found, a group for each room."""
    text = request.GET.get("q", "").strip()[:100]
    found = [(heading, hits) for heading, look in _ROOMS if (hits := list(look(request, text)))]
    return render(request, "web/search.html", {"q": text, "groups": found})


def _areas(request: Request, text: str) -> Iterator[Hit]:
    for row in places.search(request.reach, text, as_of=request.as_of):
        yield Hit(row.name, row.kind_label, reverse("area", args=[row.code]))


def _places(request: Request, text: str) -> Iterator[Hit]:
    for row in places.find_places(request.reach, text, as_of=request.as_of):
        what = ", ".join((row.kind_label, *(name for _key, name in row.areas[-1:])))
        yield Hit(row.name, what, f"{reverse('places:register')}?{urlencode({'q': row.name})}")


def _categories(request: Request, text: str) -> Iterator[Hit]:
    for row in events.search(request.reach, text):
        address = f"{reverse('situation')}?kategori={row.code}"
        yield Hit(name_of(row), gettext("kategori"), address)


def _reports(request: Request, text: str) -> Iterator[Hit]:
    for row in events.search_reports(request.reach, text):
        title = f"{row.category.name_now}, {row.first_day}"
        yield Hit(title, row.description[:80], reverse("events:one", args=[row.key]))


def _actions(request: Request, text: str) -> Iterator[Hit]:
    for row in meetings.search(request.reach, text):
        what = f"{row.organisation}, {row.get_state_display()}"
        yield Hit(row.decision.text, what, reverse("meetings:action", args=[row.pk]))


def _indicators(request: Request, text: str) -> Iterator[Hit]:
    for row in indicators.search(request.reach, text):
        address = reverse("indicators:series", args=[row.code])
        yield Hit(row.title, row.get_theme_display(), address)


def _organisations(request: Request, text: str) -> Iterator[Hit]:
    for row in partners.search(request.reach, text):
        address = reverse("partners:organisation", args=[row.pk])
        yield Hit(row.name, row.get_kind_display(), address)


def _agreements(request: Request, text: str) -> Iterator[Hit]:
    for row in partners.search_agreements(request.reach, text):
        address = reverse("cooperation:agreement", args=[row.pk])
        yield Hit(row.title, row.get_kind_display(), address)


def _offices(request: Request, text: str) -> Iterator[Hit]:
    for council in partners.search_councils(request.reach, text, on=request.as_of):
        yield Hit(council.local_name, gettext("strategiskt råd"), reverse("cooperation:council"))
    for row in partners.search_assignments(request.reach, text, on=request.as_of):
        yield Hit(row.title, str(row.held_by), reverse("cooperation:assignments"))


def _pictures(request: Request, text: str) -> Iterator[Hit]:
    for row in plans.search(request.reach, text):
        what = f"{row.period_from} – {row.period_to}"
        yield Hit(row.document.title, what, reverse("plans:picture", args=[row.pk]))


def _statutes(request: Request, text: str) -> Iterator[Hit]:
    for row in statutes.search(request.reach, text, as_of=request.as_of):
        address = f"{reverse('statutes:statutes')}#{row.pk}"
        yield Hit(row.title, f"{row.statute} {row.section}", address)


# The rooms in the order that they answer, under the heading of each.
_ROOMS: tuple[tuple[Promise, Callable[[Request, str], Iterator[Hit]]], ...] = (
    (_("Områden"), _areas),
    (_("Platser"), _places),
    (_("Händelser"), _categories),
    (_("Rapporter"), _reports),
    (_("Åtgärder"), _actions),
    (_("Nyckeltal"), _indicators),
    (_("Organisationer"), _organisations),
    (_("Överenskommelser"), _agreements),
    (_("Råd och uppdrag"), _offices),
    (_("Lägesbilder"), _pictures),
    (_("Lagar"), _statutes),
)
