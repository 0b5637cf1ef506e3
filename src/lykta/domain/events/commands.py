"""The commands of events: reading files in, and the copy of the events as columns."""

from typing import Any

import click

from lykta.domain.events.rules import RELIABILITIES
from lykta.infrastructure.imports.terminal import common, mapped, read_in


@click.command(options_metavar="[VAL]")
@common
@mapped
@click.option("--crs", help="Koordinatsystem, till exempel EPSG:3006, om filen inte säger det.")
@click.option("--source", metavar="TEXT", help="Källa, om filen inte säger det.")
@click.option(
    "--reliability",
    type=click.Choice([key.value for key in RELIABILITIES]),
    help="Hur det är känt att det hände. Annars registered.",
)
def events(**asked: Any) -> None:
    """Läs in händelser: tid, plats, kategori och antal."""
    read_in("events", **asked)


@click.command(options_metavar="[VAL]")
@common
@mapped
def categories(**asked: Any) -> None:
    """Läs in kategorier: kod, namn och grupp."""
    read_in("categories", **asked)
