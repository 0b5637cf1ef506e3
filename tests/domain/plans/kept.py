"""A small frozen picture to keep at each release: `python -m tests.domain.plans.kept 0.2.0`.

It is made by the version that runs, of a made-up town of three areas and some hundred events, with
one place that is dense for certain. What is written is never made again: it is what later versions
must still count to the same figures.
"""

import json
import sys
from pathlib import Path

import numpy as np
import shapely

FROZEN = Path(__file__).parent / "frozen"
FILES = ("manifest.json", "columns.parquet", "figures.json")
FIRST_DAY, LAST_DAY, HISTORY = 20089, 20453, 2 * 365  # 2025, and two years before it
N_EVENTS, N_DENSE = 700, 60
SIDE_M = 4_000


def main(version: str) -> None:
    """Write the picture of this version to a folder of its own, unless there is one."""
    from lykta import __version__
    from lykta.domain.plans import arrays, selectors
    from lykta.infrastructure import snapshots
    from lykta.infrastructure.snapshots import Snapshot

    folder = FROZEN / version
    if version != __version__ or folder.exists():
        sys.exit(
            f"This is {__version__}; {folder} must not be there. A kept picture is not remade."
        )
    given = town(np.random.default_rng(2026))
    packed = snapshots.pack(Snapshot(given.columns, arrays.parameters_of(given) | SAID, version))
    folder.mkdir(parents=True)
    (folder / FILES[0]).write_bytes(packed.manifest)
    (folder / FILES[1]).write_bytes(packed.parquet)
    figures = selectors.figures_of(snapshots.unpack(packed.manifest, folder / FILES[1]))
    text = json.dumps(figures, ensure_ascii=False, allow_nan=False, indent=1)
    (folder / FILES[2]).write_text(text + "\n", encoding="utf-8")


SAID = {
    "title": "Lägesbild 2025",
    "period": ["2025-01-01", "2025-12-31"],
    "audience": "partners",
    "filters": {"categories": [], "sources": [], "area": None, "reliabilities": []},
    "selection": [],
    "seed": 1,
    "place": "Provköping",
    "organisation": "Provköpings kommun",
    "marking": "Exempeldata – syntetiska",
    "made_at": "2026-11-24T07:00:00+01:00",
}


def town(rng: np.random.Generator):
    """Return what a picture of the made-up town is counted from."""
    from lykta.analysis.spans import Question
    from lykta.domain.events.selectors import CountedArea, CountedSource, PictureInput

    areas = tuple(
        CountedArea(code, name, people, shapely.box(*_corner(n), *(_corner(n) + SIDE_M)))
        for n, (code, name, people) in enumerate(
            (("P1", "Berget", 5_200.0), ("P2", "Åsen", 3_100.0), ("P3", "Ängen", 900.0))
        )
    )
    return PictureInput(
        columns=_columns(rng),
        question=Question(FIRST_DAY, LAST_DAY, n_categories=2, cell_m=500.0),
        areas=areas,
        people=(),
        category_names=("Skadegörelse", "Otrygg plats"),
        sources=(CountedSource("Provets synteter", "rapporter", has_rates=True, notes=("Prov.",)),),
        area_noun="kommundel",
        population="31 december 2024. Påhittad.",
    )


def _columns(rng: np.random.Generator):
    n = N_EVENTS + N_DENSE
    day = rng.integers(FIRST_DAY - HISTORY, LAST_DAY + 1, n)
    day[N_EVENTS:] = rng.integers(FIRST_DAY, LAST_DAY + 1, N_DENSE)
    area = rng.choice(3, n, p=(0.5, 0.3, 0.2))
    area[N_EVENTS:] = 1
    xy = _corner(area) + np.round(rng.uniform(0, SIDE_M, (n, 2)), 1)
    xy[N_EVENTS:] = _corner(1) + SIDE_M / 2 + np.round(rng.normal(0, 350, (N_DENSE, 2)), 1)
    is_unplaced = np.arange(n) % 50 == 7
    is_spanned = np.arange(n) % 20 == 3
    return {
        "first_day": day.astype(np.int32),
        "last_day": (day + is_spanned).astype(np.int32),
        "minute": np.where(is_spanned, -1, rng.integers(0, 1440, n)).astype(np.int16),
        "x_m": np.where(is_unplaced, np.nan, xy[:, 0]),
        "y_m": np.where(is_unplaced, np.nan, xy[:, 1]),
        "area": area.astype(np.int32),
        "category": rng.integers(0, 2, n).astype(np.int32),
        "source": np.zeros(n, np.int32),
        "count": np.ones(n, np.int32),
        "unseen": np.zeros(n, np.int32),
    }


def _corner(n):
    """Return the south-western corner of an area, metres: they lie in a row."""
    n = np.asarray(n)
    return np.stack((600_000.0 + n * SIDE_M, 6_600_000.0 + 0 * n), axis=-1)


if __name__ == "__main__":
    import django
    from tests import installation

    installation.prepare()
    django.setup()
    main(sys.argv[1])
