"""A made-up town for the benchmark: crinkled areas that share their borders, and its events.

Run as a script it writes `events.csv` and `areas.gpkg`: `python -m benchmarks.picture.town DIR`.
"""

import sys
from pathlib import Path

import numpy as np
import shapely

SEED = 20240501
SIDE_M = 45_000.0
LEFT_M, BOTTOM_M = 650_000.0, 6_560_000.0  # EPSG:3006, south of Stockholm
POINTS_A_SIDE = 24  # four sides make 96 vertices an area
DAYS = 730  # two years, the second of them the period
FIRST_DAY = np.datetime64("2023-01-01")
N_CATEGORIES = 12


def areas(columns: int, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Return columns x rows polygons in metres; neighbours share every vertex of their border."""
    step = np.array([SIDE_M / columns, SIDE_M / rows])
    corner = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1), indexing="ij"), -1)
    corner = (corner + rng.uniform(-0.15, 0.15, corner.shape)) * step + (LEFT_M, BOTTOM_M)
    along_x = _crinkled(corner[:-1], corner[1:], step.min(), rng)
    along_y = _crinkled(corner[:, :-1], corner[:, 1:], step.min(), rng)
    rings = np.concatenate(
        [along_x[:, :-1], along_y[1:], along_x[:, 1:, ::-1], along_y[:-1, :, ::-1]], axis=2
    )
    # Each side ends where the next begins.
    keep = np.arange(rings.shape[2]) % (POINTS_A_SIDE + 1) != POINTS_A_SIDE
    polygons = np.asarray(shapely.polygons(rings[:, :, keep].reshape(columns * rows, -1, 2)))
    if not shapely.is_valid(polygons).all():
        raise RuntimeError("a border crosses itself; the crinkle is too strong")
    return polygons


def _crinkled(
    start: np.ndarray, end: np.ndarray, size_m: float, rng: np.random.Generator
) -> np.ndarray:
    """Return lines from start to end with vertices off the straight, shape (…, n + 1, 2)."""
    share = np.linspace(0, 1, POINTS_A_SIDE + 1)[:, None]
    line = start[..., None, :] * (1 - share) + end[..., None, :] * share
    bend = rng.normal(0, 0.005 * size_m, line.shape)
    return line + bend * np.sin(np.pi * share)


def events(
    n: int, polygons: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return x, y (metres, to the centimetre), hour since the first day, and category."""
    weight = rng.gamma(0.8, size=len(polygons))
    home = rng.choice(len(polygons), n, p=weight / weight.sum())
    centre = shapely.get_coordinates(shapely.centroid(polygons))[home]
    spread = 0.35 * SIDE_M / np.sqrt(len(polygons))
    xy = np.round(centre + rng.normal(0, spread, (n, 2)), 2)
    hour = rng.integers(0, DAYS * 24, n)
    return xy[:, 0], xy[:, 1], hour, rng.integers(0, N_CATEGORIES, n)


def write(folder: Path, *, n_events: int, columns: int, rows: int) -> None:
    """Write the town's two files."""
    import duckdb
    import pyogrio.raw

    rng = np.random.default_rng(SEED)
    polygons = areas(columns, rows, rng)
    population = rng.integers(300, 3_000, len(polygons))
    folder.mkdir(parents=True, exist_ok=True)
    pyogrio.raw.write(
        folder / "areas.gpkg",
        geometry=shapely.to_wkb(polygons),
        field_data=[np.array([f"A{i:04}" for i in range(len(polygons))], object), population],
        fields=["code", "population"],
        crs="EPSG:3006",
        geometry_type="Polygon",
    )
    x, y, hour, category = events(n_events, polygons, rng)
    table = {"x": x, "y": y, "hour": hour, "kind": category}
    duckdb.register("made", table)
    duckdb.sql(f"""
        copy (
            select row_number() over () as id,
                strftime(timestamp '{FIRST_DAY}' + to_hours(hour), '%Y-%m-%d %H:%M') as time,
                x, y, 'category ' || kind as category
            from made
        ) to '{folder / "events.csv"}' (header, delimiter ';')
    """)


if __name__ == "__main__":
    count, wide, high = (int(each) for each in sys.argv[2:5])
    write(Path(sys.argv[1]), n_events=count, columns=wide, rows=high)
    print("{}")
