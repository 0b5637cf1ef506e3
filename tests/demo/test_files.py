"""The written files: Swedish form, a source on every row, same bytes for the same seed."""

import json
import subprocess
import sys

import numpy as np
import pytest
import shapely
from pyogrio.raw import read as read_map
from pyproj import Transformer

from lykta import demo
from lykta.demo.files import write_all
from lykta.demo.patterns import CATEGORIES, REPORTERS, SOURCE

TABLES = [
    *("handelser.csv", "handelser_med_fel.csv", "befolkning.csv", "befolkning_kommundelar.csv"),
    *("kategorier.csv", "tackning.csv", "facit.csv", "polisens_listor.csv"),
    *("polisens_listor_riket.csv", "bra_2021.csv", "nyckeltal.csv", "platser.csv"),
    *("rapporter.csv", "handelser_sedan.csv", "rapporter_sedan.csv"),
]
MAPS = [
    *("kommun.geojson", "kommundelar.geojson", "regso.geojson", "smaomraden.gpkg"),
    *("polisens_omraden.geojson", "kommun.toml", "LÄS_MIG.txt"),
]


def test_the_folder_holds_what_was_promised(folder):
    assert {path.name for path in folder.iterdir()} == {*TABLES, *MAPS}


def test_same_seed_same_bytes(folder, tmp_path):
    written = demo.write(tmp_path / "again")

    for path in written:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_writing_over_an_old_folder_replaces_it(tmp_path):
    demo.write(tmp_path, seed=1)
    demo.write(tmp_path, seed=2)

    _, _, geometry, _ = read_map(tmp_path / "smaomraden.gpkg")
    assert len(geometry) == 60


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_source(read, name):
    assert all(row["källa"] for row in read(name))


@pytest.mark.parametrize("name", [*TABLES[:2], *TABLES[4:7]])
def test_every_invented_row_says_so(read, name):
    assert {row["källa"] for row in read(name)} == {SOURCE}


def test_an_indicator_is_invented_and_says_so_or_is_published(read):
    rows = read("nyckeltal.csv")
    published = [row for row in rows if row["källa"].startswith("Brå")]

    assert {row["källa"] for row in rows if row not in published} == {SOURCE}
    assert all("påhittat" in row["titel"] for row in rows if row not in published)
    assert [row["värde"] for row in published] == ["14459", "12789"]


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_bom_semicolons_and_equal_columns(folder, name):
    raw = (folder / name).read_bytes()
    lines = raw.decode("utf-8-sig").splitlines()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert len({line.count(";") for line in lines}) == 1


def test_event_columns_are_the_agreed_ones_and_point_at_no_person(read):
    assert list(read("handelser.csv")[0]) == [
        *("id", "tidpunkt", "tidpunkt_till", "kategori", "x", "y"),
        *("område", "rapporterad_av", "källa"),
    ]


def test_events_hold_nothing_but_codes_times_and_invented_names(read):
    rows = read("handelser.csv")

    assert {row["kategori"] for row in rows} == {category.name for category in CATEGORIES}
    assert {row["rapporterad_av"] for row in rows} == {reporter.name for reporter in REPORTERS}
    assert len({row["id"] for row in rows}) == len(rows)


def test_coordinates_are_metres_with_decimal_comma(read, world):
    first = read("handelser.csv")[0]

    assert float(first["x"].replace(",", ".")) == pytest.approx(world.events.x_m[0], abs=0.05)
    assert "." not in first["x"] + first["y"]


def test_each_year_has_between_2500_and_2900_rows(read):
    months = np.array([row["tidpunkt"][:7] for row in read("handelser.csv")], "datetime64[M]")
    counts = np.bincount((months.astype(int) - np.datetime64("2021-11", "M").astype(int)) // 12)

    assert ((counts >= 2500) & (counts <= 2900)).all()
    assert len(counts) == 5


def test_the_faulty_file_holds_sound_rows_and_one_of_each_fault(read):
    rows = read("handelser_med_fel.csv")
    faulty = [row for row in rows if row["id"].startswith("FEL-")]

    assert len(rows) == 41
    assert len(faulty) == 19
    assert {"i går kväll", "2025-02-30 18:00", ""} <= {row["tidpunkt"] for row in faulty}
    assert {"okänt", "17,9812", "670 500.5"} <= {row["x"] for row in faulty}


def test_the_coverage_table_tells_of_the_gap(read):
    (gap,) = [row for row in read("tackning.csv") if row["rapporterar"] == "nej"]

    assert (gap["rapporterad_av"], gap["kommundel"]) == ("Trygghetsvärdarna", "0126-SEG")
    assert (gap["från"], gap["till"]) == ("2026-06-01", "2026-08-16")


def test_a_plain_world_can_be_written_too(noise, tmp_path):
    write_all(tmp_path, noise)

    assert "rent brus" in (tmp_path / "LÄS_MIG.txt").read_text(encoding="utf-8")
    assert ";nej;" not in (tmp_path / "tackning.csv").read_text(encoding="utf-8-sig")


def test_the_geojson_follows_rfc_7946(folder, the_map):
    collection = json.loads((folder / "kommundelar.geojson").read_text(encoding="utf-8"))
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True).transform

    assert "crs" not in collection
    for feature, part in zip(collection["features"], the_map.parts, strict=True):
        polygon = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert polygon.exterior.is_ccw
        moved = shapely.transform(polygon, to_metres, interleaved=False)
        # pyproj as second opinion: seven decimals of a degree are a centimetre.
        assert moved.hausdorff_distance(part.polygon) < 0.05


def test_the_geojson_says_that_borders_are_approximate(folder):
    collection = json.loads((folder / "kommundelar.geojson").read_text(encoding="utf-8"))

    for feature in collection["features"]:
        assert set(feature["properties"]) == {"code", "name", "gräns", "källa"}
        assert feature["properties"]["gräns"] == "ungefärlig"


def test_the_geopackage_is_in_metres_and_holds_the_small_areas(folder, the_map):
    meta, _, geometry, columns = read_map(folder / "smaomraden.gpkg")
    values = dict(zip(meta["fields"], columns, strict=True))

    assert meta["crs"] == "EPSG:3006"
    assert values["code"].tolist() == [area.code for area in the_map.small_areas]
    assert set(values["gräns"]) == {"ungefärlig"}
    assert shapely.from_wkb(geometry)[0].equals(the_map.small_areas[0].polygon)


def test_the_readme_tells_synthetic_from_published(folder):
    text = (folder / "LÄS_MIG.txt").read_text(encoding="utf-8")

    for word in (SOURCE, "SCB", "Lantmäteriet", "Brå", "ungefärlig", "SYNTETISKT", "PUBLICERAT"):
        assert word in text


def test_importing_the_demo_loads_nothing_heavy():
    check = "import sys, lykta.demo; print({'numpy', 'shapely', 'pyogrio'} & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True)

    assert result.stdout.strip() == "set()"
