"""The commands of indicators: reading observations in, and fetching them from their sources."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from lykta.domain.indicators.rules import SWEDISH_THEMES
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.terminal import common, read_in, resume

if TYPE_CHECKING:
    from lykta.domain.indicators.services import Fetched


@click.command(options_metavar="[VAL]")
@common
@click.option("--period", metavar="PERIOD", help="Till exempel 2023, om filen inte säger det.")
@click.option(
    "--theme", type=click.Choice(list(SWEDISH_THEMES.values())), help="Vad nyckeltalen handlar om."
)
@click.option(
    "--confidentiality",
    type=click.Choice(["public", "partners", "municipality"]),
    help="Vilka som får se nya nyckeltal. Annars alla.",
)
def indicators(**asked: Any) -> None:
    """Läs in nyckeltal: en egen tabell, eller statistik från Brå, SCB eller Kolada."""
    read_in("observations", **asked)


@click.command(options_metavar="[VAL]")
@click.argument("source", metavar="[KÄLLA]", default="")
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def fetch(source: str, *, is_json: bool) -> None:
    """Hämta nu från KÄLLA, eller från alla källor som kommun.toml slår på."""
    from lykta.domain.indicators import services
    from lykta.infrastructure.access import SYSTEM

    if not services.sources(source):
        raise LyktaError(
            f"Ingen källa ”{source}” är påslagen. Skriv den under [[sources]] i kommun.toml."
            if source
            else "Ingen källa är påslagen. Skriv dem under [[sources]] i kommun.toml.",
            code="source-off",
        )
    resume()
    found = services.fetch(SYSTEM, source, line=services.line())
    if is_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(f"{each.source}: {each.error or _said(each)}", err=bool(each.error))
    if any(each.error for each in found):
        raise click.exceptions.Exit(1)


def _said(found: "Fetched") -> str:
    counts = (
        f"{found.n_answers} svar hämtade, {found.n_added} nya, {found.n_changed} ändrade, "
        f"{found.n_rejected} avvisade."
    )
    return f"{counts} Obs: {found.note}" if found.note else counts
