"""Pages of points on maps: in which area each lies, and hexagons."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tools.assets.pages.drawing import ALARM, DEEP, Page, Row, Spec, framed, layer
from tools.assets.pages.reading import data, read

from lykta import analysis
from lykta.infrastructure.papers.tokens import LIGHT

Floats = NDArray[np.float64]

SWEDEN = "sverige_kommuner_tatorter"
OTHER, NOWHERE = "#b3261e", DEEP
SIZES_M = (200, 500, 1_000)
RAMP = {"none": LIGHT["tint2"], "1–4": LIGHT["r1"], "5–14": LIGHT["r2"], "15–29": LIGHT["r3"],
        "30–49": LIGHT["r4"], "50 or more": LIGHT["r5"]}  # fmt: skip
LEAST = (1, 5, 15, 30, 50)


def areas() -> Page:
    """Localities of Sweden in municipalities with simplified borders: where they end up wrong."""
    from lykta.sources.reading import read_areas

    towns = read(
        "select name, mun_code as code, lan_code as county, e_3006::double as x, "
        "n_3006::double as y from read_csv($file, all_varchar = true)",
        f"{SWEDEN}/tatorter_punkter.csv.gz",
    )
    simple = read_areas(data(f"{SWEDEN}/kommuner_3006.geojson.gz"))
    fine = read_areas(data(f"{SWEDEN}/kommuner_detalj_stockholms_lan_3006.geojson.gz"))
    held, on_boundary = _held(towns, simple)
    is_outside = held == ""
    is_other = ~is_outside & (held != towns["code"])
    here = towns["county"] == "01"
    held_fine, _ = _held(towns, fine)
    is_wrong = is_outside | is_other
    example = int(np.flatnonzero(towns["name"] == "Surte")[0])
    names = dict(zip(simple.codes, simple.names, strict=True))
    return _sweden(simple.polygons, towns, is_outside, is_other), {
        "n": f"{len(held):,}",
        "n_areas": str(len(simple.codes)),
        "n_outside": str(int(is_outside.sum())),
        "n_other": str(int(is_other.sum())),
        "n_wrong": f"{is_wrong.mean():.0%}".replace("%", " %"),
        "given": str(names[held[example]]),
        "n_on_boundary": str(on_boundary),
        "n_here": str(int(here.sum())),
        "wrong_here": f"{is_wrong[here].sum()} were wrong",
        "wrong_fine": f"{(held_fine != towns['code'])[here].sum()} is wrong",
    }


def _held(towns: dict[str, Any], areas: Any) -> tuple[NDArray[np.str_], int]:
    """Return the code of the municipality that holds each town, and how many lie on a border."""
    found = analysis.assign_areas(towns["x"], towns["y"], areas.polygons)
    return np.array([*areas.codes, ""])[found.area], found.n_on_boundary


def _sweden(
    polygons: NDArray[np.object_], towns: dict[str, Any], is_outside: NDArray[np.bool_],
    is_other: NDArray[np.bool_],
) -> Spec:  # fmt: skip
    """Return the municipalities, and the localities that fall in none or in another."""
    import shapely

    shapes = shapely.coverage_simplify(polygons, 5_000)
    left, low, right, high = shapely.total_bounds(shapes)
    scale = 620 / (high - low)
    whole = [shapely.geometrycollections(shapes)]
    mark = {"type": "geoshape", "fill": LIGHT["tint2"], "stroke": LIGHT["landline"]}
    ground = {
        "data": {"values": _features(whole, (left, high), scale)},
        "mark": mark | {"strokeWidth": 0.4},
    }
    xy = np.column_stack((towns["x"], towns["y"]))
    dots = [
        layer("geoshape", colour, style={"stroke": LIGHT["bg"], "strokeWidth": 0.5})
        | {"data": {"values": _features([shapely.multipoints(xy[which])], (left, high), scale)}}
        for which, colour in ((is_outside, NOWHERE), (is_other, OTHER))
    ]
    return framed(
        {
            "projection": {"type": "identity", "pointRadius": 3},
            "layer": [ground, *dots],
        },
        key=[("in none", NOWHERE, "dot"), ("in another", OTHER, "dot")],
        width=round((right - left) * scale),
        height=620,
    )


def hexagons() -> Page:
    """Burglaries in Nottingham in 2022, counted in hexagons."""
    import shapely

    from lykta.sources.reading import read_areas, read_events

    wards = read_areas(data("nottingham_burglary/nottingham_wards.gpkg"))
    path = data("nottingham_burglary/nottingham_burglary.csv.gz")
    events = read_events([path], metric_crs=wards.metric_crs)
    x, y = events.x_m, events.y_m
    ward = analysis.assign_areas(x, y, wards.polygons).area
    hot: Any = analysis.hot_cells(
        x, y, ward, np.ones(len(x), np.int64), polygons=wards.polygons, size_m=500, rng=1
    )
    counts = {size: analysis.Lattice("hex", size).count(x, y)[1] for size in SIZES_M}
    places = np.unique(np.column_stack((x, y)).round(1), axis=0)
    middle, north = hot.clusters
    return _hexes(hot, wards.polygons), {
        "n": f"{len(x):,}",
        "n_cells": str(len(hot.count)),
        "n_hot": str(int((hot.kind == 1).sum())),
        "n_clusters": str(len(hot.clusters)),
        "middle_cells": str(len(middle.members)),
        "middle_count": str(middle.count),
        "middle_expected": f"{middle.expected:.0f}",
        "north_cells": str(len(north.members)),
        "north_count": str(north.count),
        "north_expected": f"{north.expected:.0f}",
        "half": str(_half(counts[500])),
        "n_held": str(len(counts[500])),
        "area": f"{analysis.Lattice('hex', 500).area_km2:.2f} km²",
        "wards_km2": f"{shapely.area(wards.polygons).sum() / 1e6:.0f} km²",
        "n_places": f"{len(places):,}",
        "top_200": str(counts[200].max()),
        "top_500": str(counts[500].max()),
        "top_1000": str(counts[1_000].max()),
    }


def _half(counts: NDArray[np.int64]) -> int:
    """Return the fewest cells that hold half of all."""
    held = np.cumsum(np.sort(counts)[::-1])
    return int(np.searchsorted(held, held[-1] / 2)) + 1


def _hexes(hot: Any, wards: NDArray[np.object_]) -> Spec:
    """Return the hexagons by count, those found hot with a border, and the wards beneath."""
    import shapely

    cells = shapely.polygons(hot.places.corners)
    left, low, right, high = shapely.total_bounds(cells)
    scale = 560 / (high - low)
    kinds = np.array(list(RAMP))[np.searchsorted(LEAST, hot.count, side="right")]
    frame = ((left, high), scale)
    found = [kind for kind in RAMP if kind in kinds]
    alike = [shapely.multipolygons(cells[kinds == kind]) for kind in found]
    drawn = _features(alike, *frame, [{"kind": kind} for kind in found])
    groups = [shapely.union_all(cells[each.members]) for each in hot.clusters]
    colour = {"field": "kind", "type": "nominal", "legend": None}
    colour["scale"] = {"domain": list(RAMP), "range": list(RAMP.values())}
    outline = {"type": "geoshape", "filled": False, "stroke": LIGHT["line2"], "strokeWidth": 0.6}
    borders = _features(shapely.coverage_simplify(wards, 100), *frame)
    return framed(
        {
            "projection": {"type": "identity"},
            "layer": [
                {"data": {"values": drawn},
                 "mark": {"type": "geoshape", "stroke": LIGHT["bg"], "strokeWidth": 0.5},
                 "encoding": {"color": colour}},
                {"data": {"values": borders}, "mark": outline},
                {"data": {"values": _features(groups, *frame)},
                 "mark": outline | {"stroke": ALARM, "strokeWidth": 2}},
            ],
        },
        key=[*((kind, fill, "box") for kind, fill in RAMP.items()), ("dense", ALARM, [1, 0])],
        width=round((right - left) * scale),
        height=560,
    )  # fmt: skip


def _features(
    shapes: Any, corner: tuple[float, float], scale: float, facts: Sequence[Row] = ()
) -> list[Row]:
    """Return shapes in px from the upper left corner."""
    import shapely

    drawn = shapely.transform(shapes, lambda xy: (xy - corner) * (scale, -scale))
    return [
        {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape))} | dict(fact)
        for shape, fact in zip(drawn, facts or [{}] * len(drawn), strict=True)
    ]
