"""Reading indicators, always for someone and as of a day: what other rooms and doors may call."""

from lykta.domain.indicators.selectors.dashboards import (
    Card,
    Group,
    citations,
    dashboard,
    latest_of,
    search,
)
from lykta.domain.indicators.selectors.points import Point
from lykta.domain.indicators.selectors.series import Line, Place, Revision, Series, series

__all__ = [
    "Card",
    "Group",
    "Line",
    "Place",
    "Point",
    "Revision",
    "Series",
    "citations",
    "dashboard",
    "latest_of",
    "search",
    "series",
]
