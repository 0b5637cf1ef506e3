"""Doors to what keeps small counts of a table from being told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from lykta.cli.analysing import columns
from lykta.cli.analysing.answers import Answer, answering
from lykta.cli.analysing.series import FILE
from lykta.infrastructure.errors import LyktaError

_TABLE = click.argument("table", type=FILE, metavar="TABELL")


@click.command(options_metavar="[VAL]")
@_TABLE
@click.option("--smallest-shown", default=5, show_default=True, help="Mindre antal döljs.")
@click.option(
    "--publish-totals", is_flag=True, help="Läsaren vet inte summorna förut: de döljs vid behov."
)
@click.option("--time-limit", default=60.0, show_default=True, metavar="SEKUNDER")
@answering
def suppress(
    *,
    table: Path,
    smallest_shown: int,
    publish_totals: bool,
    time_limit: float,
) -> Answer:
    """Dölj små antal i en tabell, och det minsta som krävs för att de inte ska gå att räkna ut.

    Tabellens första kolumn namnger raderna. Den ska inte ha några summor.
    """
    from lykta.analysis import attack
    from lykta.analysis import suppress as suppressed

    rows, heads, counts = _read(table)
    found = suppressed(
        counts, smallest_shown=smallest_shown, are_totals_known=not publish_totals,
        time_limit_s=time_limit,
    )  # fmt: skip
    if publish_totals:
        rows, heads = (*rows, "Summa"), (*heads, "Summa")
        tried = attack(found.counts, smallest_shown=smallest_shown)
    else:
        tried = attack(
            found.counts, counts.sum(axis=1), counts.sum(axis=0), smallest_shown=smallest_shown
        )
    n_small, n_more = int(found.is_small.sum()), int(found.is_complement.sum())
    n_told = int((tried.is_recovered & found.is_small).sum())
    said = (
        f"{n_small} små antal döljs, och {n_more} till för att de inte ska gå att räkna ut.",
        f"Försök att räkna ut dem lyckas för {n_told} av {n_small}.",
    )
    columns_ = found.columns()
    row, column = columns_.pop("row"), columns_.pop("column")
    return Answer(
        "suppress",
        said,
        _names(rows, heads, row, column),
        {**columns_, "low": tried.low.ravel(), "high": tried.high.ravel()},
        found.params,
        (*found.warnings, *tried.warnings),
    )


@click.command("round", options_metavar="[VAL]")
@_TABLE
@click.option("--base", default=3, show_default=True, type=click.IntRange(3, 5), help="3 eller 5.")
@click.option(
    "--method", default="random", show_default=True, type=click.Choice(["random", "nearest"])
)
@click.option("--seed", type=int, help="Frö för avrundningen. Den som vet det kan räkna tillbaka.")
@answering
def rounded(
    *,
    table: Path,
    base: int,
    method: str,
    seed: int | None,
) -> Answer:
    """Avrunda antalen i en tabell till jämna 3 eller 5."""
    from lykta.analysis import round_counts

    rows, heads, counts = _read(table)
    found = round_counts(counts, base=base, method=method, rng=seed)
    said = (f"Antalen är avrundade till jämna {base}. Summorna är avrundade var för sig.",)
    columns_ = found.columns()
    row, column = columns_.pop("row"), columns_.pop("column")
    # Whoever knows the seed can try out what the numbers were.
    told = {name: value for name, value in found.params.items() if name != "rng"}
    return Answer("round_counts", said, _names(rows, heads, row, column), columns_, told)


def _read(path: Path) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.float64]]:
    """Return the names of rows and columns, and the counts between them."""
    found = columns.read(path)
    first, *heads = found
    if not heads or not found[first]:
        raise LyktaError(
            f"”{path.name}” är ingen tabell av antal. Den första kolumnen ska namnge raderna, och "
            "de andra ska ha antal.",
            code="no-table",
        )
    counts = np.column_stack([columns.numbers(found, head) for head in heads])
    return tuple(found[first]), tuple(heads), counts


def _names(
    rows: Sequence[str], heads: Sequence[str], row: NDArray[Any], column: NDArray[Any]
) -> dict[str, list[str]]:
    return {"row": [rows[r] for r in row], "column": [heads[c] for c in column]}
