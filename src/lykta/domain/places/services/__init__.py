"""Writing places: what the doors may call."""

from lykta.domain.places.services.areas import AREAS
from lykta.domain.places.services.exporting import export
from lykta.domain.places.services.founding import found_municipality
from lykta.domain.places.services.listings import EDITIONS, LISTINGS
from lykta.domain.places.services.population import POPULATION
from lykta.domain.places.services.reading_in import KINDS, check_upload, read_in, start_import

__all__ = [
    "AREAS",
    "EDITIONS",
    "KINDS",
    "LISTINGS",
    "POPULATION",
    "check_upload",
    "export",
    "found_municipality",
    "read_in",
    "start_import",
]
