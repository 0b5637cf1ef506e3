"""Writing places: what the doors may call."""

from lykta.domain.places.services.areas import AREAS
from lykta.domain.places.services.exporting import export
from lykta.domain.places.services.founding import found_municipality
from lykta.domain.places.services.listings import EDITIONS, LISTINGS
from lykta.domain.places.services.places import PLACES, place_again, place_later
from lykta.domain.places.services.population import POPULATION

__all__ = [
    "AREAS",
    "EDITIONS",
    "LISTINGS",
    "PLACES",
    "POPULATION",
    "export",
    "found_municipality",
    "place_again",
    "place_later",
]
