"""Writing the drawn map: kommundelar as GeoJSON by RFC 7946, small areas as GeoPackage."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from lykta.demo.places import BORDER_NOTE, CRS, Places
from lykta.demo.population import YEARS, population
from lykta.demo.tables import rows_of

MUNICIPALITY, MUNICIPALITY_NAME = "0126", "Huddinge"
BORDER_SOURCE = "Lantmäteriet, Översiktskartan (CC0)"

SOURCE = (
    "Yttergräns: Lantmäteriet, Översiktskartan (CC0). "
    "Inre gränser: ritade av lykta, ungefärliga, inte kommunens eller SCB:s"
)
PEOPLE_SOURCE = (
    "Folkmängd: SCB, Statistikdatabasen, per DeSO 31 december 2022 och 2023 (CC0 1.0), 2024-08"
)
# A GeoPackage notes when it was written; a fixed instant keeps the bytes the same.
WRITTEN_AT = "2026-11-01T00:00:00.000Z"


def write_border(path: Path, places: Places) -> Path:
    """Write the municipality's own border, which is published, as GeoJSON."""
    columns = {
        "code": [MUNICIPALITY],
        "name": [MUNICIPALITY_NAME],
        "källa": [BORDER_SOURCE],
        "gräns": ["officiell"],
    }
    return _write(path, [places.border], columns, "GeoJSON", {"RFC7946": "YES"})


def write_regions(path: Path, places: Places) -> Path:
    """Write the regions (RegSO), each the sum of its small areas, as GeoJSON."""
    first = {area.regso: area for area in places.small_areas}
    columns = {
        "code": list(first),
        "name": [area.regso_name for area in first.values()],
        "ingår_i": [area.part for area in first.values()],
    }
    polygons = [_region(places, code) for code in first]
    return _write(path, polygons, columns, "GeoJSON", {"RFC7946": "YES"})


def write_listed(path: Path, places: Places) -> Path:
    """Write where the areas on the list of the police lie, roughly: sums of regions, not theirs."""
    rows = rows_of("listade.csv")
    polygons = [
        shapely.coverage_union_all([_region(places, code) for code in row["regso"].split()])
        for row in rows
    ]
    columns = {
        "code": [row["kod"] for row in rows],
        "name": [row["namn"] for row in rows],
        "ingår_i": [row["kommundel"] for row in rows],
        "gränsens_anmärkning": [row["anmärkning"] for row in rows],
    }
    return _write(path, polygons, columns, "GeoJSON", {"RFC7946": "YES"})


def write_parts(path: Path, places: Places) -> Path:
    """Write the kommundelar as GeoJSON in longitude and latitude, right-hand rule."""
    columns = {
        "code": [part.code for part in places.parts],
        "name": [part.name for part in places.parts],
    }
    polygons = [part.polygon for part in places.parts]
    # RFC7946=YES makes GDAL turn the coordinates into WGS 84 and the rings the right way.
    return _write(path, polygons, columns, "GeoJSON", {"RFC7946": "YES"})


def write_small_areas(path: Path, places: Places) -> Path:
    """Write the small areas with their published population as GeoPackage in SWEREF 99 TM."""
    names = {part.code: part.name for part in places.parts}
    columns: dict[str, Sequence[str] | NDArray[np.int64]] = {
        "code": [area.code for area in places.small_areas],
        "name": [area.name for area in places.small_areas],
        "regso": [area.regso for area in places.small_areas],
        "regso_namn": [area.regso_name for area in places.small_areas],
        "kommundel": [area.part for area in places.small_areas],
        "kommundel_namn": [names[area.part] for area in places.small_areas],
        **{f"folkmängd_{year}": population(year) for year in YEARS},
    }
    polygons = [area.polygon for area in places.small_areas]
    columns["källa"] = [f"{SOURCE}. {PEOPLE_SOURCE}"] * len(polygons)
    return _write(path, polygons, columns, "GPKG", {"IDENTIFIER": path.stem})


def _region(places: Places, code: str) -> shapely.Polygon:
    members = [area.polygon for area in places.small_areas if area.regso == code]
    return shapely.normalize(shapely.coverage_union_all(members))


def _write(
    path: Path,
    polygons: Sequence[shapely.Polygon],
    columns: Mapping[str, Sequence[str] | NDArray[np.int64]],
    driver: str,
    options: Mapping[str, str],
) -> Path:
    # Reading and writing maps loads GDAL, which no other part of the demo needs.
    from pyogrio.raw import write

    count = len(polygons)
    full = {"källa": [SOURCE] * count, "gräns": [BORDER_NOTE] * count, **columns}
    path.unlink(missing_ok=True)
    with _fixed_clock():
        write(
            str(path),
            geometry=shapely.to_wkb(np.array(polygons, dtype=object)),
            field_data=[
                values if isinstance(values, np.ndarray) else np.array(values, dtype=object)
                for values in full.values()
            ],
            fields=list(full),
            geometry_type="Polygon",
            crs=CRS,
            driver=driver,
            layer=path.stem,
            layer_options=dict(options),
        )
    return path


@contextmanager
def _fixed_clock() -> Iterator[None]:
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    before = get_gdal_config_option("OGR_CURRENT_DATE")
    set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN_AT})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})
