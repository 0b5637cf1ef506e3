"""Files of places into the database: checked first, then read in now or by a worker."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from lykta.domain.places.services.wanted import BadOption
from lykta.infrastructure import jobs
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.imports import services as imports
from lykta.infrastructure.imports.models import Run

CHANGE = "change places"
# What can be said of a file where it does not say it itself.
OPTIONS = {
    *("kind", "valid_from", "is_ended", "border_origin", "border_note", "crs", "mapping"),
    *("year", "list_year", "source", "is_preliminary"),
}
KINDS = ("areas", "population", "listings", "editions")


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
    require(reach, CHANGE)
    run = imports.check(kind, path, by=reach.user, **_options(today, options))
    return run if is_trial else imports.carry_out(run, tell=tell)


def check_upload(
    reach: Reach, *, kind: str, file: Any, today: date, area_kind: str = "", **options: Any
) -> Run:
    """Return the run that says what a file sent by the web would change."""
    require(reach, CHANGE)
    with tempfile.TemporaryDirectory() as folder:
        # Readers tell a file by its ending, and its name is shown to those who ask later.
        path = Path(folder) / Path(file.name).name
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        options = _options(today, options | {"kind": area_kind})
        return imports.check(kind, path, by=reach.user, **options)


def start_import(reach: Reach, run: Run) -> None:
    """Let a worker carry out a run that has been checked."""
    require(reach, CHANGE)
    with transaction.atomic():
        imports.wait(run)
        jobs.enqueue("lykta.domain.places.tasks.carry_out", run_id=run.pk)


def _options(today: date, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options as they are kept with the run: what is empty left out, days as text."""
    if unknown := set(options) - OPTIONS:
        allowed = ", ".join(sorted(OPTIONS))
        raise BadOption(f"”{min(unknown)}” går inte att ange för en fil. Välj bland {allowed}.")
    given = {name: value for name, value in options.items() if value not in (None, "", {}, False)}
    given.setdefault("valid_from", today)
    given.setdefault("read_on", today)
    return {name: str(value) if isinstance(value, date) else value for name, value in given.items()}
