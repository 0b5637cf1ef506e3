"""Reports as columns, and how a happening becomes one: hour, point, interval and reporter."""

from dataclasses import dataclass, fields

import numpy as np
import shapely
from numpy.typing import NDArray

from lykta.demo import patterns
from lykta.demo.places import Places

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Instants = NDArray[np.datetime64]

NO_POINT_SHARE = 0.03  # the area is known, the point is not
INTERVAL_MINUTES = (180, 480, 840, 3720)  # an evening, a school day, a night, a weekend
SLOT_MINUTES = 180
ONE_MINUTE = np.timedelta64(1, "m")
ONE_HOUR = np.timedelta64(60, "m")


@dataclass(frozen=True, slots=True)
class Events:
    """Reports as columns of one length, in order of time."""

    starts_at: Instants  # datetime64[m], local wall time, earliest possible moment
    ends_at: Instants  # latest possible moment; the same as starts_at when the time is exact
    category: Codes  # into patterns.CATEGORIES
    area: Codes  # into Places.small_areas
    x_m: Floats  # SWEREF 99 TM; nan where the report has an area only
    y_m: Floats
    reporter: Codes  # into patterns.REPORTERS

    def __len__(self) -> int:
        """Return the number of reports."""
        return len(self.starts_at)

    def take(self, chosen: NDArray[np.bool_] | Codes) -> "Events":
        """Return the chosen rows, by mask or by number."""
        return Events(*(getattr(self, field.name)[chosen] for field in fields(self)))


def joined(parts: list[Events]) -> Events:
    """Return all the reports together, in order of time."""
    columns = (np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Events))
    together = Events(*columns)
    return together.take(np.argsort(together.starts_at, kind="stable"))


def report(
    rng: np.random.Generator, places: Places, *, day: Instants, category: Codes, area: Codes
) -> Events:
    """Return one report for each happening, anywhere in its area with the same chance."""
    xy = _points(rng, places, area)
    xy[rng.random(len(area)) < NO_POINT_SHARE] = np.nan
    starts_at, ends_at = _times(rng, day, category)
    return Events(
        starts_at=starts_at,
        ends_at=ends_at,
        category=category,
        area=area,
        x_m=xy[:, 0],
        y_m=xy[:, 1],
        reporter=_reporters(rng, category),
    )


def _times(rng: np.random.Generator, day: Instants, category: Codes) -> tuple[Instants, Instants]:
    """Return the earliest and the latest moment; the true one lies anywhere between."""
    clocks = np.array([c.clock for c in patterns.CATEGORIES], dtype=float)
    slot = _chosen(rng, clocks, category)
    minute = slot * SLOT_MINUTES + rng.integers(0, SLOT_MINUTES, size=len(day))
    moment = day.astype("datetime64[m]") + minute
    is_interval = rng.random(len(day)) < np.array(
        [c.interval_share for c in patterns.CATEGORIES]
    ).take(category)
    length = np.where(is_interval, rng.choice(INTERVAL_MINUTES, size=len(day)), 0)
    before = (length * rng.random(len(day))).astype(np.int64)
    first = np.datetime64(patterns.FIRST_DAY, "m")
    last = np.datetime64(patterns.LAST_DAY, "m") + np.timedelta64(24 * 60 - 1, "m")
    starts_at = _on_the_clock(np.maximum(moment - before, first))
    return starts_at, np.maximum(
        _on_the_clock(np.minimum(moment - before + length, last)), starts_at
    )


def _on_the_clock(moment: Instants) -> Instants:
    """Return the moments with the hour that summer time skips moved to the next."""
    hour = (moment - moment.astype("datetime64[D]")) // ONE_HOUR
    day_of_month = (moment.astype("datetime64[D]") - moment.astype("datetime64[M]")).astype(int) + 1
    is_march = moment.astype("datetime64[M]").astype(int) % 12 == 2
    is_skipped = is_march & (patterns.weekday(moment) == 6) & (day_of_month > 24) & (hour == 2)
    return np.where(is_skipped, moment + ONE_HOUR, moment)


def _points(rng: np.random.Generator, places: Places, area: Codes) -> Floats:
    """Return a point for each, uniform within its small area."""
    xy = np.empty((len(area), 2))
    for number, place in enumerate(places.small_areas):
        here = np.flatnonzero(area == number)
        corners = _triangles(place.polygon)
        sizes = shapely.area(shapely.polygons(corners))
        which = rng.choice(len(corners), size=len(here), p=sizes / sizes.sum())
        # Fold the unit square over its diagonal: uniform in the triangle.
        u = rng.random((len(here), 2))
        u = np.where(u.sum(axis=1, keepdims=True) > 1, 1 - u, u)
        a, b, c = (corners[which, k] for k in range(3))
        xy[here] = a + u[:, :1] * (b - a) + u[:, 1:] * (c - a)
    return xy


def _triangles(polygon: shapely.Polygon) -> Floats:
    """Return the polygon as (n, 3, 2) corners of triangles."""
    triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(polygon))
    corners: Floats = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    return corners


def _reporters(rng: np.random.Generator, category: Codes) -> Codes:
    weights = np.array([r.weights for r in patterns.REPORTERS], dtype=float).T
    return _chosen(rng, weights, category)


def _chosen(rng: np.random.Generator, weights: Floats, row: Codes) -> Codes:
    """Return a column number for each row number, with the chances that the weights give."""
    upto = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    chosen: Codes = (rng.random(len(row))[:, None] > upto[row]).sum(axis=1)
    return chosen
