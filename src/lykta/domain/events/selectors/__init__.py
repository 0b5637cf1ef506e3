"""Reading events, always for someone and as of a day: what other rooms and doors may call."""

from lykta.domain.events.models import RELIABILITIES
from lykta.domain.events.selectors.counted import (
    CountedArea,
    CountedSource,
    PictureFilters,
    PictureInput,
)
from lykta.domain.events.selectors.pictures import filters_of, in_words, picture_input

__all__ = [
    "RELIABILITIES",
    "CountedArea",
    "CountedSource",
    "PictureFilters",
    "PictureInput",
    "filters_of",
    "in_words",
    "picture_input",
]
