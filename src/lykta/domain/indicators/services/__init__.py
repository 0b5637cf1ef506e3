"""Writing indicators: what the doors may call."""

from lykta.domain.indicators.services.citing import cite
from lykta.domain.indicators.services.exporting import export
from lykta.domain.indicators.services.fetching import Fetched, fetch, line, sources
from lykta.domain.indicators.services.importing import OBSERVATIONS
from lykta.domain.indicators.services.reading_in import CHANGE, KIND

__all__ = [
    "CHANGE",
    "KIND",
    "OBSERVATIONS",
    "Fetched",
    "cite",
    "export",
    "fetch",
    "line",
    "sources",
]
