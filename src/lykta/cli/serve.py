"""`lykta serve`: the pages and the work that waits, as two processes that live and die together."""

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from lykta.cli.ready import ready
from lykta.infrastructure.errors import LyktaError

# How long a process may take to finish what it is doing when it is told to end.
PATIENCE = 30  # seconds
NIGHTLY = (
    "lykta.infrastructure.audit.services.anchor_now",
    "lykta.infrastructure.imports.services.clear_now",
    "lykta.infrastructure.retention.services.run_now",
    "lykta.infrastructure.columns.services.keep_all_up",
    "lykta.domain.meetings.tasks.tell_daily",
)
DIGEST = "lykta.infrastructure.notifications.tasks.digest"


class PortTaken(LyktaError):
    """Another program listens on the port."""

    code = "port-taken"


class NoAddress(LyktaError):
    """The machine does not have the address, or the port may not be used."""

    code = "no-address"


class OldTables(LyktaError):
    """The database lacks what this version of the program needs."""

    code = "old-tables"


class ServerDied(LyktaError):
    """One of the processes ended by itself."""

    code = "server-died"


@click.command(options_metavar="[VAL]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adress att lyssna på.")
@click.option("--port", default=8000, show_default=True, help="0 tar en ledig port.")
@click.option(
    "--processes", default=2, show_default=True, type=click.IntRange(min=1), help="För sidorna."
)
@click.option(
    "--threads", default=2, show_default=True, type=click.IntRange(min=1), help="I varje process."
)
def serve(*, host: str, port: int, processes: int, threads: int) -> None:
    """Visa lykta i webbläsaren och gör det arbete som väntar. Avsluta med Ctrl+C."""
    run(host=host, port=port, processes=processes, threads=threads)


def run(*, host: str = "127.0.0.1", port: int = 8000, processes: int = 2, threads: int = 2) -> None:
    """Serve the installation until interrupted, or until one of the processes ends."""
    ready()
    port = _free_port(host, port)
    _prepare()
    pages = [sys.executable, "-m", "gunicorn", "lykta.project.wsgi", "--bind", f"{host}:{port}"]
    pages += ["--config", "python:lykta.project.server"]
    pages += ["--workers", str(processes), "--threads", str(threads)]
    pages += ["--log-level", "warning", "--no-control-socket"]
    worker = [sys.executable, "-m", "django", "qcluster"]
    click.echo(f"http://{host}:{port}/")
    click.echo("Öppna adressen i webbläsaren. Ctrl+C avslutar.")
    _live_and_die_together({"Webbservern": pages, "Arbetaren": worker})
    click.echo("Avslutat.")


def _free_port(host: str, port: int) -> int:
    """Return the port if it is free, or a free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise NoAddress(
                    f"Det går inte att lyssna på {host}, port {port}. Ange en adress som den här "
                    "maskinen har med --host, och en port som du får använda med --port."
                ) from None
            raise PortTaken(
                f"Port {port} är upptagen. Välj en annan med --port, eller 0 för en ledig."
            ) from None
        return int(probe.getsockname()[1])


def _prepare() -> None:
    """See to it that tables and files are those of this version, and put standing work in line."""
    from django.conf import settings

    from lykta.cli import statics
    from lykta.infrastructure import jobs
    from lykta.infrastructure.examination import database

    if missing := database.unapplied():
        raise OldTables(
            f"Databasen saknar {len(missing)} ändringar som den här versionen behöver. "
            f"{database.how_to_migrate()}"
        )
    statics.refresh()
    for task in (*NIGHTLY, *_fetches()):
        jobs.every_day(task)
    jobs.every_day(DIGEST, at=settings.DIGEST_AT)
    # Left half done by a process that died; the worker goes on with it while the pages are shown.
    jobs.enqueue("lykta.infrastructure.imports.services.resume")
    jobs.enqueue("lykta.infrastructure.columns.services.keep_all_up")
    jobs.enqueue("lykta.infrastructure.notifications.tasks.resume")


def _fetches() -> set[str]:
    """Return the jobs that ask outside sources: only those that kommun.toml switches on."""
    from django.conf import settings

    return {
        f"lykta.domain.indicators.tasks.fetch_{source.key}"
        for source in settings.INSTALLATION.sources
    }


def _live_and_die_together(commands: dict[str, Sequence[str]]) -> None:
    """Run commands until one of them ends or we are told to, and then end them all."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    told: list[int] = []

    def end(number: int, _frame: Any) -> None:
        told.append(number)
        _terminate(children.values())

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    for name, command in commands.items():
        # A group of its own: Ctrl+C reaches it through us only, and all of it can be ended.
        children[name] = subprocess.Popen(command, process_group=0)  # noqa: S603 - our own
    if not told:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    first = next((name for name, child in children.items() if child.poll() is not None), "")
    _terminate(children.values())
    for child in children.values():
        _wait_for(child)
    if not told:
        raise ServerDied(f"{first} slutade av sig själv. Se felet ovan, och starta om lykta serve.")


def _terminate(children: Any) -> None:
    for child in list(children):
        if child.poll() is None:
            child.terminate()


def _wait_for(child: subprocess.Popen[bytes]) -> None:
    """Let a process finish, and then end what it has left behind: one that is killed leaves all."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
