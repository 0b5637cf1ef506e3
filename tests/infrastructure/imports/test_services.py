"""An import is tried first, written in batches, and survives the death of its process."""

import socket
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.infrastructure.imports import lines

from lykta.infrastructure import storage
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import plans, services
from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.imports.plans import UnknownKind
from lykta.infrastructure.imports.services import AnotherRunning, NotChecked

pytestmark = pytest.mark.django_db
NAMES = ["Asp", "Björk", "Ceder", "En", "Gran"]


class Killed(BaseException):
    """Stands for the end of a process: nobody catches it."""


@pytest.fixture(autouse=True)
def importer(settings, tmp_path):
    settings.IMPORTERS = {lines.KIND: "tests.infrastructure.imports.lines.LINES"}
    settings.IMPORT_BATCH = 2
    settings.LYKTA_DIR = tmp_path / "home"


@pytest.fixture
def checked(tmp_path):
    return checked_file(tmp_path)


def checked_file(folder, names=NAMES, **options) -> Run:
    path = folder / "namn.txt"
    path.write_text("\n".join(names), encoding="utf-8")
    return services.check(lines.KIND, path, by=None, **options)


def left_half_done(run: Run, worker: str) -> Run:
    """Return a run whose process died after its first batch of two."""

    def die(_run):
        raise Killed

    with pytest.raises(Killed):
        services.carry_out(run, tell=die)
    Run.objects.filter(pk=run.pk).update(worker=worker)
    run.refresh_from_db()
    return run


def a_dead_worker() -> str:
    process = subprocess.Popen(["true"])
    process.wait()
    return f"{socket.gethostname()}:{process.pid}:1"


def test_a_check_tells_what_would_change_and_changes_nothing(tmp_path):
    run = checked_file(tmp_path, [*NAMES, "!"])

    assert (run.state, run.n_read, run.n_added, run.n_rejected) == (State.CHECKED, 6, 5, 1)
    assert [row.reason for row in run.rejected_rows.all()] == ["Ett namn saknas."]
    assert run.examples[0] == {"key": "Asp", "is_new": True, "what": [], "row": 1}
    assert (lines.written().count(), Entry.objects.count()) == (0, 0)


def test_a_run_that_is_carried_out_is_one_entry_of_the_log(checked):
    run = services.carry_out(checked)

    assert lines.names() == NAMES
    assert (run.state, run.n_written) == (State.DONE, 5)
    assert [entry.action for entry in Entry.objects.all()] == ["import.done"]
    assert Entry.objects.get().facts["added"] == 5


def test_each_batch_is_told(checked):
    told = []

    services.carry_out(checked, tell=lambda run: told.append(run.n_written))

    assert told == [2, 4, 5]


def test_the_same_file_again_changes_nothing(checked, tmp_path):
    services.carry_out(checked)

    again = services.carry_out(checked_file(tmp_path))

    assert (again.n_added, again.n_changed, again.n_unchanged) == (0, 0, 5)
    assert lines.names() == NAMES


def test_a_run_that_is_done_is_not_carried_out_again(checked):
    services.carry_out(checked)

    with pytest.raises(NotChecked, match="klar"):
        services.carry_out(checked)


def test_a_file_is_refused_while_another_of_its_kind_is_read_in(checked, tmp_path):
    Run.objects.filter(pk=checked.pk).update(
        state=State.RUNNING, worker=services._me(), heard_at=timezone.now()
    )

    with pytest.raises(AnotherRunning):
        services.carry_out(checked_file(tmp_path))


def test_nothing_of_an_unfinished_run_is_seen(checked):
    left_half_done(checked, services._me())

    assert lines.written().count() == 2
    assert lines.names() == []


def test_a_run_that_a_dead_process_left_is_taken_up_where_it_stopped(checked):
    left_half_done(checked, a_dead_worker())

    assert [run.pk for run in services.resume()] == [checked.pk]

    assert lines.names() == NAMES
    assert [entry.action for entry in Entry.objects.all()] == ["import.done"]
    assert services.resume() == []


def test_a_run_of_a_living_process_is_left_to_it(checked):
    process = subprocess.Popen(["sleep", "60"])
    worker = f"{socket.gethostname()}:{process.pid}:{services._started(process.pid)}"
    left_half_done(checked, worker)

    before = services.resume()
    process.kill()
    process.wait()

    assert before == []
    assert [run.pk for run in services.resume()] == [checked.pk]


def test_a_number_that_another_process_has_been_given_is_not_the_same_process(checked):
    host, pid, _started = services._me().rsplit(":", 2)
    left_half_done(checked, f"{host}:{pid}:1")

    assert len(services.resume()) == 1


@pytest.mark.parametrize(("minutes", "n_resumed"), [(1, 0), (3, 1)])
def test_a_process_of_another_machine_is_dead_when_it_has_long_been_silent(
    checked, minutes, n_resumed
):
    left_half_done(checked, "another-machine:1:1")
    Run.objects.update(heard_at=timezone.now() - timedelta(minutes=minutes))

    assert len(services.resume()) == n_resumed


def test_a_file_that_cannot_be_read_after_all_leaves_nothing(checked, monkeypatch):
    monkeypatch.setattr(plans, "import_string", lambda _path: failing(lines.LINES))

    with pytest.raises(LyktaError, match="Skadad"):
        services.carry_out(checked)

    checked.refresh_from_db()
    assert (checked.state, checked.error, checked.worker) == (State.FAILED, "Skadad fil.", "")
    assert lines.written().count() == 0
    assert [entry.action for entry in Entry.objects.all()] == ["import.withdrawn"]


def failing(importer: plans.Importer) -> plans.Importer:
    """Return an importer that writes and then finds that the file was damaged."""

    def write(run, changes):
        importer.write(run, changes)
        if run.n_written:
            raise LyktaError("Skadad fil.")

    return replace(importer, write=write)


def test_a_withdrawn_run_leaves_nothing(checked):
    left_half_done(checked, a_dead_worker())

    services.withdraw(checked)

    assert lines.written().count() == 0
    assert (checked.state, checked.n_written) == (State.WITHDRAWN, 0)
    assert services.resume() == []


def test_a_kind_that_is_not_known_is_said_with_those_that_are(tmp_path):
    (tmp_path / "x.txt").write_text("x")

    with pytest.raises(UnknownKind, match="lines"):
        services.check("unheard-of", tmp_path / "x.txt", by=None)


def test_a_process_of_this_machine_that_is_alive_is_never_dead_however_silent(checked):
    left_half_done(checked, services._me())
    Run.objects.update(heard_at=timezone.now() - timedelta(hours=1))

    assert services.resume() == []


def test_a_fault_of_ours_leaves_nothing_and_keeps_no_other_file_waiting(
    checked, tmp_path, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(plans, "import_string", lambda _path: broken(lines.LINES))
        with pytest.raises(ZeroDivisionError):
            services.carry_out(checked)

    checked.refresh_from_db()
    assert checked.state == State.FAILED
    assert "Säg till it-drift" in checked.error
    assert services.carry_out(checked_file(tmp_path)).state == State.DONE


def broken(importer: plans.Importer) -> plans.Importer:
    """Return an importer with a fault in it."""
    return replace(importer, write=lambda run, _changes: 1 / (run.pk - run.pk))


def test_a_run_that_another_process_has_taken_over_writes_no_more(checked):
    def take_over(run):
        Run.objects.filter(pk=run.pk).update(worker="another-machine:1:1")

    with pytest.raises(NotChecked, match="tagits över"):
        services.carry_out(checked, tell=take_over)

    checked.refresh_from_db()
    assert (checked.state, checked.n_written) == (State.RUNNING, 2)


def test_what_is_done_is_not_taken_back(checked):
    services.carry_out(checked)

    with pytest.raises(NotChecked, match="klar"):
        services.withdraw(checked)


def test_a_file_that_waits_is_kept_and_one_that_is_read_in_is_not(checked):
    path = storage.path_of(checked.sha256)
    was_kept = path.exists()

    services.carry_out(checked)

    assert (was_kept, path.exists()) == (True, False)
