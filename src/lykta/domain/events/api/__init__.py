"""Events for machines: counts of weeks, and reports."""

from lykta.domain.events.api.reports import router as reports
from lykta.domain.events.api.situation import router as situation

__all__ = ["reports", "situation"]
