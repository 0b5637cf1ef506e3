"""A town with categories whose events are read in; small pictures with a known answer."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.domain.events import reports
from tests.domain.places.conftest import ReadIn, places, read_in, write  # noqa: F401 - fixtures

from lykta.analysis.picture import Areas, picture
from lykta.analysis.spans import Events, Question
from lykta.cli.periods import parse_period
from lykta.domain.events.papers import SourceNote, Subject
from lykta.domain.events.services import load_categories
from lykta.infrastructure import storage
from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.imports.plans import importer_of

PERIOD = "2025-01..2025-12"


@pytest.fixture
def pictured():
    """Return a function that makes a picture from counts per area, now and the year before."""

    def make(now, before=None, *, smallest_shown=0, n_categories=1, months=12):
        first, last = parse_period(PERIOD if months == 12 else "2025-01")
        rows = [(first, area, n) for area, n in enumerate(now)]
        rows += [(first - 366, area, n) for area, n in enumerate(before or [])]
        day = np.concatenate(
            [start + np.arange(n) * (last - first) // max(n, 1) for start, _, n in rows]
        ).astype(np.int64)
        area = np.concatenate([np.full(n, a) for _, a, n in rows]).astype(np.int32)
        nothing = np.full(len(day), np.nan)
        events = Events(
            day, day, nothing, nothing, nothing, area, area % n_categories, np.ones(len(day), int)
        )
        question = Question(
            first, last, n_categories, finest_unit="month", smallest_shown=smallest_shown
        )
        return picture(events, Areas(len(now)), question, rng=1)

    return make


@pytest.fixture
def subject():
    """Return what a picture of four areas is of."""
    return Subject(
        place="Provköping",
        organisation="Provköpings kommun",
        area_names=("Ängen", "Berget", "Åsen", "Dalen"),
        category_names=("Skadegörelse",),
        sources=(SourceNote("Händelser", "provfilen", (("Fil", "prov.csv"),), ("En gräns.",)),),
        made_at="2026-01-15T08:00",
    )


@pytest.fixture
def town(places: ReadIn) -> ReadIn:  # noqa: F811 - the fixture of that name
    """Read in the made-up municipality and the categories, and return what reads more."""
    load_categories()
    return places


@pytest.fixture
def report(town: ReadIn) -> Callable[..., Run]:
    """Return what reads lines of events in as one file."""

    def told(*lines: str, **options: object) -> Run:
        return town("events", "handelser.csv", reports.as_file(list(lines)), **options)

    return told


def half_written(run: Run) -> Run:
    """Return a run that has written all that it will, but whose rows are not shown yet."""
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING)
    run.refresh_from_db()
    importer = importer_of(run.kind)
    with tempfile.TemporaryDirectory() as folder:
        path = storage.named(run.sha256, run.file_name, Path(folder))
        importer.write(run, importer.plan(path, run.options).changes[:])
    return run
