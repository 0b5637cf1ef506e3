"""The command line: a door that gathers commands and does nothing itself."""

import gettext
import importlib
import os
import sys
from pathlib import Path

import click

from lykta import __version__
from lykta.infrastructure.errors import LyktaError

# A command is loaded only when it is asked for, so that `lykta --help` answers at once.
COMMANDS = {
    "picture": "Gör en lägesbild av filer, utan databas.",
    "demo": "Skriv demokommunens filer och gör lägesbilder av dem.",
    "serve": "Visa en mapp med lägesbilder i webbläsaren.",
    "doctor": "Se efter att allt som lykta behöver fungerar här.",
}


# Click's own words in Swedish; whoever sets LANGUAGE to another language gets that of click.
LOCALE = Path(__file__).parent / "locale"


class LazyGroup(click.Group):
    """A group whose commands lie in modules of their own names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its module."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"lykta.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - one line per command above
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Kommandon"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
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
