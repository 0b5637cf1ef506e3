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
        source=layout.source,
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


def is_synthetic(table: Table) -> bool:
    """Return whether the file itself says, on every row, that its rows are made up."""
    columns = [column for column in table.columns if column.casefold() in _ORIGIN_COLUMNS]
    if not columns:
        return False
    says = f"coalesce(contains(lower({quoted(columns[0])}), 'syntetisk'), false)"
    return bool(table.ask(f"SELECT bool_and({says}) FROM source")[0][0])
