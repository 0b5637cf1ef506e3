"""The charts and maps of the picture, each with the words that stand in for it."""

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.cells import HotPlaces
from lykta.analysis.picture import Picture
from lykta.domain.events.papers import sentences, words
from lykta.domain.events.papers.subject import Subject
from lykta.infrastructure.papers import charts
from lykta.infrastructure.papers.charts import CellGroup
from lykta.infrastructure.papers.paper import Figure
from lykta.infrastructure.papers.swedish import number, week

# A border is drawn no finer than this on a map of a whole municipality, by its width.
BORDER_DETAIL = 1 / 900
# Names on a map beyond this many cover one another.
MOST_NAMES = 12
PARTS = ("00–03", "03–06", "06–09", "09–12", "12–15", "15–18", "18–21", "21–24")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
SMALLEST_CLASS_STEP = 5
# Fewer points than this make no line.
FEWEST_POINTS = 2


def time_figure(picture: Picture, subject: Subject, source: str) -> Figure | None:
    """Return the period week by week or month by month, with limits where there are any."""
    series, limits = picture.series, picture.series.limits
    counts = series.count.counts[series.n_baseline :]
    if np.count_nonzero(~np.isnan(counts)) < FEWEST_POINTS:
        return None
    is_week = picture.unit == "week"
    starts = [words.as_date(d) for d in series.periods.starts[series.n_baseline : -1]]
    labels = [week(d) if is_week else words.month_name(d) for d in starts]
    expected: list[float] | float = float(np.nanmean(counts))
    lower = upper = outside = None
    notes: dict[int, str] = {}
    if limits is not None:
        expected, lower, upper = (
            [float(v) for v in part] for part in (limits.expected, limits.lower, limits.upper)
        )
        outside = [bool(v) for v in limits.kind != 0]
        notes = {
            int(i): f"{labels[i]}: {number(counts[i])}" for i in np.flatnonzero(limits.kind)[:4]
        }
    drawn = charts.at_two_widths(
        charts.control_chart,
        labels,
        [None if np.isnan(v) else float(v) for v in counts],
        expected=expected,
        lower=lower,
        upper=upper,
        is_outside=outside,
        notes=notes,
        label_every=4 if is_week else 2,
    )
    unit = "vecka" if is_week else "månad"
    sentence = sentences.over_time(picture)
    said = f"{sentence.lead} {sentence.text}" if sentence else "Gränser saknas."
    low, high = (number(v) for v in (np.nanmin(counts), np.nanmax(counts)))
    return Figure(
        caption=f"{words.capital(subject.noun.many)} per {unit}{words.lower_bound(picture)}",
        alt=f"Linje med {number(len(counts))} punkter, från {low} till {high} per {unit}. {said}",
        source=source,
        spec=drawn["spec"],
        narrow_spec=drawn["narrow_spec"],
    )


def hours_figure(picture: Picture, subject: Subject, source: str) -> Figure | None:
    """Return weekday against part of the day, where the hour is known."""
    if picture.hours is None:
        return None
    grid = picture.hours.counts.reshape(7, len(PARTS))
    breaks = classes(picture.hours.counts)
    drawn = charts.at_two_widths(
        charts.day_hour_grid,
        [[None if np.isnan(v) else float(v) for v in row] for row in grid],
        breaks=breaks,
        column_labels=PARTS,
    )
    return Figure(
        caption=f"{words.capital(subject.noun.many)} per veckodag och tid på dygnet",
        alt=f"Rutnät med sju dagar och åtta delar av dygnet. {busiest(picture)}",
        source=source,
        spec=drawn["spec"],
        narrow_spec=drawn["narrow_spec"],
    )


def busiest(picture: Picture) -> str:
    """Return the three fullest parts of the week in words."""
    if picture.hours is None:
        return ""
    counts = np.nan_to_num(picture.hours.counts)
    top = np.argsort(-counts, kind="stable")[:3]
    named = [
        f"{WEEKDAYS[i // len(PARTS)]} {PARTS[i % len(PARTS)]} ({number(counts[i])})" for i in top
    ]
    return f"Flest är det {words.listed(named)}."


def place_figure(
    picture: Picture, subject: Subject, source: str, polygons: NDArray[np.object_] | None
) -> Figure | None:
    """Return the map of hexagons with what is dense for certain; None without places."""
    hot = picture.hot
    if hot is None or hot.places.corners is None or polygons is None:
        return None
    counts = hot.count
    breaks = classes(counts)
    groups = [
        CellGroup(letter, tuple(int(m) for m in one.members), is_significant=True)
        for letter, one in zip(words.LETTERS, hot.clusters, strict=False)
    ]
    drawn = charts.at_two_widths(
        charts.cell_map,
        _outlines(polygons),
        [_ring(corners) for corners in hot.places.corners],
        _shown_classes(hot, breaks, picture.question.smallest_shown),
        groups=groups,
        names=_names(polygons, subject),
        breaks=breaks,
    )
    sentence = sentences.places(picture, subject)
    said = f"{sentence.lead} {sentence.text}" if sentence else ""
    size = number(hot.places.size_m)
    n_filled = int(np.count_nonzero(~(counts == 0)))
    return Figure(
        caption=f"{words.capital(subject.noun.many)} i sexhörningar, {size} meter mellan sidorna",
        alt=(
            f"Karta med {number(len(counts))} sexhörningar; {number(n_filled)} har minst en "
            f"{subject.noun.one}. {said} Samma platser finns i tabellen."
        ),
        source=source,
        spec=drawn["spec"],
        narrow_spec=drawn["narrow_spec"],
    )


def classes(counts: NDArray[np.float64]) -> tuple[int, int, int, int, int]:
    """Return where five classes begin: 1, and then even steps up to nearly the largest counts."""
    held = counts[counts > 0]
    # A single peak would put everything else into the first class.
    top = float(np.quantile(held, 0.98)) if len(held) else 0.0
    step = max(SMALLEST_CLASS_STEP, int(np.ceil(top / 25)) * 5)
    return (1, step, 2 * step, 3 * step, 4 * step)


def _shown_classes(
    hot: HotPlaces, breaks: tuple[int, ...], smallest_shown: int
) -> list[int | None]:
    """Return the class of each cell; None for a cell without events.

    A small count is in the first class. One that is hidden to cover small ones is among the
    smallest that are not small, so its class is theirs.
    """
    known = np.where(hot.is_small, 1, np.nan_to_num(hot.count, nan=smallest_shown))
    classed = np.searchsorted(breaks, known, side="right") - 1
    return [None if value == 0 else int(group) for value, group in zip(known, classed, strict=True)]


def _outlines(polygons: NDArray[np.object_]) -> list[dict[str, object]]:
    """Return borders as GeoJSON geometries, no finer than the map can show."""
    import shapely

    left, bottom, right, top = shapely.total_bounds(polygons)
    detail = max(right - left, top - bottom) * BORDER_DETAIL
    kept = shapely.coverage_simplify(polygons, detail)
    return [shapely.geometry.mapping(shape) for shape in kept]


def _ring(corners: NDArray[np.float64]) -> dict[str, object]:
    """Return one cell as a GeoJSON geometry, clockwise as the drawing wants it."""
    ring = [[round(float(x), 1), round(float(y), 1)] for x, y in corners[::-1]]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _names(polygons: NDArray[np.object_], subject: Subject) -> list[tuple[float, float, str]]:
    """Return where to write the areas' names, if they are few enough."""
    import shapely

    if len(polygons) > MOST_NAMES:
        return []
    spots = shapely.get_coordinates(shapely.point_on_surface(polygons))
    return [
        (float(x), float(y), name) for (x, y), name in zip(spots, subject.area_names, strict=True)
    ]
