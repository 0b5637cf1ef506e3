"""The passport of a file that has been read."""

from collections.abc import Iterable

from lykta.sources.choosing import Plan
from lykta.sources.files.table import Table, quoted
from lykta.sources.records import Passport
from lykta.sources.refusing import refusal_note

_ORIGIN_COLUMNS = ("källa", "kalla", "source")


def passport(
    table: Table,
    plan: Plan,
    *,
    n_read: int,
    n_rejected: int,
    crs: str = "",
    notes: Iterable[str] = (),
    is_synthetic: bool = False,
    n_withheld: int = 0,
) -> Passport:
    """Return what the file is, how it was read, and how far it can be trusted."""
    layout = plan.layout
    return Passport(
        path=str(table.path),
        sha256=table.sha256,
        layout=layout.key,
        source=origin_of(table) or layout.source,
        noun=layout.noun,
        mapping=plan.mapping,
        n_read=n_read,
        n_accepted=n_read - n_rejected,
        n_rejected=n_rejected,
        crs=crs,
        refused_columns=plan.refused,
        notes=(*layout.notes, *table.content.notes, *refusal_note(plan.refused), *notes),
        is_synthetic=is_synthetic,
        has_rates=layout.has_rates,
        has_points=layout.has_points,
        n_withheld=n_withheld,
    )


def origin_of(table: Table) -> str:
    """Return the source that the file itself names, the same on every row; "" where it does not."""
    column = _origin_column(table)
    if not column:
        return ""
    first, last = table.ask(f"SELECT min({column}), max({column}) FROM source")[0]
    return str(first).strip() if first == last and first else ""


def is_synthetic(table: Table) -> bool:
    """Return whether the file itself says, on every row, that its rows are made up."""
    column = _origin_column(table)
    if not column:
        return False
    says = f"coalesce(contains(lower({column}), 'syntetisk'), false)"
    return bool(table.ask(f"SELECT bool_and({says}) FROM source")[0][0])


def _origin_column(table: Table) -> str:
    """Return the column that tells of a source, as an SQL identifier; "" where there is none."""
    return next((quoted(c) for c in table.columns if c.casefold() in _ORIGIN_COLUMNS), "")
