"""Reading places, always for someone and as of a day: what other rooms and doors may call."""

from lykta.domain.places.models import KINDS, ORIGINS
from lykta.domain.places.selectors.areas import (
    AreaDetails,
    AreaRow,
    area,
    areas,
    codes,
    features,
    gaps,
    lines,
    listed_areas,
    on_list,
    search,
    shapes,
    widened,
    within,
)
from lykta.domain.places.selectors.exports import EXPORTS
from lykta.domain.places.selectors.lists import (
    ListSummary,
    ListYear,
    editions,
    listed,
    summaries,
)

__all__ = [
    "EXPORTS",
    "KINDS",
    "ORIGINS",
    "AreaDetails",
    "AreaRow",
    "ListSummary",
    "ListYear",
    "area",
    "areas",
    "codes",
    "editions",
    "features",
    "gaps",
    "lines",
    "listed",
    "listed_areas",
    "on_list",
    "search",
    "shapes",
    "summaries",
    "widened",
    "within",
]
