"""`lykta backup` and `lykta restore`: all that an installation owns in one file, and back."""

from datetime import datetime
from pathlib import Path

import click

from lykta.cli.ready import folder, make_key, ready

FILE = click.argument("file", metavar="FIL", type=click.Path(path_type=Path, dir_okay=False))


@click.command(options_metavar="[VAL]")
@FILE
@click.option(
    "--with-key", "has_key", is_flag=True, help="Ta med nyckeln, som filen då måste skyddas som."
)
def backup(file: Path, *, has_key: bool) -> None:
    """Skriv en säkerhetskopia av allt till FIL (zip), medan lykta används."""
    ready()
    from lykta.infrastructure.backups import services

    manifest = services.write(file, has_key=has_key)
    click.echo(
        f"Skrev {file}: {len(manifest.files)} filer, {file.stat().st_size / 1024**2:.1f} MB, "
        f"loggen till och med post {manifest.contents.audit_number}."
    )


@click.command(options_metavar="[VAL]")
@FILE
@click.option("--replace", "is_replacing", is_flag=True, help="Ersätt de uppgifter som finns.")
def restore(file: Path, *, is_replacing: bool) -> None:
    """Lägg tillbaka säkerhetskopian FIL. Stoppa lykta serve först."""
    from lykta.infrastructure.backups import archive

    archive.read(file)
    # A new machine has nothing yet, and the settings are read from what the backup brings.
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    archive.unpack_installation(file, folder(), is_replacing=False)
    make_key(folder())
    ready()
    from lykta.infrastructure.backups import services

    manifest = services.restore(file, is_replacing=is_replacing)
    made_at = datetime.fromisoformat(manifest.made_at).astimezone()
    click.echo(
        f"Lade tillbaka {file}, gjord {made_at:%Y-%m-%d %H:%M}. "
        f"Granskningsloggen är hel: {manifest.contents.audit_number} poster."
    )
