"""The same three events, and other small made-up tables, in every format that lykta reads."""

import gzip
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
import numpy as np
import pyogrio.raw
import shapely

HEADER = ("tidpunkt", "lon", "lat", "kategori", "område")
ROWS = (
    ("2026-03-01 21:30:00", "18.01", "59.21", "Skadegörelse", "Vårby"),
    ("2026-03-02 07:05:00", "17.95", "59.24", "Våld", "Skogås"),
    ("2026-03-03 12:00:00", "18.12", "59.22", "Skadegörelse", "Vårby"),
)
Table = Sequence[Sequence[str]]


def csv_text(header: Sequence[str] = HEADER, rows: Table = ROWS, *, mark: str = ";") -> str:
    """Return a table as text with separators."""
    return "".join(mark.join(row) + "\r\n" for row in (header, *rows))


def write_csv(path: Path) -> Path:
    path.write_text(csv_text(), encoding="utf-8-sig", newline="")
    return path


def write_windows_csv(path: Path) -> Path:
    path.write_bytes(csv_text().encode("cp1252"))
    return path


def write_tab(path: Path) -> Path:
    path.write_text(csv_text(mark="\t"), encoding="utf-8", newline="")
    return path


def write_comma(path: Path) -> Path:
    path.write_text(csv_text(mark=","), encoding="utf-8", newline="")
    return path


def write_json(path: Path) -> Path:
    path.write_text(json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS]), "utf-8-sig")
    return path


def write_json_lines(path: Path) -> Path:
    lines = [json.dumps(dict(zip(HEADER, row, strict=True))) for row in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_parquet(path: Path) -> Path:
    columns = ", ".join(f'column{place} AS "{name}"' for place, name in enumerate(HEADER))
    values = ", ".join(str(tuple(row)) for row in ROWS)
    names = ", ".join(f"column{place}" for place in range(len(HEADER)))
    duckdb.execute(
        f"COPY (SELECT {columns} FROM (VALUES {values}) AS t({names})) TO '{path}' (FORMAT parquet)"
    )
    return path


def write_xlsx(path: Path, rows: Table = (HEADER, *ROWS)) -> Path:
    """Write a workbook of one sheet of texts, by hand: five small parts in an archive."""
    cells = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def write_points(path: Path, driver: str, *, names: Sequence[str] = HEADER) -> Path:
    """Write the events as points, with the time and the words as fields."""
    kept = [place for place, name in enumerate(HEADER) if name not in ("lon", "lat")]
    points = [shapely.Point(float(row[1]), float(row[2])) for row in ROWS]
    return write_shapes(
        path,
        driver,
        points,
        {names[place]: [row[place] for row in ROWS] for place in kept},
    )


def write_shapes(
    path: Path,
    driver: str,
    shapes: Sequence[shapely.Geometry],
    fields: dict[str, list[str]],
    *,
    crs: str = "EPSG:4326",
) -> Path:
    """Write shapes of one kind with fields of text."""
    pyogrio.raw.write(
        str(path),
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.array(values, dtype=object) for values in fields.values()],
        fields=list(fields),
        geometry_type=shapes[0].geom_type,
        crs=crs,
        driver=driver,
        encoding="UTF-8" if driver == "ESRI Shapefile" else None,
    )
    return path


def write_geojson(path: Path) -> Path:
    return write_points(path, "GeoJSON")


def write_geopackage(path: Path) -> Path:
    # The writer warns of a name without suffix; the reader under test must not need one.
    return write_points(path.with_suffix(".gpkg"), "GPKG").rename(path)


def write_kml(path: Path) -> Path:
    return write_points(path, "KML")


def write_shapefile(path: Path) -> Path:
    folder = path.parent / f"{path.stem}-parts"
    folder.mkdir(exist_ok=True)
    write_points(folder / "events.shp", "ESRI Shapefile")
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    return path


FORMATS: dict[str, Callable[[Path], Path]] = {
    "csv": write_csv,
    "windows csv": write_windows_csv,
    "tab": write_tab,
    "comma": write_comma,
    "json": write_json,
    "json lines": write_json_lines,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
    "geojson": write_geojson,
    "geopackage": write_geopackage,
    "kml": write_kml,
    "shapefile": write_shapefile,
}


EXPORT = (
    ("Folkmängden per region efter region, år, födelseland och kön", "", "", ""),
    ("", "", "", ""),
    ("", "2023", "", "2024"),
    ("", "Sverige", "totalt", "totalt"),
    ("", "totalt", "totalt", "totalt"),
    ("0126C1010", "719", "863", "871"),
    ("0126C1020", "1244", "..", "1562"),
    ("", "", "", ""),
    ("Databas:", "", "", ""),
)
JSON_STAT = {
    "class": "dataset",
    "id": ["Region", "Tid"],
    "size": [2, 2],
    "dimension": {
        "Region": {
            "label": "region",
            "category": {
                "index": {"0126C1010_DeSO2025": 0, "0126": 1},
                "label": {"0126C1010_DeSO2025": "0126C1010", "0126": "Huddinge"},
            },
        },
        "Tid": {"label": "år", "category": {"index": ["2024", "2025"]}},
    },
    "value": [1600, 1650, 115000, None],
    "status": {"3": ".."},
}
KOLADA = {
    "count": 1,
    "next_url": None,
    "values": [
        {
            "kpi": "N07403",
            "municipality": "0126",
            "period": 2024,
            "values": [
                {"gender": "T", "count": 1, "status": "", "value": 1234.5},
                {"gender": "K", "count": 1, "status": "Private", "value": None},
                {"gender": "M", "count": 1, "status": "Missing", "value": None},
            ],
        }
    ],
}
BRA_BY_PERIOD = (
    "Region;Brott;År;Period;Antal;/100 000 inv\r\n"
    "Hela landet;0950 - Bedrägeri;2026 prel.;Aug;498;5\r\n"
    "Huddinge kommun;Stöldbrott;2025;Helår;4 321;3\u00a0755,5\r\n"
    "Stockholms län;Stöldbrott;2025;;..;..\r\n"
)
BRA_BY_MUNICIPALITY = (
    "name;numCrimes;crimesRelative\r\nHuddinge kommun;14459;12789\r\nArjeplogs kommun;189;6969\r\n"
)
POPULATION = (
    "deso;folkmangd_2022;folkmangd_2023;fodelseregion_sverige\r\n"
    "0126C1010;1562;1571;719\r\n0126C1020;1619;;1244\r\n"
)
LISTINGS = (
    "lista_år;publicerad;område;kommundel;på_listan;nivå;säkerhet;belägg;anmärkning;delat_från\r\n"
    "2019;2019-06-03;Grantorp/Visättra;0126-FLE;nej;;belagd;mitti.se;;\r\n"
    "2021;2021-10;Grantorp/Visättra;0126-FLE;ja;utsatt område;belagd;mitti.se;Ny på listan;\r\n"
    "2021;2021-10;Vårby;0126-VAR;ja;okänd;slutsats;mitti.se;Källan nämner inte nivån;\r\n"
    "2025;;Norra Vårby;;okänd;;ej belagd;;;Vårby, Vårby gård\r\n"
)
EDITIONS = (
    "lista_år;publicerad;antal_områden;särskilt_utsatta;riskområden;utsatta;säkerhet;belägg;"
    "anmärkning;delade\r\n"
    "2015;;;;;;ej belagd;;Uppgift saknas;\r\n"
    "2019;2019-06;60;22;10;28;belagd;extraextra.se;;0\r\n"
    "2025;2025-12-02;65;;;;belagd;fastighetstidningen.se;;7\r\n"
)
SQUARES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"områdeskod": code, "namn": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, 59.2], [x + 0.1, 59.2], [x + 0.1, 59.3], [x, 59.3], [x, 59.2]]
                ],
            },
        }
        for code, name, x in (("A", "Vårby", 17.8), ("B", "Skogås", 18.0))
    ],
}


def packed(path: Path) -> Path:
    """Return a gzip-compressed copy of a file, under a name that says nothing."""
    target = path.with_name(f"{path.stem}-packed")
    target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return target
