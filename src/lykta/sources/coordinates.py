"""Reference systems: which one the coordinates are in, and from there to degrees and metres."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.infrastructure.errors import UnknownCrs

Floats = NDArray[np.float64]

DEGREES = "EPSG:4326"
SWEREF_99_TM = "EPSG:3006"
_SWEDEN_LON, _SWEDEN_LAT = (10.5, 24.2), (55.2, 69.1)
# Metres that only Swedish northings reach, and those that only eastings do, in any Swedish system.
_NORTHINGS, _EASTINGS = (6_100_000, 7_700_000), (0, 2_000_000)
# How far outside its area of use a reference system is still believed, in degrees.
_AREA_MARGIN = 3.0
# The middle of so many points says as surely as all of them where a file lies.
_MIDDLE_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Points:
    """Points in metres of one metric system, nan where the system does not reach."""

    x_m: Floats
    y_m: Floats
    metric_crs: str


@cache
def crs_of(text: str) -> Any:
    """Return the reference system that the user or a file names."""
    import pyproj
    from pyproj.exceptions import CRSError

    try:
        return pyproj.CRS.from_user_input(text)
    except CRSError as error:
        raise UnknownCrs(
            f"Referenssystemet ”{text[:60]}” finns inte. Ange det med sin EPSG-kod, till exempel "
            "EPSG:3006 för SWEREF 99 TM."
        ) from error


def name_of(text: str) -> str:
    """Return the short name of a reference system, such as "EPSG:3006"."""
    crs = crs_of(text)
    authority = crs.to_authority(min_confidence=70)
    name = ":".join(authority) if authority else str(crs.name)
    return DEGREES if name == "OGC:CRS84" else name


def is_degrees(text: str) -> bool:
    """Return whether a reference system counts in degrees."""
    return bool(crs_of(text).is_geographic)


def transform(x: Floats, y: Floats, from_crs: str, to_crs: str) -> tuple[Floats, Floats]:
    """Return points in another reference system, (n,) and (n,); nan where it does not reach."""
    if from_crs == to_crs:
        return x, y
    # In place on copies of ours: a million points are not copied once more on the way.
    new_x, new_y = transformer(from_crs, to_crs).transform(x.copy(), y.copy(), inplace=True)
    if not (np.isfinite(new_x).all() and np.isfinite(new_y).all()):
        outside = ~(np.isfinite(new_x) & np.isfinite(new_y))
        new_x, new_y = np.where(outside, np.nan, new_x), np.where(outside, np.nan, new_y)
    return new_x, new_y


@cache
def transformer(from_crs: str, to_crs: str) -> Any:
    """Return what moves points between two reference systems, x always before y."""
    import pyproj

    return pyproj.Transformer.from_crs(crs_of(from_crs), crs_of(to_crs), always_xy=True)


def placed(x: Floats, y: Floats, *, crs: str, metric_crs: str | None) -> Points:
    """Return points given in `crs`, (n,) and (n,), in metres."""
    metric = name_of(metric_crs) if metric_crs else _metric_crs_for(x, y, crs)
    if not metric:
        return Points(x, y, "")
    return Points(*transform(x, y, crs, metric), metric)


def _metric_crs_for(x: Floats, y: Floats, crs: str) -> str:
    """Return the metric system that suits points in `crs`; "" where no point is given."""
    middle = middle_of(x, y)
    if middle is None:
        return ""
    lon, lat = (np.array([v]) for v in middle)
    return metric_crs_of(*transform(lon, lat, crs, DEGREES))


def middle_of(x: Floats, y: Floats) -> tuple[float, float] | None:
    """Return the median of evenly drawn points, (n,) and (n,), or None where none is given."""
    step = max(1, len(x) // _MIDDLE_POINTS)
    given = np.isfinite(x[::step]) & np.isfinite(y[::step])
    if not given.any():
        given, step = np.isfinite(x) & np.isfinite(y), 1
    if not given.any():
        return None
    return float(np.median(x[::step][given])), float(np.median(y[::step][given]))


def metric_crs_of(lon: Floats, lat: Floats) -> str:
    """Return SWEREF 99 TM where the middle of the points lies in Sweden, else its UTM zone."""
    middle = middle_of(lon, lat)
    if middle is None:
        return ""
    middle_lon, middle_lat = middle
    if _within(middle_lon, _SWEDEN_LON) and _within(middle_lat, _SWEDEN_LAT):
        return SWEREF_99_TM
    zone = min(60, int((middle_lon + 180) // 6) + 1)
    return f"EPSG:{(32600 if middle_lat >= 0 else 32700) + zone}"


def check(x: Floats, y: Floats, *, crs: str, fields: tuple[str, str]) -> None:
    """Raise where most coordinates, (n,) and (n,), cannot be in the reference system said.

    `fields` are the names of our fields for x and y, so that the sentence can say what to type.
    """
    middle = middle_of(x, y)
    if middle is None:
        return
    if is_degrees(crs):
        _check_degrees(middle, fields)
    else:
        _check_metres(middle, crs, fields)


def _check_degrees(middle: tuple[float, float], fields: tuple[str, str]) -> None:
    x, y = middle
    is_swedish_swap = _within(y, _SWEDEN_LON) and _within(x, _SWEDEN_LAT)
    if is_swedish_swap or abs(y) > 90 >= abs(x):
        raise UnknownCrs(_swapped("Longitud och latitud", fields))
    if abs(x) > 180 or abs(y) > 90:
        raise UnknownCrs(
            f"Koordinaterna (till exempel {x:.0f}, {y:.0f}) är inte grader. {_suggestion(x, y)}"
        )


def _check_metres(middle: tuple[float, float], crs: str, fields: tuple[str, str]) -> None:
    x, y = middle
    if abs(x) <= 180 and abs(y) <= 180:
        raise UnknownCrs(
            f"Koordinaterna (till exempel {x:.4f}, {y:.4f}) är grader, men {name_of(crs)} räknar i "
            f"meter. Är de longitud och latitud, ange --crs {DEGREES}."
        )
    if _is_swapped(x, y) and name_of(crs).startswith(("EPSG:300", "EPSG:301", "EPSG:302")):
        raise UnknownCrs(_swapped("x och y", fields))
    if not _is_in_area_of_use(x, y, crs):
        raise UnknownCrs(
            f"Koordinaterna (till exempel {x:.0f}, {y:.0f}) ligger långt utanför det område som "
            f"{name_of(crs)} gäller för. {_suggestion(x, y)}"
        )


def _is_swapped(x: float, y: float) -> bool:
    return _within(x, _NORTHINGS) and _within(y, _EASTINGS)


def _is_in_area_of_use(x: float, y: float, crs: str) -> bool:
    area = crs_of(crs).area_of_use
    if area is None:
        return True
    lon, lat = transformer(crs, DEGREES).transform(x, y)
    return bool(
        area.west - _AREA_MARGIN <= lon <= area.east + _AREA_MARGIN
        and area.south - _AREA_MARGIN <= lat <= area.north + _AREA_MARGIN
    )


def _swapped(what: str, fields: tuple[str, str]) -> str:
    return (
        f"{what} ser ut att ha bytt plats. Byt plats på kolumnerna med "
        f"--map {fields[0]}=… och --map {fields[1]}=…."
    )


def unknown(x: Floats, y: Floats) -> UnknownCrs:
    """Return the error that asks for the reference system, with one that looks plausible."""
    asked = "Filen säger inte vilket referenssystem koordinaterna har."
    middle = middle_of(x, y)
    if middle is None:
        return UnknownCrs(f"{asked} Ange det, till exempel --crs {SWEREF_99_TM}.")
    return UnknownCrs(f"{asked} {_suggestion(*middle)}")


def _suggestion(x: float, y: float) -> str:
    if abs(x) <= 180 and abs(y) <= 90:
        return f"De ser ut som longitud och latitud: ange i så fall --crs {DEGREES}."
    if _is_swapped(x, y):
        x, y = y, x
    if not _within(y, _NORTHINGS):
        return f"Ange det med --crs, till exempel --crs {SWEREF_99_TM}, enligt filens beskrivning."
    if _within(x, (1_200_000, 1_900_000)):
        return "De ser ut som RT 90 2,5 gon V: ange i så fall --crs EPSG:3021."
    if x < 250_000:
        return (
            "De ser ut som en lokal zon av SWEREF 99: ange den, till exempel --crs EPSG:3011 "
            "för SWEREF 99 18 00."
        )
    return f"De ser ut som SWEREF 99 TM: ange i så fall --crs {SWEREF_99_TM}."


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
