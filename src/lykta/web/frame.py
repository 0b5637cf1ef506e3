"""What every page shows around its own content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lykta.domain.partners import rules, selectors
from lykta.infrastructure.access import Request
from lykta.infrastructure.notifications import selectors as notifications
from lykta.web.middleware import OPEN

SCHEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the navigation."""

    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the navigation under one heading."""

    heading: str
    links: tuple[Link, ...]


def frame(request: Request) -> dict[str, Any]:
    """Return what the frame of a page needs; for errors early in a request, very little."""
    scheme = request.COOKIES.get(settings.SCHEME_COOKIE_NAME, "auto")
    is_for_residents = request.path.startswith(OPEN)
    context: dict[str, Any] = {
        "installation": settings.INSTALLATION,
        "scheme": scheme if scheme in SCHEMES else "auto",
        "languages": list(_languages(is_for_residents=is_for_residents)),
        "is_for_residents": is_for_residents,
    }
    if hasattr(request, "reach"):
        context |= {
            "navigation": list(_groups(request)),
            "today": request.today,
            "as_of": request.as_of,
            "is_past": request.as_of != request.today,
            "who": _who(request),
            "n_unread": _n_unread(request),
        }
    return context


def _languages(*, is_for_residents: bool) -> Iterator[tuple[str, str]]:
    """Yield the languages that a page can be read in, each with its own name for itself."""
    yield from settings.LANGUAGES
    if is_for_residents:
        yield from settings.OPEN_LANGUAGES.items()


def _groups(request: Request) -> Iterator[Group]:
    administer = {
        rules.ADMINISTER_MEMBERSHIPS,
        rules.ADMINISTER_OWN_MEMBERS,
        rules.ADMINISTER_ACCOUNTS,
    }
    places, statutes, anything = {rules.READ_PLACES}, {rules.READ_STATUTES}, {rules.READ_ROLES}
    pages = (
        (
            _("Läge"),
            (
                (_("Start"), "start", anything),
                (_("Rapportera"), "events:report", {rules.REPORT_EVENTS}),
                (_("Inkommet"), "events:inbox", {rules.READ_INBOX}),
                (_("Veckan"), "meetings:weeks", {rules.READ_MEETINGS}),
                (_("Läget"), "situation", {rules.COUNT_EVENTS}),
                (_("Områden"), "places:areas", places),
                (_("Nyckeltal"), "indicators:dashboard", {rules.READ_INDICATORS}),
            ),
        ),
        (
            _("Ansvar"),
            (
                (_("Samverkan"), "cooperation:cooperation", {rules.READ_COOPERATION}),
                (_("Lägesbilder"), "plans:pictures", {rules.READ_PLANS}),
                (_("Lagar"), "statutes:statutes", statutes),
                (_("Läs in filer"), "imports", {rules.IMPORT_FILES}),
                (_("Administration"), "partners:administration", administer | anything),
            ),
        ),
    )
    urls = {name: reverse(name) for _heading, lines in pages for _label, name, _rights in lines}
    here = _here(request, urls.values())
    for heading, lines in pages:
        links = tuple(
            Link(label, urls[name], urls[name] == here)
            for label, name, rights in lines
            if any(request.reach.may(right) for right in rights)
        )
        if links:
            yield Group(heading, links)


def _here(request: Request, urls: Iterable[str]) -> str:
    """Return the address of the navigation that the page lies nearest under; "" for none."""
    under = [url for url in urls if request.path.startswith(url) and url != "/"]
    return max(under, key=len, default="/" if request.path == "/" else "")


def _who(request: Request) -> str:
    """Return who is logged in, as the strip at the top says it."""
    if not request.user.is_authenticated:
        return ""
    held = selectors.roles_of(request.user.pk, on=request.today)
    roles = [f"{row.organisation} · {selectors.role_label(row.role)}" for row in held]
    return " / ".join(roles) or request.user.name


def _n_unread(request: Request) -> int | None:
    """Return how many notices are unread; None for those who have no page of them."""
    if request.reach.is_empty:
        return None
    return notifications.unread(request.reach).count()
