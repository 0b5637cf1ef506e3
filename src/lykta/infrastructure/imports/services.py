"""Running an import: check, carry out, resume, withdraw."""

import os
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from lykta.infrastructure import storage
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import memory
from lykta.infrastructure.imports.models import Fetch, RejectedRow, Run, State
from lykta.infrastructure.imports.plans import Cells, Change, Importer, Plan, importer_of

N_EXAMPLES = 10
# A worker that has not been heard of for so long is taken for dead on whichever machine it ran.
SILENCE = timedelta(minutes=2)
PATIENCE = timedelta(days=7)
# Between two batches the database is left to others for as long as the batch took, or so long:
# who waits for SQLite looks again at most a tenth of a second later.
BREATH_S = 0.1
_ANOTHER = "En annan fil av samma slag läses in just nu. Vänta tills den är klar."
_UNFORESEEN = "Ett fel i lykta avbröt inläsningen. Inget av filen är inläst. Säg till it-drift."


class AnotherRunning(LyktaError):
    """Another file of the same kind is being read in."""

    code = "another-import"


class NotChecked(LyktaError):
    """The run is not one that can be carried out."""

    code = "import-not-checked"


def check(kind: str, path: Path, /, *, by: int | None, **options: Any) -> Run:
    """Return a run that says what the file would change; nothing else is written."""
    with path.open("rb") as file:
        sha256 = storage.put(file)
    importer = importer_of(kind)
    plan = importer.plan(path, options)
    cells = _cells(importer, plan, path)
    with transaction.atomic():
        run = Run.objects.create(
            kind=kind,
            file_name=path.name,
            sha256=sha256,
            options=options,
            started_by_id=by,
            checked_at=timezone.now(),
        )
        _keep(run, plan)
        _keep_rejected(run, plan, cells)
    return run


def carry_out(run: Run, *, tell: Callable[[Run], None] = lambda _run: None) -> Run:
    """Write what the file changes and return the run; where it stopped half way, go on there."""
    _take(run)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = storage.named(run.sha256, run.file_name, Path(folder))
            importer = importer_of(run.kind)
            plan = importer.plan(path, run.options)
            _write(run, plan, tell)
            _make_visible(run, plan, path)
    except NotChecked:
        raise
    except Exception as error:
        # Whatever went wrong, nothing half written stays, and the next file is not kept waiting.
        why = str(error) if isinstance(error, LyktaError) else _UNFORESEEN
        withdraw(run, state=State.FAILED, why=why)
        raise
    forget_file(run)
    return run


def wait(run: Run) -> None:
    """Put a checked run in line for a worker, or say why it cannot be."""
    if Run.objects.filter(kind=run.kind, state=State.RUNNING).exists():
        raise AnotherRunning(_ANOTHER)
    if run.state == State.CHECKED:
        run.state = State.WAITING
        run.save(update_fields=["state"])


def withdraw(run: Run, *, state: State = State.WITHDRAWN, why: str = "") -> None:
    """Take away what an unfinished run has written."""
    if run.state == State.DONE:
        raise NotChecked(f"Inläsningen av {run.file_name} är klar och tas inte tillbaka.")
    with transaction.atomic():
        run.state, run.error, run.n_written = state, why, 0
        run.finished_at, run.worker = timezone.now(), ""
        run.save()
        audit.record("import.withdrawn", actor=run.started_by_id, subject=run, kind=run.kind)
    # Nobody has seen these rows and nobody will; `clear` takes what a crash leaves of them.
    importer_of(run.kind).withdraw(run)
    forget_file(run)


def resume() -> list[Run]:
    """Carry out the runs that a dead process left half done, and return them."""
    left = [run for run in Run.objects.filter(state=State.RUNNING).order_by("id") if _is_dead(run)]
    for run in left:
        with suppress(LyktaError):  # it is kept with the run, and the others go on
            carry_out(run)
    return left


def clear_now() -> None:
    """Take away what a crash has left of the runs withdrawn this week; each night's work.

    What was checked and then left is deleted when its time is out: see `retained`.
    """
    lately = timezone.now() - PATIENCE
    ended = Run.objects.filter(state__in=(State.WITHDRAWN, State.FAILED), finished_at__gte=lately)
    for run in ended:
        importer_of(run.kind).withdraw(run)


def forget_file(run: Run) -> None:
    """Remove a file that has been read in, unless another run still needs it.

    It may hold columns that lykta does not read; its digest, counts and rejected rows stay. What
    was fetched from a source is kept, raw: it may not be there to be fetched again.
    """
    unfinished = (State.CHECKED, State.WAITING, State.RUNNING)
    is_needed = Run.objects.filter(sha256=run.sha256, state__in=unfinished).exists()
    if not is_needed and not Fetch.objects.filter(sha256=run.sha256).exists():
        storage.path_of(run.sha256).unlink(missing_ok=True)


def _take(run: Run) -> None:
    """Make this process the one that works on the run."""
    now = timezone.now()
    with transaction.atomic():
        held = Run.objects.select_for_update().get(pk=run.pk)
        may_start = held.state in (State.CHECKED, State.WAITING)
        may_go_on = held.state == State.RUNNING and (_is_dead(held) or held.worker == _me())
        if not may_start and not may_go_on:
            raise NotChecked(
                f"Inläsningen av {run.file_name} är {State(held.state).label} och körs inte igen."
            )
        held.state, held.worker, held.heard_at = State.RUNNING, _me(), now
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError:
            raise AnotherRunning(_ANOTHER) from None
    run.refresh_from_db()


def _write(run: Run, plan: Plan, tell: Callable[[Run], None]) -> None:
    importer = importer_of(run.kind)
    while batch := plan.changes[run.n_written : run.n_written + settings.IMPORT_BATCH]:
        started = time.monotonic()
        with transaction.atomic():
            importer.write(run, batch)
            _move_on(run, len(batch))
        tell(run)
        if run.n_written < len(plan.changes):
            time.sleep(min(time.monotonic() - started, BREATH_S))


def _make_visible(run: Run, plan: Plan, path: Path) -> None:
    importer = importer_of(run.kind)
    cells = _cells(importer, plan, path)
    with transaction.atomic():
        _keep(run, plan)
        _keep_rejected(run, plan, cells)
        memory.remember(run, path)
        importer.finish(run, plan)
        for follower in settings.AFTER_IMPORT.get(run.kind, ()):
            import_string(follower)()
        run.state, run.finished_at, run.worker = State.DONE, timezone.now(), ""
        run.save()
        audit.record(
            "import.done",
            actor=run.started_by_id,
            subject=run,
            kind=run.kind,
            sha256=run.sha256,
            added=run.n_added,
            changed=run.n_changed,
            unchanged=run.n_unchanged,
            rejected=run.n_rejected,
        )


def _move_on(run: Run, n_rows: int) -> None:
    """Note how far the run has come, or raise where another process has taken it over."""
    mine = Run.objects.filter(pk=run.pk, worker=run.worker, n_written=run.n_written)
    run.n_written, run.heard_at = run.n_written + n_rows, timezone.now()
    if not mine.update(n_written=run.n_written, heard_at=run.heard_at):
        raise NotChecked(f"Inläsningen av {run.file_name} har tagits över av en annan process.")


def _keep(run: Run, plan: Plan) -> None:
    """Keep the counts of a plan and some examples with the run."""
    run.n_read, run.n_unchanged, run.n_outside = plan.n_read, plan.n_unchanged, plan.n_outside
    run.n_added, run.n_changed = plan.n_added, len(plan.changes) - plan.n_added
    run.n_rejected = len(plan.rejected) if plan.n_rejected is None else plan.n_rejected
    run.notes, run.mapping = [*memory.notes(run), *plan.notes], dict(plan.mapping)
    run.examples = [_example(change) for change in plan.changes[:N_EXAMPLES]]
    run.save()


def _keep_rejected(run: Run, plan: Plan, cells: Cells) -> None:
    """Keep each rejected row with what is wrong in it, and its texts where they are at hand."""
    run.rejected_rows.all().delete()
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                run=run,
                row=fault.row,
                field=fault.field[:255],
                value=fault.value[:255],
                reason=fault.reason,
                cells=dict(cells.get(fault.row, {})),
            )
            for fault in plan.rejected
        ],
        batch_size=settings.IMPORT_BATCH,
    )


def _cells(importer: Importer, plan: Plan, path: Path) -> Cells:
    if importer.cells is None or not plan.rejected:
        return {}
    return importer.cells(path, [fault.row for fault in plan.rejected], plan.kept_columns)


def _example(change: Change) -> dict[str, Any]:
    return {
        "key": change.key,
        "is_new": change.is_new,
        "what": list(change.what),
        "row": change.row,
    }


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def _is_dead(run: Run) -> bool:
    """Return whether the process that worked on the run is gone."""
    host, pid, started = run.worker.rsplit(":", 2) if run.worker else ("", "0", "")
    if host == socket.gethostname():
        return _started(int(pid)) != started
    return run.heard_at is None or timezone.now() - run.heard_at > SILENCE


def _started(pid: int) -> str:
    """Return when a process of this machine started, "" for none: a number may be given again."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (FileNotFoundError, ProcessLookupError):
        return ""
