"""What was read in and not accepted is deleted in time, and what is counted stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.infrastructure.imports import lines

from lykta.infrastructure import storage
from lykta.infrastructure.imports import retained, services
from lykta.infrastructure.imports.models import RejectedRow, Run, State
from lykta.infrastructure.imports.services import NotChecked
from lykta.infrastructure.retention import services as retention

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def importer(settings, tmp_path):
    settings.IMPORTERS = {lines.KIND: "tests.infrastructure.imports.lines.LINES"}
    settings.LYKTA_DIR = tmp_path / "home"
    retention.load(today=timezone.localdate())


@pytest.fixture
def checked(tmp_path) -> Run:
    path = tmp_path / "Annas lista.txt"
    path.write_text("Asp\n!\nBjörk", encoding="utf-8")
    return services.check(lines.KIND, path, by=None)


def after(days: int) -> None:
    """Let the nights go, and the run of the last of them."""
    retention.run(now=timezone.now() + timedelta(days=days))


@pytest.mark.parametrize(("days", "n_left"), [(30, 1), (31, 0)])
def test_rejected_rows_go_after_a_month_and_their_number_stays(checked, days, n_left):
    services.carry_out(checked)

    after(days)

    assert (RejectedRow.objects.count(), Run.objects.get().n_rejected) == (n_left, 1)


@pytest.mark.parametrize(("days", "is_kept"), [(7, True), (8, False)])
def test_what_was_tried_and_left_is_withdrawn_with_its_file_after_a_week(checked, days, is_kept):
    after(days)

    state = State.CHECKED if is_kept else State.WITHDRAWN
    assert storage.path_of(checked.sha256).exists() == is_kept
    assert Run.objects.get().state == state


def test_a_run_that_nobody_came_to_carry_out_is_withdrawn_too(checked):
    services.wait(checked)

    after(8)

    with pytest.raises(NotChecked):
        services.carry_out(Run.objects.get())


def test_the_file_of_a_run_that_is_carried_out_just_then_is_left_to_it(checked):
    before = timezone.now() + timedelta(days=1)
    Run.objects.update(state=State.RUNNING)

    assert retained.FILES.erase("file", before).n == 0
    assert storage.path_of(checked.sha256).exists()


@pytest.mark.parametrize(("days", "name"), [(730, "Annas lista.txt"), (731, retained.NO_NAME)])
def test_the_name_of_a_file_goes_after_two_years_and_its_counts_stay(checked, days, name):
    services.carry_out(checked)

    after(days)

    run = Run.objects.get()
    assert (run.file_name, run.n_added, run.sha256) == (name, 2, checked.sha256)
    assert bool(run.examples) == (name != retained.NO_NAME)
