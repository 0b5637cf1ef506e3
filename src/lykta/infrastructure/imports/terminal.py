"""Reading a file in from the command line: what all kinds of files have in common.

Whoever has the shell has the data, so all is within reach; the audit log then names nobody.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from lykta.infrastructure.imports.models import Run

F = TypeVar("F", bound=Callable[..., Any])
N_REJECTED_SHOWN = 10
_COUNTS = ("n_read", "n_added", "n_changed", "n_unchanged", "n_rejected", "n_outside")
_COMMON = (
    click.argument(
        "file", metavar="FIL", type=click.Path(path_type=Path, exists=True, dir_okay=False)
    ),
    click.option("--dry-run", "is_trial", is_flag=True, help="Pröva bara: inget ändras."),
    click.option(
        "--rejected",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FIL",
        help="Skriv alla avvisade rader med orsak till en CSV-fil.",
    ),
    click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON."),
)


mapped = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FÄLT=KOLUMN",
    help="Vilken kolumn som är vad, till exempel code=KKOD. Kan anges flera gånger.",
)


def common(work: F) -> F:
    """Give a command what all of them take."""
    for option in reversed(_COMMON):
        work = option(work)
    return work


def read_in(
    kind: str,
    /,
    *,
    file: Path,
    is_trial: bool,
    mapping: tuple[str, ...] = (),
    rejected: Path | None,
    is_json: bool,
    **options: Any,
) -> None:
    """Go on with what was left half done, read the file in, and say what became of its rows."""
    from django.utils import timezone

    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.imports import doors
    from lykta.infrastructure.imports.mapping import pairs
    from lykta.infrastructure.imports.rejected import write_rejected

    resume()
    with _progress(is_shown=not is_json) as tell:
        run = doors.read_in(
            SYSTEM,
            kind,
            file,
            today=timezone.localdate(),
            is_trial=is_trial,
            tell=tell,
            mapping=pairs(mapping),
            **options,
        )
    if rejected:
        write_rejected(run.rejected_rows.all(), rejected)
    if is_json:
        click.echo(json.dumps(_as_data(run), ensure_ascii=False, indent=2))
    else:
        _show(run, is_trial=is_trial)


def resume() -> None:
    """Go on with the imports that a dead process left half done."""
    from lykta.infrastructure.imports import services as imports

    for run in imports.resume():
        how = f"kunde inte läsas klart: {run.error}" if run.error else "har nu lästs klart."
        click.echo(f"{run.file_name} var avbruten och {how}", err=True)


@contextmanager
def _progress(*, is_shown: bool) -> "Iterator[Callable[[Run], None]]":
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


def _as_data(run: "Run") -> dict[str, Any]:
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


def _show(run: "Run", *, is_trial: bool) -> None:
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
