"""`lykta setup`: the folder of an installation, and what it is filled with at the start."""

import shutil
from pathlib import Path

import click

from lykta.cli.ready import folder, make_key, ready
from lykta.infrastructure import installation
from lykta.infrastructure.installation import BadInstallation, Installation


@click.command(options_metavar="[VAL]")
@click.argument("toml", metavar="KOMMUN_TOML", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--administrator", metavar="E-POST", default="", help="Den första för it-drift.")
@click.option("--name", metavar="NAMN", default="", help="Vad administratören heter.")
def setup(toml: Path, *, administrator: str, name: str) -> None:
    """Sätt upp den kommun som KOMMUN_TOML beskriver. Körs igen efter en uppgradering."""
    if administrator and not name:
        raise click.UsageError("Ange vad administratören heter med --name.")
    home = set_up(toml)
    if administrator:
        from lykta.cli import filling

        filling.invite_first(administrator, name, tell=click.echo)
    click.echo(f"{home} är klar. Starta med lykta serve.")


def set_up(toml: Path) -> Path:
    """Make the folder of an installation, fill it, and return it; safe to do again."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)  # what is in it is for the one who runs lykta, and nobody else
    make_key(home)
    _copy(toml, home)
    ready()
    from lykta.cli import filling

    filling.prepare()
    filling.fill(tell=click.echo)
    return home


def _copy(toml: Path, home: Path) -> None:
    """Copy the municipality's own file and those that it names, where they differ."""
    town = installation.read(toml)
    source = toml.resolve().parent
    for file in (*_named(town), toml):
        if not file.resolve().is_relative_to(source):
            raise BadInstallation(f"”{file}” ligger inte bredvid ”{toml}”. Lägg den där.")
        name = file.resolve().relative_to(source) if file != toml else Path(installation.FILE)
        target = home / name
        if not target.exists() or target.read_bytes() != file.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _named(town: Installation) -> list[Path]:
    first = (*town.areas, *town.population, *town.listings, *town.editions, *town.indicators)
    return [*([town.logo] if town.logo else []), *(file.path for file in first)]
