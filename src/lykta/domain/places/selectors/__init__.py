"""Reading places, always for someone and as of a day: what other rooms and doors may call."""

from lykta.domain.places.models import KINDS, ORIGINS, PLACE_KINDS
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
from lykta.domain.places.selectors.borders import NOWHERE, Borders, borders
from lykta.domain.places.selectors.exports import EXPORTS
from lykta.domain.places.selectors.lists import (
    ListSummary,
    ListYear,
    editions,
    listed,
    summaries,
)
from lykta.domain.places.selectors.placing import NOWHERE, Borders, Ids, borders, or_none
from lykta.domain.places.selectors.population import population_of
from lykta.domain.places.selectors.register import (
    PlaceRow,
    find_places,
    nearest_places,
    place,
    places,
    places_in,
)

__all__ = [
    "EXPORTS",
    "KINDS",
    "NOWHERE",
    "ORIGINS",
    "PLACE_KINDS",
    "AreaDetails",
    "AreaRow",
    "Borders",
    "Ids",
    "ListSummary",
    "ListYear",
    "PlaceRow",
    "area",
    "areas",
    "borders",
    "codes",
    "editions",
    "features",
    "find_places",
    "gaps",
    "in_area",
    "known_names",
    "lines",
    "listed",
    "listed_areas",
    "nearest_places",
    "on_list",
    "or_none",
    "place",
    "places",
    "places_in",
    "population_of",
    "search",
    "shapes",
    "suggested",
    "summaries",
    "widened",
    "within",
]
