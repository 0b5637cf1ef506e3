"""One box for all that one may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

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
def search(request: Request) -> HttpResponse:
    """Show what was found, a group for each room."""
    text = request.GET.get("q", "").strip()[:100]
    groups = [(heading, list(hits)) for heading, hits in _groups(request, text)]
    found = [(heading, hits) for heading, hits in groups if hits]
    return render(request, "web/search.html", {"q": text, "groups": found})


def _groups(request: Request, text: str) -> Iterator[tuple[str, Iterator[Hit]]]:
    reach, day = request.reach, request.as_of
    yield (
        _("Områden"),
        (
            Hit(row.name, row.kind_label, reverse("area", args=[row.code]))
            for row in places.search(reach, text, as_of=day)
        ),
    )
    yield (
        _("Platser"),
        (
            Hit(
                row.name,
                ", ".join((row.kind_label, *(name for _key, name in row.areas[-1:]))),
                f"{reverse('places:register')}?{urlencode({'q': row.name})}",
            )
            for row in places.find_places(reach, text, as_of=day)
        ),
    )
    yield (
        _("Händelser"),
        (
            Hit(name_of(row), _("kategori"), f"{reverse('situation')}?kategori={row.code}")
            for row in events.search(reach, text)
        ),
    )
    yield (
        _("Rapporter"),
        (
            Hit(
                f"{row.category.name_now}, {row.first_day}",
                row.description[:80],
                reverse("events:one", args=[row.key]),
            )
            for row in events.search_reports(reach, text)
        ),
    )
    yield (
        _("Åtgärder"),
        (
            Hit(
                row.decision.text,
                f"{row.organisation}, {row.get_state_display()}",
                reverse("meetings:action", args=[row.pk]),
            )
            for row in meetings.search(reach, text)
        ),
    )
    yield (
        _("Nyckeltal"),
        (
            Hit(row.title, row.get_theme_display(), reverse("indicators:series", args=[row.code]))
            for row in indicators.search(reach, text)
        ),
    )
    yield (
        _("Organisationer"),
        (
            Hit(row.name, row.get_kind_display(), reverse("partners:organisation", args=[row.pk]))
            for row in partners.search(reach, text)
        ),
    )
    yield (
        _("Lägesbilder"),
        (
            Hit(
                row.document.title,
                f"{row.period_from} – {row.period_to}",
                reverse("plans:picture", args=[row.pk]),
            )
            for row in plans.search(reach, text)
        ),
    )
    yield (
        _("Lagar"),
        (
            Hit(
                row.title,
                f"{row.statute} {row.section}",
                f"{reverse('statutes:statutes')}#{row.pk}",
            )
            for row in statutes.search(reach, text, as_of=day)
        ),
    )
