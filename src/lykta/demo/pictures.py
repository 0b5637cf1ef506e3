"""The demo's frozen pictures: each whole year of its events, through the rooms' own services."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lykta.domain.partners import selectors as partners
from lykta.domain.plans import selectors, services
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.accounts.models import Account

TODAY = date(2026, 11, 24)
# Fixed, so that the same events give the same snapshot, to the last byte.
MADE_AT = datetime(2026, 11, 24, 7, tzinfo=ZoneInfo("Europe/Stockholm"))
PERIODS = (
    *((date(year, 1, 1), date(year, 12, 31)) for year in (2022, 2023, 2024, 2025)),
    (date(2025, 11, 1), date(2026, 10, 31)),
)


def freeze() -> list[str]:
    """Return the titles of the pictures that were frozen; none where there are some already."""
    if selectors.pictures(SYSTEM).exists():
        return []
    leo = Account.objects.filter(email="leo@demo.example").first()
    reach = partners.reach_of(leo.pk, on=TODAY) if leo else SYSTEM
    rows = [
        services.freeze(reach, period=period, today=TODAY, made_at=MADE_AT) for period in PERIODS
    ]
    return [row.document.title for row in rows]
