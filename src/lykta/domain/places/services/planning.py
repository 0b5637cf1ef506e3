"""The plan of a file of places, put together from what was found row by row."""

from collections.abc import Iterable, Sequence

from lykta.domain.places.models import (
    AreaVersion,
    Classification,
    ListEdition,
    Place,
    Population,
)
from lykta.infrastructure.imports.plans import Change, Plan, lengths_of, too_long
from lykta.sources.records import Passport, RowError

_LENGTHS = lengths_of(AreaVersion, Population, Classification, ListEdition, Place)
_COLUMNS = {
    "code": "kod",
    "name": "namn",
    "label": "namn",
    "border_note": "gränsens_anmärkning",
    "source": "källa",
    "retrieved": "hämtad",
    "certainty": "säkerhet",
    "note": "anmärkning",
}


def plan_of(
    passport: Passport,
    *,
    changes: Iterable[Change],
    n_unchanged: int,
    rejected: Sequence[RowError],
    n_outside: int = 0,
) -> Plan:
    """Return the plan, its rejected rows in the order of the file."""
    fitting, wrong = [], list(rejected)
    for change in changes:
        if why := too_long(change.values, _LENGTHS):
            name, text, reason = why
            wrong.append(RowError(change.row, _COLUMNS.get(name, name), text, reason))
        else:
            fitting.append(change)
    return Plan(
        n_read=passport.n_read,
        changes=tuple(fitting),
        n_added=sum(change.is_new for change in fitting),
        n_unchanged=n_unchanged,
        rejected=sorted(wrong, key=lambda error: error.row),
        n_outside=n_outside,
        notes=passport.notes,
        mapping=passport.mapping,
    )
