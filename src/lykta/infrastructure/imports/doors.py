"""What a page and a command may ask of the imports: check a file, read it in, mend its rows."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from lykta.infrastructure import jobs
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import memory, services
from lykta.infrastructure.imports.models import RejectedRow, Run
from lykta.infrastructure.imports.plans import importer_of


class BadOption(LyktaError):
    """What was said about a file cannot be used."""

    code = "bad-option"


class NothingToMend(LyktaError):
    """The run has no rejected rows whose texts are kept."""

    code = "nothing-to-mend"


def kinds_for(reach: Reach) -> tuple[str, ...]:
    """Return the kinds of files that someone may read in."""
    return tuple(kind for kind in settings.IMPORTERS if reach.may(importer_of(kind).right))


def check(
    reach: Reach, kind: str, path: Path, /, *, today: date, options: Mapping[str, Any]
) -> Run:
    """Return the run that says what a file would change."""
    require(reach, importer_of(kind).right)
    given = _options(kind, today, options)
    if "mapping" not in given and (known := memory.recall(kind, path)):
        given |= {"mapping": known, "is_remembered": True}
    return services.check(kind, path, by=reach.user, **given)


def read_in(
    reach: Reach,
    kind: str,
    path: Path,
    /,
    *,
    today: date,
    is_trial: bool = False,
    tell: Callable[[Run], None] = lambda _run: None,
    **options: Any,
) -> Run:
    """Return the run of a file that has been read in, or only checked where it is a trial."""
    run = check(reach, kind, path, today=today, options=options)
    return run if is_trial else services.carry_out(run, tell=tell)


def check_upload(
    reach: Reach, kind: str, file: Any, /, *, today: date, options: Mapping[str, Any]
) -> Run:
    """Return the run that says what a file sent by the web would change."""
    require(reach, importer_of(kind).right)
    with tempfile.TemporaryDirectory() as folder:
        # Readers tell a file by its ending, and its name is shown to those who ask later.
        path = Path(folder) / Path(file.name).name
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return check(reach, kind, path, today=today, options=options)


def start(reach: Reach, run: Run) -> None:
    """Let a worker carry out a run that has been checked."""
    require(reach, importer_of(run.kind).right)
    with transaction.atomic():
        services.wait(run)
        jobs.enqueue("lykta.infrastructure.imports.tasks.carry_out", run_id=run.pk)


def mend(reach: Reach, run: Run, mended: Sequence[Mapping[str, str]], *, today: date) -> Run:
    """Return the run that says what mended rows of another run would change."""
    rows = mendable(run)
    if not rows or not mended:
        raise NothingToMend(f"Inläsningen av {run.file_name} har inga rader att rätta.")
    columns = columns_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(run.file_name).stem}-rättad.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(columns)
            writer.writerows([row.get(column, "") for column in columns] for row in mended)
        return check(reach, run.kind, path, today=today, options=_said(run))


def mendable(run: Run) -> list[RejectedRow]:
    """Return the rejected rows of a run that can be mended, each once."""
    rows = {row.row: row for row in run.rejected_rows.order_by("-id") if row.cells}
    return [rows[number] for number in sorted(rows)]


def columns_of(rows: Iterable[RejectedRow]) -> list[str]:
    """Return the columns of rejected rows, in the order of the file."""
    return list(dict.fromkeys(column for row in rows for column in row.cells))


def _said(run: Run) -> dict[str, Any]:
    """Return what was said of a run's file, to be said of another."""
    allowed = importer_of(run.kind).options
    return {name: value for name, value in run.options.items() if name in allowed}


def _options(kind: str, today: date, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options as they are kept with the run: what is empty left out, days as text."""
    allowed = importer_of(kind).options
    given = {name: value for name, value in options.items() if value not in (None, "", {}, False)}
    if unknown := set(given) - allowed:
        choices = ", ".join(sorted(allowed))
        raise BadOption(f"”{min(unknown)}” går inte att ange för filen. Välj bland {choices}.")
    given.setdefault("read_on", today)
    return {name: str(value) if isinstance(value, date) else value for name, value in given.items()}
