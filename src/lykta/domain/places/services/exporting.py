"""Taking places out as a file, which is recorded: what has left can be asked for later."""

from datetime import date

from django.db import transaction

from lykta.domain.places.selectors.exports import EXPORTS, Export
from lykta.infrastructure.access import Reach, Refused
from lykta.infrastructure.audit import services as audit


@transaction.atomic
def export(reach: Reach, name: str, *, as_of: date) -> tuple[Export, bytes]:
    """Return the form and content of one of the files that can be taken out."""
    if name not in EXPORTS:
        raise Refused
    content = EXPORTS[name].write(reach, as_of=as_of)
    audit.record(
        "places.exported", actor=reach.user, file=name, as_of=str(as_of), bytes=len(content)
    )
    return EXPORTS[name], content
