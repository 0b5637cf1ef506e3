"""Work for later: asking each source that is switched on, once a night."""

from lykta.domain.indicators import services
from lykta.infrastructure.access import SYSTEM


def fetch_kolada() -> None:
    """Fetch the key figures of Kolada."""
    services.fetch(SYSTEM, "kolada", line=services.line())


def fetch_scb() -> None:
    """Fetch the tables of Statistics Sweden."""
    services.fetch(SYSTEM, "scb", line=services.line())


def fetch_polisen() -> None:
    """Fetch what the police publish now."""
    services.fetch(SYSTEM, "polisen", line=services.line())
