"""The commands of places: reading files in from the command line."""

from datetime import datetime
from typing import Any

import click

from lykta.domain.places.rules import BorderOrigin, Kind, PlaceKind
from lykta.infrastructure.imports.terminal import common, mapped, read_in


@click.command(options_metavar="[VAL]")
@common
@mapped
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
    read_in("areas", valid_from=valid_from and valid_from.date(), **asked)


@click.command(options_metavar="[VAL]")
@common
@mapped
@click.option(
    "--kind",
    "place_kind",
    type=click.Choice([kind.value for kind in PlaceKind]),
    help="Slag av plats, om filen inte säger det.",
)
@click.option(
    "--valid-from",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAG",
    help="Från vilken dag det gäller, om filen inte säger det. Annars i dag.",
)
@click.option("--ended", "is_ended", is_flag=True, help="Platserna i filen upphör den dagen.")
@click.option("--crs", help="Koordinatsystem, till exempel EPSG:3006, om filen inte säger det.")
def places(*, valid_from: datetime | None, **asked: Any) -> None:
    """Läs in platser: namn, slag, andra namn och en punkt för varje landmärke eller adress."""
    read_in("places", valid_from=valid_from and valid_from.date(), **asked)


@click.command(options_metavar="[VAL]")
@common
@mapped
@click.option("--year", type=click.IntRange(1900, 2200), help="År, om filen inte säger det.")
def population(**asked: Any) -> None:
    """Läs in folkmängd per område och år."""
    read_in("population", **asked)


@click.command(options_metavar="[VAL]")
@common
@mapped
@click.option("--list-year", type=click.IntRange(1900, 2200), help="Listans år, om filen tiger.")
def listings(**asked: Any) -> None:
    """Läs in vilka av kommunens områden som står på polisens listor."""
    read_in("listings", **asked)


@click.command(options_metavar="[VAL]")
@common
@mapped
def editions(**asked: Any) -> None:
    """Läs in hur många områden varje lista har i hela landet."""
    read_in("editions", **asked)
