"""The demo municipality on the map: Huddinge's border, seven kommundelar and sixty small areas.

The outer border is published. All borders inside it are drawn by this program and approximate;
the codes of the small areas are SCB's (DeSO 2018), the codes of the kommundelar are invented.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from lykta.demo import borders
from lykta.demo.tables import rows_of

CRS = "EPSG:3006"  # SWEREF 99 TM, metres
BORDER_NOTE = "ungefärlig"
# The map is one and the same in every world, whatever the seed of its events.
MAP_SEED = 126


@dataclass(frozen=True, slots=True)
class SmallArea:
    """Litet område: a DeSO code of SCB's with a border drawn by this program."""

    code: str
    name: str
    regso: str
    regso_name: str
    part: str  # code of its kommundel
    polygon: Polygon  # metres, CRS


@dataclass(frozen=True, slots=True)
class Part:
    """Kommundel: one of Huddinge's seven, with a border drawn by this program."""

    code: str  # invented, such as "0126-FLE"
    name: str
    polygon: Polygon  # metres, CRS


@dataclass(frozen=True, slots=True)
class Places:
    """The whole map; the small areas in the order of their codes."""

    border: Polygon
    parts: tuple[Part, ...]
    small_areas: tuple[SmallArea, ...]

    def in_part(self, code: str) -> NDArray[np.bool_]:
        """Return which small areas lie in the kommundel; all of them for an empty code."""
        if code and code not in {part.code for part in self.parts}:
            raise ValueError(f"code={code!r} is no kommundel; see Places.parts")
        return np.array([code in ("", area.part) for area in self.small_areas])


@lru_cache(maxsize=1)
def places() -> Places:
    """Return the map, drawn once per process and always the same."""
    published = shapely.polygons([(float(r["x"]), float(r["y"])) for r in rows_of("grans.csv")])
    small_areas = _small_areas(published)
    # The same border with a vertex wherever an inner border meets it, so that the sum is exact.
    border = shapely.coverage_union_all([area.polygon for area in small_areas])
    names = {row["kommundel"]: row["kommundel_namn"] for row in rows_of("regso.csv")}
    parts = [
        Part(
            code,
            name,
            shapely.normalize(
                shapely.coverage_union_all([a.polygon for a in small_areas if a.part == code])
            ),
        )
        for code, name in sorted(names.items())
    ]
    return Places(shapely.normalize(border), tuple(parts), tuple(small_areas))


def _small_areas(border: Polygon) -> list[SmallArea]:
    regions, deso = rows_of("regso.csv"), rows_of("deso.csv")
    codes = {r["regso"]: [d["deso"] for d in deso if d["regso"] == r["regso"]] for r in regions}
    cells = borders.cells_inside(border, np.random.default_rng(MAP_SEED))
    everything = np.arange(len(cells.polygons))
    seeds = np.array([(float(r["x"]), float(r["y"])) for r in regions])
    region_of = borders.grow(cells, everything, seeds, [float(r["fart"]) for r in regions])
    owner = np.empty(len(everything), dtype=np.int64)
    order: list[tuple[str, dict[str, str]]] = []
    for number, region in enumerate(regions):
        members = everything[region_of == number]
        wanted = codes[region["regso"]]
        inner = borders.even_seeds(cells, members, len(wanted))
        owner[members] = len(order) + borders.grow(cells, members, inner, [1.0] * len(wanted))
        order.extend((code, region) for code in wanted)
    polygons = borders.merged(cells, owner, len(order))
    areas = [
        SmallArea(
            code=code,
            name=f"{region['namn']} {code[-4:]}",
            regso=region["regso"],
            regso_name=region["namn"],
            part=region["kommundel"],
            polygon=polygon,
        )
        for (code, region), polygon in zip(order, polygons, strict=True)
    ]
    return sorted(areas, key=lambda area: area.code)
