"""The last days of agreements, as entries of a calendar."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lykta.domain.partners import selectors
from lykta.domain.partners.rules import CHANGE_COOPERATION
from lykta.infrastructure.access import Reach
from lykta.infrastructure.calendars import Entry


def entries(reach: Reach, today: date) -> Iterator[Entry]:
    """Yield when agreements end, to those who write the next ones."""
    if not reach.may(CHANGE_COOPERATION):
        return
    for row in selectors.agreements(reach).in_force(today).exclude(ends_on=None):
        if row.ends_on:
            yield Entry(
                uid=f"agreement-{row.pk}",
                title=_("Löper ut: {title}").format(title=row.title),
                begins=row.ends_on,
                ends=row.ends_on,
                changed_at=row.changed_at,
                text=", ".join(party.name for party in row.parties.all()),
            )
