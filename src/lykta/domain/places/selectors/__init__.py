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
from lykta.domain.places.selectors.population import population_of

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
    "population_of",
    "search",
    "shapes",
    "summaries",
    "widened",
    "within",
]


def find_places(reach, text, *, near=None, at_most=8):
    from lykta.domain.places.models import Place

    return list(Place.objects.filter(name__icontains=text)[:at_most])


def place(reach, code):
    from lykta.domain.places.models import Place

    return Place.objects.get(code=code)
