"""Making the pages that the day begins with, before the door opens: the first need not wait."""

import logging
from collections.abc import Iterator
from itertools import islice
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from lykta.domain.partners import rules
from lykta.domain.partners import selectors as partners
from lykta.domain.places import selectors as places
from lykta.domain.places.rules import Kind
from lykta.infrastructure.access import Reach, Request
from lykta.infrastructure.once import one_page
from lykta.web.middleware import reach_on

# What the day begins with, whoever may see it.
_PAGES = ("start", "situation", "places:areas", "indicators:dashboard", "events:report")
_N_KINDS = 4
_log = logging.getLogger(__name__)


def warm() -> None:
    """Make the first pages of a day for each kind of reader.

    What is kept is kept for all who see the same. Nobody in particular reads here: nothing is
    noted as seen.
    """
    with one_page():
        for reach in _kinds():
            for path in _paths(reach):
                _make(path, reach)


def _kinds() -> Iterator[Reach]:
    """Yield one reach of each of the most frequent kinds of readers."""
    today = timezone.localdate()
    rights = [_right_to(reverse(name)) for name in _PAGES]
    of_kind: dict[Reach, list[Reach]] = {}
    for account in partners.accounts_with(rules.READ_ROLES, on=today):
        reach = reach_on(account, on=today).shared
        # By what they see one kind of reader differs from another.
        of_kind.setdefault(reach.alike(*rights, rules.READ_EVENTS), []).append(reach)
    yield from (
        reaches[0] for reaches in sorted(of_kind.values(), key=len, reverse=True)[:_N_KINDS]
    )


def _paths(reach: Reach) -> Iterator[str]:
    today = timezone.localdate()
    paths = (reverse(name) for name in _PAGES)
    yield from (path for path in paths if reach.may(_right_to(path)))
    rows = places.areas(reach, as_of=today) if reach.may(rules.READ_PLACES) else ()
    districts = (row.code for row in rows if row.kind == Kind.DISTRICT)
    yield from (reverse("area", args=[code]) for code in islice(districts, 1))


def _right_to(path: str) -> str:
    """Return the right that a page asks for, as it stands on the page."""
    right: str = vars(resolve(path).func)["right"]
    return right


def _make(path: str, reach: Reach) -> None:
    request = cast(Request, RequestFactory().get(path))
    request.user = AnonymousUser()
    request.today = request.as_of = timezone.localdate()
    request.reach = reach
    view = resolve(path)
    try:
        view.func(request, *view.args, **view.kwargs)
    except Exception:  # its reader is told; the others are not to be without their pages
        _log.exception("%s could not be made before the door opened", path)
