"""Reading events, always for someone and as of a day: what other rooms and doors may call."""

from lykta.domain.events.models import CHANGE, COUNT, READ, RELIABILITIES, SUBJECTS
from lykta.domain.events.selectors.choices import Known, categories, known, search, sources
from lykta.domain.events.selectors.counted import (
    CountedArea,
    CountedSource,
    PictureFilters,
    PictureInput,
)
from lykta.domain.events.selectors.counting import Asked, monday, week_number
from lykta.domain.events.selectors.exports import rows
from lykta.domain.events.selectors.pictures import filters_of, in_words, picture_input
from lykta.domain.events.selectors.situation import Division, Hexes, Situation, Weeks, situation

__all__ = [
    "CHANGE",
    "COUNT",
    "READ",
    "RELIABILITIES",
    "SUBJECTS",
    "Asked",
    "CountedArea",
    "CountedSource",
    "Division",
    "Hexes",
    "Known",
    "PictureFilters",
    "PictureInput",
    "Situation",
    "Weeks",
    "categories",
    "filters_of",
    "in_words",
    "known",
    "monday",
    "picture_input",
    "rows",
    "search",
    "situation",
    "sources",
    "week_number",
]
