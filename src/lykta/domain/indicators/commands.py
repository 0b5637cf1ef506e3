"""The commands of indicators: reading observations in, and fetching them from their sources.

Whoever has the shell has the data, so all is within reach; the audit log then names nobody.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lykta.domain.indicators.rules import SWEDISH_THEMES
from lykta.infrastructure.errors import LyktaError

if TYPE_CHECKING:
    from lykta.domain.indicators.services import Fetched


@click.command(options_metavar="[VAL]")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", "is_trial", is_flag=True, help="Pröva bara: inget ändras.")
@click.option("--period", metavar="PERIOD", help="Till exempel 2023, om filen inte säger det.")
@click.option(
    "--theme", type=click.Choice(list(SWEDISH_THEMES.values())), help="Vad nyckeltalen handlar om."
)
@click.option(
    "--confidentiality",
    type=click.Choice(["public", "partners", "municipality"]),
    help="Vilka som får se nya nyckeltal. Annars alla.",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FIL",
    help="Skriv alla avvisade rader med orsak till en CSV-fil.",
)
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def indicators(
    *,
    file: Path,
    is_trial: bool,
    rejected: Path | None,
    is_json: bool,
    **options: str | None,
) -> None:
    """Läs in nyckeltal: en egen tabell, eller statistik från Brå, SCB eller Kolada."""
    from django.utils import timezone

    from lykta.domain.indicators import services
    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.imports import printing
    from lykta.sources.records import RowError
    from lykta.sources.rejecting import write_rejected

    printing.resume()
    with printing.progress(is_shown=not is_json) as tell:
        run = services.read_in(
            SYSTEM, file, today=timezone.localdate(), is_trial=is_trial, tell=tell, **options
        )
    if rejected:
        rows = run.rejected_rows.all()
        write_rejected([RowError(r.row, r.field, r.value, r.reason) for r in rows], rejected)
    printing.show(run, is_trial=is_trial, is_json=is_json)


@click.command(options_metavar="[VAL]")
@click.argument("source", metavar="[KÄLLA]", default="")
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def fetch(source: str, *, is_json: bool) -> None:
    """Hämta nu från KÄLLA, eller från alla källor som kommun.toml slår på."""
    from lykta.domain.indicators import services
    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.imports import printing

    if not services.sources(source):
        raise LyktaError(
            f"Ingen källa ”{source}” är påslagen. Skriv den under [[sources]] i kommun.toml."
            if source
            else "Ingen källa är påslagen. Skriv dem under [[sources]] i kommun.toml.",
            code="source-off",
        )
    printing.resume()
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
