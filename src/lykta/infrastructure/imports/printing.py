"""What the rooms' commands say of an import in the terminal."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from lykta.infrastructure.imports import services as imports
from lykta.infrastructure.imports.models import Run

N_REJECTED_SHOWN = 10
_COUNTS = ("n_read", "n_added", "n_changed", "n_unchanged", "n_rejected", "n_outside")


def show(run: Run, *, is_trial: bool, is_json: bool) -> None:
    """Print what became of a file, for people or for a program."""
    if is_json:
        click.echo(json.dumps(_as_data(run), ensure_ascii=False, indent=2))
    else:
        _show(run, is_trial=is_trial)


def resume() -> None:
    """Go on with the imports that a dead process left half done."""
    for run in imports.resume():
        how = f"kunde inte läsas klart: {run.error}" if run.error else "har nu lästs klart."
        click.echo(f"{run.file_name} var avbruten och {how}", err=True)


@contextmanager
def progress(*, is_shown: bool) -> Iterator[Callable[[Run], None]]:
    """Yield what to tell after each batch, with a bar in the terminal if there is one."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not is_shown or not console.is_terminal:
        yield lambda _run: None
        return
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("Läser in", total=None)
        yield lambda run: progress.update(bar, total=run.n_to_write, completed=run.n_written)


def _as_data(run: Run) -> dict[str, Any]:
    rows = run.rejected_rows.all()[:N_REJECTED_SHOWN]
    return {
        "run": run.pk,
        "kind": run.kind,
        "file": run.file_name,
        "sha256": run.sha256,
        "state": run.state,
        **{name: getattr(run, name) for name in _COUNTS},
        "notes": run.notes,
        "examples": run.examples,
        "rejected": [
            {"row": row.row, "field": row.field, "value": row.value, "reason": row.reason}
            for row in rows
        ],
    }


def _show(run: Run, *, is_trial: bool) -> None:
    """Print what became of the rows, some examples, and the first that were rejected."""
    click.echo(
        f"{run.file_name}: {run.n_read} rader lästa, {run.n_added} nya, {run.n_changed} ändrade, "
        f"{run.n_unchanged} oförändrade, {run.n_rejected} avvisade, {run.n_outside} gäller andra."
    )
    for note in run.notes:
        click.echo(note)
    for example in run.examples:
        what = "ny" if example["is_new"] else ", ".join(example["what"])
        click.echo(f"  rad {example['row']}: {example['key']} ({what})")
    for row in run.rejected_rows.all()[:N_REJECTED_SHOWN]:
        where = " ".join(part for part in (row.field, row.value and f"”{row.value}”") if part)
        click.echo(f"  Avvisad rad {row.row}{', ' if where else ''}{where}: {row.reason}")
    if run.n_rejected > N_REJECTED_SHOWN:
        click.echo("  … fler avvisade rader skrivs med --rejected FIL.")
    click.echo("Prövat. Inget har ändrats." if is_trial else "Inläst.")
