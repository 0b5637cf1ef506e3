"""Quiet maps of areas and of cells, from polygons in metres, drawn to fit a width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lykta.infrastructure.papers.charts import marks
from lykta.infrastructure.papers.charts.marks import (
    WIDE,
    Layer,
    Spec,
    haloed,
    known,
    layer,
    px,
    text,
)
from lykta.infrastructure.papers.swedish import number
from lykta.infrastructure.papers.tokens import LIGHT, RAMP

Geometry = Mapping[str, Any]  # a GeoJSON geometry, x east and y north in metres
MARGIN = 16
TALLEST, TALLEST_NARROW = 0.72, 1.1  # height of a map by its width, at most
EDGES: dict[bool, Layer] = {  # of a group: significant, and tested only
    True: {"strokeWidth": 2.5},
    False: {"strokeWidth": 1.5, "strokeDash": [4, 3]},
}
ROUND_LENGTHS_M = tuple(unit * 10**power for power in range(1, 7) for unit in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Circle:
    """A count at a point; the area of the circle is the count."""

    x: float
    y: float
    count: float | None
    label: str
    count_text: str = ""  # what to show instead of the count, as "1–4"
    is_incomplete: bool = False  # reports are missing: dashed and hollow


@dataclass(frozen=True, slots=True)
class CellGroup:
    """Cells that were tested together, outlined and lettered."""

    letter: str
    cells: tuple[int, ...]
    is_significant: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet a map is drawn on: size in px, and how metres become px."""

    width: float
    height: float
    scale: float  # px per metre
    shift: tuple[float, float]

    @property
    def projection(self) -> dict[str, Any]:
        """Return the projection of Vega: planar, north upwards."""
        return {
            "type": "identity",
            "reflectY": True,
            "scale": self.scale,
            "translate": list(self.shift),
        }

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the point in px."""
        return self.shift[0] + x * self.scale, self.shift[1] - y * self.scale


def area_map(
    areas: Sequence[Geometry],
    circles: Sequence[Circle],
    *,
    largest_px: float = 24,
    width: float = WIDE,
) -> Spec:
    """Return a map of areas with a circle, whose area is the count, and a name in each."""
    sheet = _sheet(areas, width)
    counts = [known(circle.count) for circle in circles]
    top = max((count or 0 for count in counts), default=0) or 1
    rows = []
    for circle, count in zip(circles, counts, strict=True):
        x, y = sheet.place(circle.x, circle.y)
        radius = max(3.0, largest_px * ((count or 0) / top) ** 0.5)
        rows.append(
            {
                "x": x,
                "y": y,
                "size": 3.14159 * radius**2,
                "radius": radius,
                "name": circle.label,
                "count": circle.count_text or number(count),
                "is_hollow": circle.is_incomplete or count is None,
            }
        )
    layers = [_land(areas), *_circles(rows), *_circle_words(rows), *_scale_bar(sheet)]
    return _map(sheet, layers)


def cell_map(
    outlines: Sequence[Geometry],
    cells: Sequence[Geometry],
    classes: Sequence[int | None],
    *,
    groups: Sequence[CellGroup] = (),
    names: Sequence[tuple[float, float, str]] = (),
    breaks: Sequence[int] = (1, 5, 10, 15, 20),
    legend_lead: str = "Antal per ruta:",
    group_words: tuple[str, str] = ("säkerställd förtätning", "prövad, inte säkerställd"),
    width: float = WIDE,
) -> Spec:
    """Return a map of cells in five classes (0–4, None is left out), with groups outlined."""
    if len(cells) != len(classes):
        raise ValueError(f"classes: {len(classes)} for {len(cells)} cells; give one per cell")
    sheet = _sheet(outlines or cells, width)
    shown = [
        _feature(cell) | {"class": int(group)}
        for cell, group in zip(cells, classes, strict=True)
        if group is not None
    ]
    colour = {"field": "class", "type": "ordinal", "scale": marks.ramp_scale(), "legend": None}
    edge = {"type": "geoshape", "stroke": LIGHT["land"], "strokeWidth": 1}
    layers = [
        _land(outlines),
        layer(shown, edge, color=colour),
        *_group_edges(cells, groups),
        _names(names, sheet),
        *_letters(cells, groups, sheet),
        *_scale_bar(sheet),
        *_cell_legend(breaks, legend_lead, group_words, groups, sheet),
    ]
    return _map(sheet, layers)


def _sheet(shapes: Sequence[Geometry], width: float) -> _Sheet:
    """Return the sheet on which all the shapes fit, with a margin."""
    import shapely

    bounds = shapely.total_bounds([shapely.geometry.shape(shape) for shape in shapes])
    west, south, east, north = map(float, bounds)
    room = width - 2 * MARGIN
    tallest = width * (TALLEST_NARROW if marks.is_narrow(width) else TALLEST) - 2 * MARGIN
    scale = min(room / (east - west), tallest / (north - south))
    height = (north - south) * scale + 2 * MARGIN + 28  # the scale bar has a strip of its own
    left = (width - (east - west) * scale) / 2
    return _Sheet(width, height, scale, (left - west * scale, MARGIN + north * scale))


def _map(sheet: _Sheet, layers: Sequence[Layer]) -> Spec:
    """Return the specification of a map on the sheet, with water around the land."""
    view = {"fill": LIGHT["water"], "stroke": None, "cornerRadius": 8}
    return marks.spec(sheet.width, sheet.height, layers, view=view, projection=sheet.projection)


def _feature(geometry: Geometry) -> dict[str, Any]:
    """Return the geometry as a feature of GeoJSON."""
    return {"type": "Feature", "geometry": dict(geometry), "properties": {}}


def _land(shapes: Sequence[Geometry]) -> Layer:
    """Return the areas, quiet."""
    look = {"fill": LIGHT["land"], "stroke": LIGHT["landline"], "strokeWidth": 1}
    return layer([_feature(shape) for shape in shapes], {"type": "geoshape", **look})


def _circles(rows: marks.Rows) -> list[Layer]:
    """Return the circles: filled, or dashed and hollow where reports are missing."""
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    place = {"x": px("x"), "y": px("y"), "size": size}
    dot = {"type": "point", "filled": True}
    whole = {"fill": LIGHT["accent"], "stroke": LIGHT["land"], "strokeWidth": 1.5}
    hollow = {"fill": LIGHT["land"], "stroke": LIGHT["accent"], "strokeDash": [4, 3]}
    return [
        layer([row for row in rows if not row["is_hollow"]], dot | whole, **place),
        layer(
            [row for row in rows if row["is_hollow"]], dot | hollow | {"strokeWidth": 2}, **place
        ),
    ]


def _circle_words(rows: marks.Rows) -> list[Layer]:
    """Return the names over the circles, and the counts in them or, if small, after the name."""
    inside: marks.Rows = []
    outside: marks.Rows = []
    names: marks.Rows = []
    for row in rows:
        fits = 2 * row["radius"] - 14 >= marks.text_width(row["count"])
        words = row["name"] if fits else f"{row['name']} {row['count']}"
        names.append({"x": row["x"], "y": row["y"] - row["radius"] - 11, "text": words})
        if fits:
            (outside if row["is_hollow"] else inside).append(row | {"text": row["count"]})
    centre = {"align": "center"}
    return [
        text(inside, style="small", mark=centre | {"color": LIGHT["bg"], "fontWeight": 600}),
        text(outside, style="small", mark=centre | {"color": LIGHT["ink"], "fontWeight": 600}),
        haloed(names, halo=LIGHT["land"], mark=centre),
    ]


def _union(cells: Sequence[Geometry], group: CellGroup) -> Any:
    """Return the cells of the group as one shape."""
    import shapely

    parts = [shapely.geometry.shape(cells[index]).buffer(0.5) for index in group.cells]
    return shapely.union_all(parts)


def _group_edges(cells: Sequence[Geometry], groups: Sequence[CellGroup]) -> list[Layer]:
    """Return the outlines: a thick line where significant, a dashed one where only tested."""
    import shapely

    line = {"type": "geoshape", "filled": False, "stroke": LIGHT["ink"]}
    edges = [
        (group.is_significant, _feature(shapely.geometry.mapping(_union(cells, group))))
        for group in groups
    ]
    return [
        layer([edge for is_sure, edge in edges if is_sure is kind], line | look)
        for kind, look in EDGES.items()
    ]


def _letters(cells: Sequence[Geometry], groups: Sequence[CellGroup], sheet: _Sheet) -> list[Layer]:
    """Return the letters at the upper right of their groups: filled where significant."""
    rows = []
    for group in groups:
        west, _, east, north = _union(cells, group).bounds
        x, y = sheet.place(west + 0.85 * (east - west), north)
        x, y = min(x, sheet.width - 14), max(y - 6, 14)
        rows.append({"x": x, "y": y, "text": group.letter, "is_sure": group.is_significant})
    layers = []
    for is_sure, fill, ink in ((True, "ink", "bg"), (False, "bg", "ink")):
        some = [row for row in rows if row["is_sure"] is is_sure]
        disc = {"type": "point", "filled": True, "size": 340, "fill": LIGHT[fill]}
        disc |= {"stroke": LIGHT["ink"], "strokeWidth": 1.5}
        mark = {"align": "center", "color": LIGHT[ink], "fontWeight": 600}
        layers += [layer(some, disc, x=px("x"), y=px("y")), text(some, style="small", mark=mark)]
    return layers


def _names(names: Sequence[tuple[float, float, str]], sheet: _Sheet) -> Layer:
    """Return the names of places, with a halo."""
    rows = []
    for x, y, name in names:
        place = sheet.place(x, y)
        rows.append({"x": place[0], "y": place[1], "text": name})
    return haloed(rows, halo=LIGHT["land"], mark={"align": "center"})


def _scale_bar(sheet: _Sheet) -> list[Layer]:
    """Return the scale bar: the longest round length within a fifth of the width."""
    fits = [metres for metres in ROUND_LENGTHS_M if metres * sheet.scale <= sheet.width / 5]
    metres = max(fits, default=ROUND_LENGTHS_M[0])
    words = f"{number(metres / 1000)} km" if metres >= 1000 else f"{metres} m"
    left, y, length = MARGIN, sheet.height - 16, metres * sheet.scale
    ends = [(left, y - 4), (left, y), (left + length, y), (left + length, y - 4)]
    rows = [{"n": n, "x": place[0], "y": place[1]} for n, place in enumerate(ends)]
    order = {"field": "n", "type": "quantitative"}
    line = {"type": "line", "stroke": LIGHT["ink2"], "strokeWidth": 1}
    return [
        layer(rows, line, x=px("x"), y=px("y"), order=order),
        text([{"x": left + length + 8, "y": y - 2, "text": words}], style="small"),
    ]


def _cell_legend(
    breaks: Sequence[int],
    lead: str,
    group_words: tuple[str, str],
    groups: Sequence[CellGroup],
    sheet: _Sheet,
) -> list[Layer]:
    """Return the legend of the classes, and of the outlines that are on the map."""
    items: list[tuple[str, Layer]] = [
        (words, {"color": colour})
        for words, colour in zip(marks.class_words(breaks), RAMP, strict=True)
    ]
    kinds = {group.is_significant for group in groups}
    hollow: Layer = {"fill": LIGHT["bg"], "stroke": LIGHT["ink"]}
    items += [
        (words, hollow | look)
        for (is_sure, look), words in zip(EDGES.items(), group_words, strict=True)
        if is_sure in kinds
    ]
    layers, _ = marks.swatches(items, width=sheet.width, y=sheet.height + 22, lead=lead)
    return layers
