"""`lykta audit`: is the log of what has been done whole, and where does it end?"""

import sys

import click

from lykta.cli.ready import ready


@click.group("audit", options_metavar="[VAL]", subcommand_metavar="KOMMANDO …")
def auditing() -> None:
    """Granska loggen över vad som har gjorts."""


@auditing.command(options_metavar="[VAL]")
def verify() -> None:
    """Se efter att ingen post har ändrats, tagits bort eller lagts till i efterhand."""
    ready()
    from lykta.infrastructure.audit import services
    from lykta.infrastructure.audit.models import Tail

    faults = services.verify()
    for fault in faults:
        click.echo(fault.what, err=True)
    if faults:
        sys.exit(1)
    click.echo(f"Loggen är hel: {Tail.objects.get(pk=1).number} poster.")


@auditing.command(options_metavar="[VAL]")
def anchor() -> None:
    """Skriv ner loggens slut i dagens ankarfil."""
    ready()
    from lykta.infrastructure.audit import services

    file = services.anchor()
    click.echo(f"Skrev {file}" if file else "Loggen är tom. Inget att skriva ner.")
