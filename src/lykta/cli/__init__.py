"""The command line: a door that gathers commands and does nothing itself."""

import gettext
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from lykta import __version__
from lykta.cli.ready import on_installation
from lykta.infrastructure.errors import LyktaError

# Where each command is, and what it does. It is loaded only when it is asked for, so that
# `lykta --help` answers at once.
COMMANDS = {
    "picture": ("lykta.cli.picture:picture", "Gör en lägesbild av filer, utan databas."),
    "analyse": ("lykta.cli.analysing:analyse", "Räkna med en av metoderna, utan databas."),
    "demo": ("lykta.cli.demo:demo", "Skriv demokommunens filer och gör lägesbilder av dem."),
    "setup": ("lykta.cli.setup:setup", "Sätt upp en kommuns lykta, eller uppgradera den."),
    "serve": ("lykta.cli.serve:serve", "Visa lykta i webbläsaren och gör det arbete som väntar."),
    "import": ("lykta.cli.importing:importing", "Läs in händelser, områden, nyckeltal och annat."),
    "fetch": ("lykta.domain.indicators.commands:fetch", "Hämta nu från de källor som är påslagna."),
    "freeze": ("lykta.cli.freezing:freeze", "Frys en lägesbild av en period som är över."),
    "recompute": ("lykta.cli.freezing:recompute", "Räkna om frysta lägesbilder."),
    "invite": ("lykta.domain.partners.commands:invite", "Bjud in någon att logga in."),
    "backup": ("lykta.cli.backups:backup", "Skriv en säkerhetskopia av allt till en fil."),
    "restore": ("lykta.cli.backups:restore", "Lägg tillbaka en säkerhetskopia."),
    "retention": ("lykta.cli.retention:retention", "Gallra: ta bort det vars tid är ute."),
    "columns": ("lykta.cli.mirroring:columns", "Se till att kopiorna av tabellerna är i takt."),
    "audit": ("lykta.cli.auditing:auditing", "Granska loggen över vad som har gjorts."),
    "doctor": ("lykta.cli.doctor:doctor", "Se efter att allt som lykta behöver fungerar här."),
}


# Click's own words in Swedish; whoever sets LANGUAGE to another language gets that of click.
LOCALE = Path(__file__).parent / "locale"


class LazyGroup(click.Group):
    """A group whose commands lie in other modules, its own or a room's."""

    def __init__(self, *args: Any, gathered: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathered = gathered

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.gathered)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its module."""
        if cmd_name not in self.gathered:
            return None
        module, _, name = self.gathered[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - one line per command above
        return on_installation(command) if module.startswith("lykta.domain.") else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, text) for name, (_, text) in self.gathered.items()])


@click.group(
    cls=LazyGroup,
    gathered=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[VAL]",
    subcommand_metavar="KOMMANDO …",
)
@click.version_option(__version__, message="lykta %(version)s", help="Visa versionen.")
def lykta() -> None:
    """Kommunens verktyg för brottsförebyggande och trygghetsskapande arbete."""


def main() -> None:
    """Run the command line; what the user can put right is one sentence and exit code 1."""
    os.environ.setdefault("LANGUAGE", "sv")
    gettext.bindtextdomain("messages", LOCALE)
    try:
        lykta(prog_name="lykta", standalone_mode=False)
    except LyktaError as error:
        click.echo(f"Fel: {error}", err=True)
        sys.exit(1)
    except click.exceptions.Abort:
        click.echo("Avbrutet.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
