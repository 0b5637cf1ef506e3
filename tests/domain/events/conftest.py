"""Small pictures with a known answer, and the words that belong to them."""

import numpy as np
import pytest

from lykta.analysis.picture import Areas, picture
from lykta.analysis.spans import Events, Question
from lykta.cli.periods import parse_period
from lykta.domain.events.papers import SourceNote, Subject

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
