"""Cooperation for machines, read and never changed."""

from lykta.domain.partners.api.agreements import router as agreements
from lykta.domain.partners.api.offices import router as offices

__all__ = ["agreements", "offices"]
