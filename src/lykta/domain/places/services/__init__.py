"""Writing places: what the doors may call."""

from lykta.domain.places.services.areas import AREAS
from lykta.domain.places.services.exporting import export
from lykta.domain.places.services.founding import found_municipality
from lykta.domain.places.services.listings import EDITIONS, LISTINGS
from lykta.domain.places.services.placing import moved, place_again, place_later
from lykta.domain.places.services.population import POPULATION
from lykta.domain.places.services.register import PLACES

__all__ = [
    "AREAS",
    "EDITIONS",
    "LISTINGS",
    "PLACES",
    "POPULATION",
    "export",
    "found_municipality",
    "moved",
    "place_again",
    "place_later",
]
