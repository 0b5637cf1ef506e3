"""Reading which tables have changed."""

from collections.abc import Mapping

from lykta.infrastructure.changes.models import Change
from lykta.infrastructure.once import once_a_page


def state(*tables: str) -> tuple[str, ...]:
    """Return what differs as soon as one of some tables has changed: a key to keep answers by."""
    marks = _marks()
    return tuple(marks.get(table, "") for table in tables)


@once_a_page
def _marks() -> Mapping[str, str]:
    return dict(Change.objects.values_list("table", "mark"))
