"""`lykta serve`: a folder of pictures in the browser, on this machine only."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from lykta.infrastructure.errors import LyktaError


@click.command(options_metavar="[VAL]")
@click.argument("folder", metavar="MAPP", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", default=8000, show_default=True, help="0 tar en ledig port.")
def serve(folder: Path, *, port: int) -> None:
    """Visa MAPP i webbläsaren, bara på den här datorn. Avsluta med Ctrl+C."""
    run(folder, port=port)


def run(folder: Path, *, port: int) -> None:
    """Serve a folder on the loopback address until interrupted."""
    if not folder.is_dir():
        raise LyktaError(f"Mappen ”{folder}” finns inte. Kör lykta demo {folder} först.")
    handler = partial(QuietHandler, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        raise LyktaError(f"Port {port} är upptagen. Välj en annan med --port, eller 0.") from None
    pages = sorted(path.name for path in folder.glob("*.html"))
    address = f"http://127.0.0.1:{server.server_port}"
    for page in pages or [""]:
        click.echo(f"{address}/{page}")
    click.echo("Öppna adressen i webbläsaren. Ctrl+C avslutar.")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Avslutat.")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line in the terminal for each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class' name
        """Say nothing."""
