import json
from datetime import date

import numpy as np
import pytest
import shapely
from tests.sources.samples import SQUARES, write_shapes

from lykta.infrastructure.errors import LyktaError
from lykta.sources.reading import read_areas


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


def test_what_is_said_of_an_area_and_its_border_is_read(table):
    path = table(
        "kod;namn;slag;ingår_i;gäller_från;gränsens_ursprung;gränsens_anmärkning",
        "A;Vårby;kommundel;0126;2020-01-01;kommunen;Följer järnvägen",
        "B;Skogås;;;;;",
    )

    areas = read_areas(path)

    assert (areas.kinds, areas.parents) == (("kommundel", ""), ("0126", ""))
    assert areas.valid_from == (date(2020, 1, 1), None)
    assert areas.border_origins == ("kommunen", "")
    assert areas.border_notes == ("Följer järnvägen", "")


def test_what_is_not_said_of_areas_is_empty(squares):
    areas = read_areas(squares)

    assert areas.kinds == areas.parents == areas.border_origins == areas.border_notes == ("", "")
    assert areas.valid_from == (None, None)


def test_an_accepted_area_keeps_the_number_of_its_row(table):
    areas = read_areas(table("kod;namn", ";Trångsund", "A;Vårby", "A;Skogås", "B;Skogås"))

    assert areas.rows.tolist() == [2, 4]


def test_a_part_of_the_town_is_the_parent_only_when_asked_for(table):
    path = table("deso kod;regso;kommundel", "0126C1010;0126R001;0126-VAR")

    guessed, asked = read_areas(path), read_areas(path, mapping={"parent": "kommundel"})

    assert (guessed.parents, asked.parents) == (("",), ("0126-VAR",))


@pytest.mark.parametrize("text", ["2020-01-31", "31/1/2020", "31.1.2020", "20200131", "43861"])
def test_the_day_from_which_an_area_holds_may_be_written_in_several_ways(table, text):
    areas = read_areas(table("kod;gäller från", f"A;{text}"))

    assert areas.valid_from == (date(2020, 1, 31),)


@pytest.mark.parametrize("text", ["i våras", "2020-02-30", "2020-01", "2020"])
def test_an_area_that_holds_from_no_day_is_rejected(table, text):
    areas = read_areas(table("kod;gäller från", f"A;{text}", "B;2020-01-31"))

    assert areas.codes == ("B",)
    assert (areas.errors[0].field, areas.errors[0].value) == ("gäller från", text)


def test_a_column_of_days_that_may_be_months_is_refused(table):
    with pytest.raises(LyktaError, match="dag/månad") as caught:
        read_areas(table("kod;gäller från", "A;03/04/2020"))

    assert caught.value.code == "ambiguous-date"


def test_all_parts_of_a_rejected_area_are_rejected(tmp_path):
    parts = json.loads(json.dumps(SQUARES))
    for feature in parts["features"]:
        feature["properties"] = {"kod": "A", "namn": "Vårby", "gäller från": "nyss"}
    path = tmp_path / "areas"
    path.write_text(json.dumps(parts), encoding="utf-8")

    areas = read_areas(path)

    assert areas.codes == ()
    assert [error.row for error in areas.errors] == [1, 2]


def test_a_personal_number_in_the_note_of_a_border_is_rejected_and_never_shown(table):
    areas = read_areas(table("kod;gränsens anmärkning", "A;ritad av 811228-9874", "B;"))

    assert areas.codes == ("B",)
    assert "811228" not in str(areas)
