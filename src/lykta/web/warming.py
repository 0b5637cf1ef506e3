"""Making the pages that the day begins with, before the door opens: the first need not wait."""

import logging
from collections import Counter
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

# What the day begins with, and who may see it.
_PAGES = {
    "start": rules.READ_ROLES,
    "situation": rules.COUNT_EVENTS,
    "places:areas": rules.READ_PLACES,
    "indicators:dashboard": rules.READ_INDICATORS,
    "events:report": rules.REPORT_EVENTS,
}
_N_KINDS = 4
# By what they see one kind of reader differs from another.
_RIGHTS = (*_PAGES.values(), rules.READ_EVENTS)
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
    accounts = partners.accounts_with(rules.READ_ROLES, on=today)
    reaches = [reach_on(account, on=today).shared for account in accounts]
    readers = {reach.alike(*_RIGHTS): reach for reach in reaches}
    kinds = Counter(reach.alike(*_RIGHTS) for reach in reaches)
    yield from (readers[kind] for kind, _n in kinds.most_common(_N_KINDS))


def _paths(reach: Reach) -> Iterator[str]:
    today = timezone.localdate()
    yield from (reverse(name) for name, right in _PAGES.items() if reach.may(right))
    rows = places.areas(reach, as_of=today) if reach.may(rules.READ_PLACES) else ()
    districts = (row.code for row in rows if row.kind == Kind.DISTRICT)
    yield from (reverse("area", args=[code]) for code in islice(districts, 1))


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
