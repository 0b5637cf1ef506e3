"""A map file is read by itself: it leads to no other file, and to no other machine."""

import os
import subprocess
import sys
import zipfile

import pytest

# What may read a map, thought out by hand: none of these opens more than the file that it is given.
HARMLESS = {
    "AIVector", "AVCBin", "AVCE00", "CSV", "DGN", "DXF", "EDIGEO", "ESRI Shapefile", "ESRIJSON",
    "FlatGeobuf", "GPKG", "GPX", "GeoJSON", "GeoJSONSeq", "GeoRSS", "Idrisi", "JML", "JSONFG",
    "KML", "LIBKML", "LVBAG", "MEM", "MapInfo File", "MiraMonVector", "ODS", "OGR_GMT", "OGR_PDS",
    "OSM", "OpenFileGDB", "PCIDSK", "PGDUMP", "S57", "SQLite", "SXF", "Selafin", "TopoJSON", "VDV",
    "VFK", "WAsP", "XLSX",
}  # fmt: skip
# GDAL is loaded once in a process, so each asks in one of its own, as lykta does.
READ = """
import sys
from pathlib import Path
from lykta.sources.files.opening import open_table
with open_table(Path(sys.argv[1])) as table:
    print(table.connection.execute("SELECT * FROM source").fetchall())
"""


def asked(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name != "GDAL_SKIP"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=bare, check=False)


@pytest.fixture
def leading(tmp_path):
    """Return a text that GDAL takes for a list of layers in other files."""
    (tmp_path / "annans.csv").write_text("namn,kod\nhemligt,42\n", encoding="utf-8")
    return (
        '<OGRVRTDataSource><!-- <kml --><OGRVRTLayer name="annans">'
        f"<SrcDataSource>{tmp_path}/annans.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )


def test_a_map_that_leads_to_another_file_is_refused(leading, tmp_path):
    (tmp_path / "karta.kml").write_text(leading, encoding="utf-8")

    answer = asked(READ, tmp_path / "karta.kml")

    assert "hemligt" not in answer.stdout
    assert "kartfilen är skadad" in answer.stderr


def test_nor_does_an_archive_lead_there(leading, tmp_path):
    with zipfile.ZipFile(tmp_path / "karta.zip", "w") as archive:
        archive.writestr("karta.shp", leading)

    answer = asked(READ, tmp_path / "karta.zip")

    assert "hemligt" not in answer.stdout
    assert "kartfilen är skadad" in answer.stderr


def test_only_readers_that_stay_in_their_file_are_loaded():
    answer = asked("import lykta, pyogrio; print(*sorted(pyogrio.list_drivers()), sep='\\n')")

    assert set(answer.stdout.splitlines()) - HARMLESS == set()
    assert {"GeoJSON", "GPKG", "ESRI Shapefile"} <= set(answer.stdout.splitlines())


def test_a_map_of_xml_brings_nothing_in_from_elsewhere(tmp_path):
    (tmp_path / "annans.txt").write_text("hemligt", encoding="utf-8")
    (tmp_path / "karta.kml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file://{tmp_path}/annans.txt">]>'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Park &x;</name>'
        "<Point><coordinates>18,59</coordinates></Point></Placemark></Document></kml>",
        encoding="utf-8",
    )

    answer = asked(READ, tmp_path / "karta.kml")

    assert "hemligt" not in answer.stdout
    assert "Park" in answer.stdout or "kartfilen är skadad" in answer.stderr
