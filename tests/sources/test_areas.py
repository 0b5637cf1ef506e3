import json

import numpy as np
import pytest
import shapely
from tests.sources.samples import SQUARES, write_shapes

from lykta.sources.reading import read_areas, read_population


@pytest.fixture
def squares(tmp_path):
    path = tmp_path / "areas"
    path.write_text(json.dumps(SQUARES), encoding="utf-8")
    return path


def test_polygons_come_in_metres_in_the_order_of_the_file(squares):
    areas = read_areas(squares)

    assert (areas.codes, areas.names) == (("A", "B"), ("Vårby", "Skogås"))
    assert areas.metric_crs == "EPSG:3006"
    # A tenth of a degree each way at 59.25° N: 11.14 km × 11.13 km × cos 59.25°.
    np.testing.assert_allclose(shapely.area(areas.polygons), 11_140 * 11_130 * 0.5113, rtol=0.01)


def test_a_polygon_that_crosses_itself_is_mended_and_told(tmp_path):
    bow = shapely.Polygon([(18, 59), (18.1, 59.1), (18.1, 59), (18, 59.1)])
    path = write_shapes(tmp_path / "a.geojson", "GeoJSON", [bow], {"kod": ["A"]})

    areas = read_areas(path)

    assert areas.polygons[0].is_valid
    assert any("rättades" in note for note in areas.passport.notes)


def test_an_area_without_polygon_is_rejected(tmp_path):
    broken = json.loads(json.dumps(SQUARES))
    broken["features"][1]["geometry"] = None
    path = tmp_path / "areas"
    path.write_text(json.dumps(broken), encoding="utf-8")

    areas = read_areas(path)

    assert areas.codes == ("A",)
    assert areas.errors[0].row == 2


def test_a_repeated_or_missing_code_is_rejected(table):
    areas = read_areas(table("kod;namn", "A;Vårby", "A;Skogås", ";Trångsund"))

    assert areas.codes == ("A",)
    assert [error.row for error in areas.errors] == [2, 3]


def test_rows_of_one_code_and_name_are_parts_of_one_area(tmp_path):
    def square(west):
        ring = [
            [west, 59.2],
            [west + 0.01, 59.2],
            [west + 0.01, 59.21],
            [west, 59.21],
            [west, 59.2],
        ]
        return {"type": "Polygon", "coordinates": [ring]}

    parts = [
        {"type": "Feature", "properties": {"kod": kod, "namn": kod}, "geometry": square(west)}
        for kod, west in (("A", 17.9), ("B", 17.95), ("A", 18.0))
    ]
    path = tmp_path / "areas"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": parts}), encoding="utf-8")

    areas = read_areas(path)

    assert areas.codes == ("A", "B")
    assert areas.polygons[0].area == pytest.approx(2 * areas.polygons[1].area, rel=0.01)
    assert areas.errors == ()
    assert any("lades till" in note for note in areas.passport.notes)


def test_the_population_in_a_file_of_areas_has_its_year(table):
    areas = read_areas(table("deso;bef_2016;bef_2017", "0126C1010;1;1 562", "0126C1020;2;"))

    np.testing.assert_array_equal(areas.population, [1562, np.nan])
    assert areas.population_year == 2017


def test_the_latest_column_of_population_is_read_and_said(table):
    found = read_population(table("deso;folkmangd_2022;folkmangd_2023", "0126C1010;5;7"))

    assert (found.population.tolist(), found.year) == ([7.0], 2023)
    assert any("2023" in note for note in found.passport.notes)


def test_of_several_years_in_rows_only_the_latest_is_read(table):
    found = read_population(table("område;år;folkmängd", "A;2022;5", "A;2023;7", "B;2023;9"))

    assert (found.codes, found.population.tolist()) == (("A", "B"), [7.0, 9.0])
    assert (found.passport.n_read, found.year) == (2, 2023)


@pytest.mark.parametrize("text", ["", "..", "många", "-3"])
def test_a_population_that_is_not_there_is_never_zero(table, text):
    found = read_population(table("deso;folkmängd", "0126C1010;5", f"0126C1020;{text}"))

    assert found.codes == ("0126C1010",)
    assert found.errors[0].field == "folkmängd"


def test_population_at_points_is_laid_out_in_metres(table):
    path = table("geoid;population;longitude;latitude", "1;20;18,0;59,2", "1;30;18,1;59,3", "2;5;;")

    found = read_population(path)

    assert found.population.tolist() == [20.0, 30.0]
    assert found.x_m is not None
    assert found.passport.n_rejected == 1
