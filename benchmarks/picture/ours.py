"""The town by lykta: `python -m benchmarks.picture.ours DIR [picture|same]`.

`picture` draws the whole common picture; `same` takes only the steps that the peer takes.
"""

import json
import sys
import time
from pathlib import Path

clock = time.process_time
began = clock()

import duckdb  # noqa: E402 - the time that imports take is measured
import numpy as np  # noqa: E402
import pyogrio.raw  # noqa: E402
import shapely  # noqa: E402

from lykta import analysis  # noqa: E402
from lykta.analysis import picture as drawing  # noqa: E402
from lykta.analysis.cells import permutations_needed  # noqa: E402
from lykta.analysis.spans import Events, Question  # noqa: E402

DAYS_A_PERIOD = 365


def read(folder: Path) -> tuple[Events, drawing.Areas, int]:
    """Return the events, the areas, and how many categories there are."""
    source = f"read_csv('{folder / 'events.csv'}', delim=';')"
    with duckdb.connect() as database:
        rows = database.execute(f"select distinct category from {source} order by 1").fetchall()
        names = ", ".join(f"'{name}'" for (name,) in rows)
        database.execute(f"create type kind as enum ({names})")
        table = database.execute(f"""
            select (epoch_us(time) // 3600000000)::int as hour, x, y,
                enum_code(category::kind)::int as kind
            from {source}
        """).fetchnumpy()
    _, _, geometry, (_, population) = pyogrio.raw.read(folder / "areas.gpkg")
    n = len(table["hour"])
    day = (table["hour"] // 24).astype(np.int64)
    events = Events(
        day, day, (table["hour"] % 24).astype(float), table["x"], table["y"],
        np.full(n, -1, np.int32), table["kind"], np.ones(n, np.int64),
    )  # fmt: skip
    areas = drawing.Areas(len(geometry), shapely.from_wkb(geometry), population.astype(float))
    return events, areas, len(rows)


def draw(events: Events, areas: drawing.Areas, n_categories: int) -> dict:
    """Return what the whole picture found."""
    last = int(events.last_day.max())
    question = Question(
        first_day=last - DAYS_A_PERIOD + 1, last_day=last, n_categories=n_categories
    )
    found = drawing.picture(events, areas, question, rng=1)
    n_held = int(found.areas.changes.count.sum())
    return {"n_period": n_held, "n_hot": int((found.hot.hot.kind == 1).sum())}


def same(events: Events, areas: drawing.Areas, _: int) -> dict:
    """Return what the peer's steps found: counts per area and week, rates, smoothing, Gi*."""
    held = analysis.assign_areas(events.x_m, events.y_m, areas.polygons).area
    last = int(events.last_day.max())
    weeks = analysis.whole_periods(int(events.first_day.min()), last, "week")
    per_week = analysis.tally(held, areas.n, second=weeks.index(events.first_day), n_second=weeks.n)
    is_now = events.first_day > last - DAYS_A_PERIOD
    counts = analysis.tally(np.where(is_now, held, -1), areas.n)
    rates = analysis.poisson_rates(counts, areas.population, per=1000)
    smoothed = analysis.eb_smooth(counts, areas.population)
    hot = analysis.getis_ord_gi_star(
        smoothed.rate,
        analysis.contiguity(areas.polygons),
        n_permutations=permutations_needed(areas.n, 0.05),
        rng=1,
    )
    return {
        "n_period": int(counts.sum()),
        "n_hot": int((hot.kind == 1).sum()),
        "n_weeks": per_week.shape[1],
        "mean_rate": float(rates.rate.mean()),
    }


def main() -> None:
    """Print the CPU seconds of each phase."""
    imported = clock()
    act = same if sys.argv[2:] == ["same"] else draw
    town = read(Path(sys.argv[1]))
    was_read = clock()
    found = act(*town)
    phases = {
        "import": imported - began,
        "read": was_read - imported,
        "compute": clock() - was_read,
    }
    print(json.dumps(phases | found))


if __name__ == "__main__":
    main()
