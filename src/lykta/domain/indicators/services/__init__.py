"""Writing indicators: what the doors may call."""

from lykta.domain.indicators.services.citing import cite
from lykta.domain.indicators.services.exporting import export
from lykta.domain.indicators.services.importing import OBSERVATIONS
from lykta.domain.indicators.services.reading_in import KIND, read_in

__all__ = ["KIND", "OBSERVATIONS", "cite", "export", "read_in"]
