"""The known layouts, each by a few made-up rows of its form."""

import json

import numpy as np

from lykta.sources.reading import read_areas, read_categories, read_events

EVENT = {
    "id": 1,
    "datetime": "2026-08-22 9:51:41 +02:00",
    "name": "22 augusti 17.59, Brand, Huddinge",
    "summary": "Brand i soprum.",
    "url": "/aktuellt/",
    "type": "Brand",
    "location": {"name": "Stockholms län", "gps": "59.3,18.0"},
}


def published(tmp_path, *changes):
    path = tmp_path / "svar.json"
    path.write_text(json.dumps([EVENT | change for change in changes]), encoding="utf-8-sig")
    return read_events([path])


def test_a_published_event_lies_in_the_municipality_that_ends_its_name(tmp_path):
    found = published(
        tmp_path,
        {},
        {"id": 2, "name": "22 augusti 17.59, Farligt föremål, misstänkt, HUDDINGE"},
        {"id": 3, "name": "22 augusti 17.59, Rån, Södertörn"},
    )

    assert [found.area_codes[code] for code in found.area] == ["0126", "0126", "01"]
    assert np.isnan(found.x_m).all()
    assert not found.passport.has_points
    assert not found.passport.has_rates
    assert found.passport.noun == "publicerade händelser"


def test_a_published_event_happened_at_the_time_in_its_name(tmp_path):
    found = published(
        tmp_path,
        {},
        {"id": 2, "name": "22 augusti 17:05, Rån, Salem"},
        {"id": 3, "name": "31 december 23.50, Rån, Salem", "datetime": "2026-01-01 0:10:00 +01:00"},
        {"id": 4, "name": "Rån, Salem"},
    )

    assert found.starts_at.astype(str).tolist() == [
        "2026-08-22T17:59:00",
        "2026-08-22T17:05:00",
        "2025-12-31T23:50:00",
        "2026-08-22T09:51:41",
    ]


def test_a_published_summary_is_no_single_event(tmp_path):
    found = published(tmp_path, {}, {"id": 2, "type": "Sammanfattning natt"})

    assert found.passport.n_accepted == 1
    assert "sammanfattning" in found.errors[0].reason


def test_of_revisions_of_a_published_event_the_last_is_kept(tmp_path):
    found = published(tmp_path, {}, {"type": "Mordbrand"})

    assert found.categories == ("Mordbrand",)
    assert found.errors[0].row == 1
    assert "rad 2" in found.errors[0].reason


def test_a_hand_over_per_small_area_is_read(table):
    path = table(
        "Id;Brottskod;Brottskod klartext;Inskrivningsdatum;Brottsdatum;Kommun;Län;"
        "DeSO-område;Antal",
        "7;0805;Stöld;2026-02-01;2026-01-30;Huddinge;Stockholms län;0126C1010;1",
        "8;0355;Misshandel;2026-02-01;2026-01-31;Huddinge;Stockholms län;0126C1020;<5",
        "7;0805;Stöld;2026-02-01;2026-01-30;Huddinge;Stockholms län;0126C1010;1",
    )

    found = read_events([path], municipality="Huddinge")

    assert found.passport.layout == "police-small-area"
    assert found.categories == ("0355", "0805")
    assert (found.passport.n_accepted, found.passport.n_withheld) == (2, 1)


def test_an_aggregate_hand_over_is_read(table):
    header = "period;area_label;crime_group;count;source_system;extracted_at;prel;min_cell"
    path = table(header, "2026-01;Vårby;08;17;RAR;2026-02-01;1;5", "2026-W05;Vårby;03;<5;;;1;5")

    found = read_events([path])

    assert (found.passport.layout, found.passport.noun) == ("police-aggregate", "anmälda brott")
    assert found.count.tolist() == [17, 0]


def test_british_street_crimes_are_known_by_month_and_snapped_point(table):
    path = table(
        "Crime ID;Month;Reported by;Falls within;Longitude;Latitude;Location;LSOA code;LSOA name;"
        "Crime type;Last outcome category;Context",
        ";2016-07;WYP;WYP;-1.55;53.59;On or near X;E01007359;B 005C;Anti-social behaviour;;",
        ";2016-07;WYP;WYP;;;No location;;;Burglary;;",
    )

    found = read_events([path])

    assert (found.passport.layout, found.time_level) == ("data-police-uk", "month")
    assert found.metric_crs == "EPSG:32630"
    assert any("fasta punkter" in note for note in found.passport.notes)


def test_the_template_of_the_municipality_needs_no_further_word(table):
    path = table(
        "id;tidpunkt;tidpunkt_till;kategori;x;y;område;källa",
        "EX-1;2026-01-01 22:00;2026-01-02 06:00;Klotter;670386,5;6570213,5;0126C1010;syntetisk",
    )

    found = read_events([path])

    assert (found.passport.layout, found.passport.crs) == ("template", "EPSG:3006")
    assert found.passport.is_synthetic
    assert found.ends_at[0] > found.starts_at[0]


def test_crime_codes_are_read_with_their_groups_and_those_that_ended(table):
    path = table("brottskod;benamning;upphord;kodgrupp", "0805;Stöld;;08", "0607;Äldre;2023;06")

    found = read_categories(path)

    assert found.codes == ("0805", "0607")
    assert found.groups == ("08", "06")
    assert found.passport.layout == "crime-codes"


def test_the_list_of_municipalities_is_a_list_of_areas(table):
    found = read_areas(table("kommun_kod;kommun;lan_kod;lan", "0126;Huddinge;01;Stockholms län"))

    assert (found.codes, found.names) == (("0126",), ("Huddinge",))
    assert found.polygons is None
