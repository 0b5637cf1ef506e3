"""Taking a series out as a file, which is recorded: what has left can be asked for later."""

from datetime import date

from django.db import transaction

from lykta.domain.indicators.selectors.exports import table
from lykta.infrastructure.access import Reach
from lykta.infrastructure.audit import services as audit


@transaction.atomic
def export(reach: Reach, code: str, *, as_of: date) -> bytes:
    """Return one series as a table that can be read in again unchanged."""
    content = table(reach, code, as_of=as_of)
    audit.record(
        "indicators.exported", actor=reach.user, series=code, as_of=str(as_of), bytes=len(content)
    )
    return content
