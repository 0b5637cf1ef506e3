"""Reference systems: what is said, what is found, and what is refused."""

from math import atan, atanh, cos, cosh, radians, sin, sinh, tan

import numpy as np
import pytest

from lykta.infrastructure.errors import UnknownCrs
from lykta.sources.reading import read_areas, read_events

LON, LAT = 17.9838, 59.2371


def gauss_krueger(lon, lat, *, middle, scale, east, north=0.0):
    """Return east and north by Krüger's series, as Lantmäteriet prints it (GRS 80)."""
    f = 1 / 298.257222101
    n, e2 = f / (2 - f), f * (2 - f)
    radius = 6378137 / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    phi, dl = radians(lat), radians(lon - middle)
    terms = (e2, (5 * e2**2 - e2**3) / 6, (104 * e2**3 - 45 * e2**4) / 120, 1237 * e2**4 / 1260)
    series = sum(term * sin(phi) ** (2 * k) for k, term in enumerate(terms))
    conformal = phi - sin(phi) * cos(phi) * series
    xi, eta = atan(tan(conformal) / cos(dl)), atanh(cos(conformal) * sin(dl))
    beta = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    steps = [(b, 2 * k) for k, b in enumerate(beta, start=1)]
    x = eta + sum(b * cos(k * xi) * sinh(k * eta) for b, k in steps)
    y = xi + sum(b * sin(k * xi) * cosh(k * eta) for b, k in steps)
    return east + scale * radius * x, north + scale * radius * y


def events(table, header, row, **how):
    return read_events([table(f"tid;{header}", f"2026-01-01;{row}")], **how)


SWEDISH = {
    "EPSG:3006": ({"middle": 15, "scale": 0.9996, "east": 500_000}, 1e-7),
    "EPSG:3011": ({"middle": 18, "scale": 1, "east": 150_000}, 1e-7),
    # RT 90 2,5 gon V by Lantmäteriet's direct projection, which agrees within some metres.
    "EPSG:3021": (
        {"middle": 15.8062845294, "scale": 1.00000561024, "east": 1_500_064.274, "north": -667.711},
        5e-5,
    ),
}


@pytest.mark.parametrize("crs", SWEDISH)
def test_swedish_systems_agree_on_a_place(table, crs):
    projection, tolerance = SWEDISH[crs]
    x, y = gauss_krueger(LON, LAT, **projection)

    found = events(table, "x;y", f"{x:.4f};{y:.4f}", crs=crs)

    np.testing.assert_allclose([*(v[0] for v in found.degrees())], [LON, LAT], atol=tolerance)
    assert (found.passport.crs, found.metric_crs) == (crs, "EPSG:3006")


def test_feet_are_turned_into_metres(table):
    found = events(table, "X_COORD_CD;Y_COORD_CD", "1058925;180924", crs="EPSG:2263")

    np.testing.assert_allclose([*(v[0] for v in found.degrees())], [-73.7308, 40.6630], atol=1e-4)
    assert found.metric_crs == "EPSG:32618"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("670386;6570213", "EPSG:3006"),
        ("149075;6569196", "EPSG:3011"),
        ("1625226;6570061", "EPSG:3021"),
        ("18,05;59,3", "EPSG:4326"),
        ("1058925;180924", "enligt filens beskrivning"),
    ],
)
def test_metres_without_a_system_ask_for_it_and_name_the_plausible(table, row, said):
    with pytest.raises(UnknownCrs, match="--crs") as caught:
        events(table, "x;y", row)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("header", "row", "crs", "said"),
    [
        ("x;y", "18,05;59,3", "EPSG:3006", "är grader"),
        ("lon;lat", "670386;6570213", None, "är inte grader"),
        ("lon;lat", "59,3;18,05", None, "bytt plats"),
        ("x;y", "6570213;670386", "EPSG:3006", "bytt plats"),
        ("x;y", "670386;6570213", "EPSG:2263", "utanför"),
        ("x;y", "670386;6570213", "EPSG:99999", "finns inte"),
    ],
)
def test_a_system_that_cannot_be_true_is_refused(table, header, row, crs, said):
    with pytest.raises(UnknownCrs, match=said):
        events(table, header, row, crs=crs)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("17,98;59,24", "är grader"),
        ("6570300,5;670500,5", "bytt plats"),
        ("okänt;6570213", "inget tal"),
        ("670386;", "Bara den ena"),
        ("1e999;6570213", "inget tal"),
    ],
)
def test_a_row_with_another_kind_of_point_is_rejected_alone(table, row, said):
    good = ["2026-01-01;670386;6570213"] * 3
    found = read_events([table("tid;x;y", *good, f"2026-01-01;{row}")], crs="EPSG:3006")

    assert found.passport.n_accepted == 3
    assert said in found.errors[0].reason


def test_blanks_and_both_decimal_signs_are_read(table):
    found = read_events([table("tid;x;y", "2026-01-01;670 386.5;6 570 213,5")], crs="EPSG:3006")

    assert (found.x_m[0], found.y_m[0]) == (670386.5, 6570213.5)


@pytest.mark.parametrize("row", [";", "0;0", "NA;NA"])
def test_a_row_without_a_point_is_an_event_all_the_same(table, row):
    found = read_events([table("tid;lon;lat", "2026-01-01;18,0;59,2", f"2026-01-01;{row}")])

    assert found.passport.n_accepted == 2
    assert np.isnan(found.x_m[1])
    assert np.isnan(found.x_m[1])


def test_degrees_win_over_metres_unless_the_user_says_so(table):
    path = table("tid;x;y;lon;lat", "2026-01-01;670386;6570213;18,0;59,2")

    assert read_events([path]).passport.crs == "EPSG:4326"
    assert read_events([path], crs="EPSG:3006").x_m[0] == 670386


def test_events_follow_the_metres_that_are_asked_for(table):
    found = events(table, "lon;lat", "18,05;59,3", metric_crs="EPSG:3011")

    assert found.metric_crs == "EPSG:3011"
    np.testing.assert_allclose(found.x_m[0], 152_850, atol=50)


def test_polygons_in_metres_without_a_system_are_refused(tmp_path):
    path = tmp_path / "areas.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        '{"kod": "A"}, "geometry": {"type": "Polygon", "coordinates": [[[670000, 6570000], '
        "[671000, 6570000], [671000, 6571000], [670000, 6570000]]]}}]}"
    )

    with pytest.raises(UnknownCrs, match="EPSG:3006"):
        read_areas(path)

    assert read_areas(path, crs="EPSG:3006").polygons[0].area == 500_000
