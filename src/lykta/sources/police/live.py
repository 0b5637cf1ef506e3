"""Polisens händelser as they are now: the latest five hundred, about a week and a half.

What is not fetched in time cannot be fetched later, so the raw answers are kept. The filter by
place is not used: since 2026 the place that the API gives is only the county.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lykta.infrastructure.errors import LyktaError
from lykta.sources.fetching import Line, Outside, Payload, RateRule, fetch, text_of

POLICE = Outside(
    key="polisen",
    name="Polisen",
    base_url="https://polisen.se",
    rule=RateRule(min_gap_s=10, per_hour=60, per_day=1440),
    licence="Fri vidareutnyttjning enligt webbplatsens regler",
    attribution="Källa: Polisen",
)


def payloads(_asked: Mapping[str, Any], *, line: Line, **_more: Any) -> Iterator[Payload]:
    """Yield the one answer that holds all events that are published now."""
    payload = fetch(POLICE, "api/events", line=line, what="händelser")
    try:
        events = json.loads(text_of(payload))
    except ValueError:
        events = None
    if not isinstance(events, list):
        raise LyktaError(
            "Polisen svarade med något annat än en lista av händelser. Försök igen senare.",
            code="source-changed",
        )
    if events:
        yield payload
