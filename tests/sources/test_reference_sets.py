"""Open data sets, as large and as untidy as they are: the rows are as many as their readmes say."""

import numpy as np
import pytest

from lykta.sources.reading import (
    read_areas,
    read_categories,
    read_events,
    read_observations,
    read_population,
)

EVENTS = {
    "lancashire_ordningsstorningar/lancashire_asb.tab.gz": (56434, "month"),
    "memphis_robberies/memphis_robberies.csv": (2245, "minute"),
    "nottingham_burglary/nottingham_burglary.csv.gz": (1795, "month"),
    "nottingham_burglary/nottingham_robbery.csv.gz": (555, "month"),
    "chicago_assaults_safe_passage/chicago_aggravated_assaults.csv.gz": (148636, "minute"),
    "police_uk_west_yorkshire/2016-07-west-yorkshire-street.csv.gz": (27176, "month"),
    "police_uk_west_yorkshire/2017-07-west-yorkshire-street.csv.gz": (28537, "month"),
    "police_uk_west_yorkshire/2018-07-west-yorkshire-street.csv.gz": (31635, "month"),
    "nyc_shootings_venues/nyc_shootings.csv.gz": (27939, "minute"),
    "philadelphia_shootings/shootings.csv.gz": (14861, "day"),
    "nyc_311_urval/nyc_311.csv": (117, "minute"),
    "chicago_open311/requests.json.gz": (50, "minute"),
}
PUBLISHED = {
    "api_svar_2023-04-01.json": 500,
    "api_svar_2025-06-15.json": 500,
    "handelser_2023-03_2026-05.parquet": 79726,
    "handelser_huddinge.csv": 327,
    "handelser_versioner.jsonl.gz": 2919,
}
AREAS = {
    "lancashire_ordningsstorningar/lancashire_wards.gpkg": 271,
    "lancashire_ordningsstorningar/lancashire_districts.geojson": 14,
    "memphis_robberies/memphis_precincts_4326.geojson.gz": 9,
    "nottingham_burglary/nottingham_wards.gpkg": 20,
    "nyc_shootings_venues/nyc_boroughs_2263.gpkg": 5,
    "chicago_assaults_safe_passage/chicago_police_districts.kml.gz": 25,
    "polisen_utsatta_omraden_2023/uso_2023_3006.geojson": 59,
    "polisen_utsatta_omraden_2023/uso_2023_4326.geojson": 59,
    "polisen_utsatta_omraden_2023/uso_2023_shp.zip": 59,
    "scb_deso_polygoner_uppsala/deso_2018_uppsala_lan_3006.geojson.gz": 262,
    "scb_deso_polygoner_uppsala/Rutor1000_03_region.zip": 12373,
    "sverige_kommuner_tatorter/KommunSweref99TM.zip": 290,
    "sverige_kommuner_tatorter/kommuner_3006.geojson.gz": 290,
    "sverige_kommuner_tatorter/kommuner_4326.parquet": 290,
    "sverige_kommuner_tatorter/kommuner_detalj_stockholms_lan_3006.geojson.gz": 26,
    "sverige_kommuner_tatorter/kommunkoder.csv": 290,
    "sverige_kommuner_tatorter/lan_4326.parquet": 21,
    "scb_deso_statistik/deso_2018_regso_2020_omradestyp.csv.gz": 5984,
}
POPULATION = {
    "lancashire_ordningsstorningar/lancashire_ward_pop.xlsx": (285, None),
    "memphis_robberies/memphis_block_population.csv.gz": (10393, None),
    "scb_deso_statistik/deso_2018_statistik.csv.gz": (5984, 2023),
    "scb_deso_statistik/deso_2018_statistik_huddinge.csv": (60, 2023),
    "police_uk_west_yorkshire/lsoa_lookup.csv": (1388, 2011),
}
OBSERVATIONS = {
    "bra_anmalda_brott_kommun_2021/anmalda_brott.csv": 290,
    "bra_anmalda_brott_kommun_2021/anmalda_brott_json.json": 290,
    "kolada_nyckeltal/data_exempel.csv": 303,
    "scb_deso_statistik/pxweb_export_000005FB_20240813-152341.xlsx": 5984,
    "scb_deso_statistik/pxweb_export_000005FC_20240806-102837.xlsx": 5984,
    "scb_deso_statistik/pxweb_export_000005FM_20240813-153407.xlsx": 3 * 5984,
}


@pytest.mark.parametrize("name", EVENTS)
def test_events_are_all_accepted(reference, name):
    n_rows, level = EVENTS[name]

    events = read_events([reference(name)])

    assert events.passport.n_accepted == events.passport.n_read == n_rows
    assert events.time_level == level


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_events_are_all_accounted_for(reference, name):
    passport = read_events([reference(f"polisen_handelser/{name}")]).passport

    assert passport.n_read == PUBLISHED[name]
    assert passport.n_accepted + passport.n_rejected == passport.n_read


def test_the_archive_holds_the_events_of_a_municipality(reference):
    path = reference("polisen_handelser/handelser_2023-03_2026-05.parquet")

    events = read_events([path], municipality="Huddinge")

    assert events.passport.n_read == 327
    assert events.area_codes == ("0126",)


def test_feet_and_degrees_of_one_file_agree(reference):
    path = reference("nyc_shootings_venues/nyc_shootings.csv.gz")

    by_degrees, by_feet = read_events([path]), read_events([path], crs="EPSG:2263")

    is_given = np.isfinite(by_degrees.x_m) & np.isfinite(by_feet.x_m)
    apart = np.hypot(by_degrees.x_m - by_feet.x_m, by_degrees.y_m - by_feet.y_m)[is_given]
    assert np.quantile(apart, 0.99) < 1  # metres
    assert np.isfinite(by_feet.x_m).sum() > np.isfinite(by_degrees.x_m).sum()


@pytest.mark.parametrize("name", AREAS)
def test_areas_are_all_read(reference, name):
    assert read_areas(reference(name)).passport.n_read == AREAS[name]


@pytest.mark.parametrize("form", ["3006.geojson", "4326.geojson", "shp.zip"])
def test_the_list_of_vulnerable_areas_is_the_same_in_every_form(reference, form):
    areas = read_areas(reference(f"polisen_utsatta_omraden_2023/uso_2023_{form}"))

    place = areas.names.index("Skogås")
    assert areas.passport.layout == "police-vulnerable-areas"
    # Within the box that the readme of the municipalities gives for Huddinge.
    west, south, east, north = areas.polygons[place].bounds
    assert 664_264 < west < east < 681_448
    assert 6_560_382 < south < north < 6_575_352


@pytest.mark.parametrize("name", POPULATION)
def test_population_is_all_read(reference, name):
    n_rows, year = POPULATION[name]

    found = read_population(reference(name))

    assert (found.passport.n_read, found.year) == (n_rows, year)


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_observations_are_all_accepted(reference, name):
    passport = read_observations(reference(name)).passport

    assert passport.n_accepted == passport.n_read == OBSERVATIONS[name]


def test_offences_are_grouped(reference):
    path = reference("police_uk_west_yorkshire/offence_to_policeuk_category.csv")

    assert "Sexual offences" in read_categories(path).groups
