"""The commands of places: reading files in from the command line.

Whoever has the shell has the data, so all is within reach; the audit log then names nobody.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from lykta.domain.places.rules import BorderOrigin, Kind

F = TypeVar("F", bound=Callable[..., Any])
_COMMON = (
    click.argument(
        "file", metavar="FIL", type=click.Path(path_type=Path, exists=True, dir_okay=False)
    ),
    click.option("--dry-run", "is_trial", is_flag=True, help="Pröva bara: inget ändras."),
    click.option(
        "--map",
        "mapping",
        multiple=True,
        metavar="FÄLT=KOLUMN",
        help="Vilken kolumn som är vad, till exempel code=KKOD. Kan anges flera gånger.",
    ),
    click.option(
        "--rejected",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FIL",
        help="Skriv alla avvisade rader med orsak till en CSV-fil.",
    ),
    click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON."),
)


def _common(work: F) -> F:
    """Give a command what all of them take."""
    for option in reversed(_COMMON):
        work = option(work)
    return work


@click.command(options_metavar="[VAL]")
@_common
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Slag av område.")
@click.option(
    "--valid-from",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAG",
    help="Från vilken dag det gäller, om filen inte säger det. Annars i dag.",
)
@click.option(
    "--border-origin",
    type=click.Choice([BorderOrigin.OFFICIAL.value, BorderOrigin.APPROXIMATION.value]),
    help="Gränsernas ursprung, om filen inte säger det.",
)
@click.option("--border-note", metavar="TEXT", help="Hur uppskattade gränser drogs.")
@click.option("--ended", "is_ended", is_flag=True, help="Områdena i filen upphör den dagen.")
@click.option("--crs", help="Koordinatsystem, till exempel EPSG:3006, om filen inte säger det.")
def areas(*, valid_from: datetime | None, **asked: Any) -> None:
    """Läs in områden: kod, namn, slag, vad de ingår i, och gränser om filen har sådana."""
    _read_in("areas", valid_from=valid_from and valid_from.date(), **asked)


@click.command(options_metavar="[VAL]")
@_common
@click.option("--year", type=click.IntRange(1900, 2200), help="År, om filen inte säger det.")
def population(**asked: Any) -> None:
    """Läs in folkmängd per område och år."""
    _read_in("population", **asked)


@click.command(options_metavar="[VAL]")
@_common
@click.option("--list-year", type=click.IntRange(1900, 2200), help="Listans år, om filen tiger.")
def listings(**asked: Any) -> None:
    """Läs in vilka av kommunens områden som står på polisens listor."""
    _read_in("listings", **asked)


@click.command(options_metavar="[VAL]")
@_common
def editions(**asked: Any) -> None:
    """Läs in hur många områden varje lista har i hela landet."""
    _read_in("editions", **asked)


def _read_in(
    kind: str,
    /,
    *,
    file: Path,
    is_trial: bool,
    mapping: tuple[str, ...],
    rejected: Path | None,
    is_json: bool,
    **options: Any,
) -> None:
    """Go on with what was left half done, read the file in, and say what became of its rows."""
    from django.utils import timezone

    from lykta.domain.places import services
    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.imports import printing
    from lykta.sources.mapping import pairs
    from lykta.sources.records import RowError
    from lykta.sources.rejecting import write_rejected

    printing.resume()
    with printing.progress(is_shown=not is_json) as tell:
        run = services.read_in(
            SYSTEM,
            kind,
            file,
            today=timezone.localdate(),
            is_trial=is_trial,
            tell=tell,
            mapping=pairs(mapping),
            **options,
        )
    if rejected:
        rows = run.rejected_rows.all()
        write_rejected([RowError(r.row, r.field, r.value, r.reason) for r in rows], rejected)
    printing.show(run, is_trial=is_trial, is_json=is_json)
