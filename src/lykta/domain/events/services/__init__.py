"""Writing events: what the doors may call."""

from lykta.domain.events.services.categories import CATEGORIES, load_categories
from lykta.domain.events.services.importing import EVENTS
from lykta.domain.events.services.placing import place_again, place_later

__all__ = ["CATEGORIES", "EVENTS", "load_categories", "place_again", "place_later"]
