"""The plan of a file of places, put together from what was found row by row."""

from collections.abc import Iterable, Sequence

from lykta.infrastructure.imports.plans import Change, Plan
from lykta.sources.records import Passport, RowError


def plan_of(
    passport: Passport,
    *,
    changes: Iterable[Change],
    n_unchanged: int,
    rejected: Sequence[RowError],
    n_outside: int = 0,
) -> Plan:
    """Return the plan, its rejected rows in the order of the file."""
    changes = tuple(changes)
    return Plan(
        n_read=passport.n_read,
        changes=changes,
        n_added=sum(change.is_new for change in changes),
        n_unchanged=n_unchanged,
        rejected=sorted(rejected, key=lambda error: error.row),
        n_outside=n_outside,
        notes=passport.notes,
        mapping=passport.mapping,
    )
