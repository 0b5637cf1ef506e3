"""Reading events, always for someone and as of a day: what other rooms and doors may call."""

from lykta.domain.events.models import RELIABILITIES

__all__ = ["RELIABILITIES"]
