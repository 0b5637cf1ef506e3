"""Columns about origin, belief, health and persons are never loaded."""

import json

import pytest
from tests.sources import samples

from lykta.infrastructure.errors import RefusedColumn
from lykta.sources.reading import (
    preview,
    read_areas,
    read_categories,
    read_editions,
    read_events,
    read_listings,
    read_observations,
    read_population,
)
from lykta.sources.refusing import is_refused


@pytest.mark.parametrize(
    "column",
    ["fodelseregion_sverige", "bakgrund_utlandsk_bakgrund", "victim_race", "language_spoken",
     "Födelseland", "Personnummer", "förnamn", "suspect_name", "Misstänkt", "religion",
     "ethnicGroup", "country of birth", "Modersmål", "health_status", "HISPANIC", "e-post",
     "politisk åsikt", "Perp Race", "ursprung", "Föräldrarnas ursprung"],
)  # fmt: skip
def test_a_barred_column_is_refused(column):
    assert is_refused(column)


@pytest.mark.parametrize(
    "column",
    ["trace", "religionsundervisning", "namn", "Brottskod", "bakgrundsfärg", "offender_injured",
     "victim_age", "Hälsocentral", "språkkafé", "Misstänkt brott", "raceway", "id", "NAMN1",
     "gränsens ursprung", "Gränsens_ursprung"],
)  # fmt: skip
def test_a_column_that_only_looks_alike_is_read(column):
    assert not is_refused(column)


READERS = {
    "events": (lambda path: read_events([path]), "tid;kod;folkmängd;{}", "2026-01-01;A;5;x"),
    "areas": (read_areas, "kod;namn;{}", "A;Vårby;x"),
    "population": (read_population, "kod;folkmängd;{}", "A;5;x"),
    "categories": (read_categories, "kod;namn;{}", "A;Våld;x"),
    "listings": (read_listings, "år;namn;på listan;{}", "2023;Vårby;ja;x"),
    "editions": (read_editions, "år;antal;{}", "2023;59;x"),
    "observations": (read_observations, "name;numCrimes;crimesRelative;{}", "Huddinge;1;2;x"),
}


@pytest.mark.parametrize("name", READERS)
def test_no_importer_loads_a_barred_column(table, name):
    read, header, row = READERS[name]

    passport = read(table(header.format("födelseland"), row)).passport

    assert passport.refused_columns == ("födelseland",)
    assert any("”födelseland”" in note for note in passport.notes)
    assert "födelseland" not in passport.mapping.values()


@pytest.mark.parametrize(
    ("read", "field"),
    [
        (lambda path, **how: read_events([path], **how), "category"),
        (read_areas, "code"),
        (read_population, "code"),
        (read_categories, "group"),
        (read_listings, "label"),
        (read_editions, "total"),
    ],
)
def test_asking_for_a_barred_column_is_refused(table, read, field):
    path = table("tid;kod;folkmängd;etnicitet", "2026-01-01;A;5;x")

    with pytest.raises(RefusedColumn, match="etnicitet"):
        read(path, mapping={field: "etnicitet"})


def test_only_the_total_of_an_export_by_birth_country_is_read(tmp_path):
    found = read_observations(samples.write_xlsx(tmp_path / "export", samples.EXPORT))

    assert [one.value for one in found.observations] == [863, 871, None, 1562]
    assert found.passport.refused_columns == ("födelseland",)


def test_only_the_total_of_a_cube_by_birth_country_is_read(tmp_path):
    born = {"category": {"index": ["SE", "TOT"], "label": {"SE": "Sverige", "TOT": "totalt"}}}
    cube = samples.JSON_STAT | {
        "id": ["Region", "Tid", "Född"],
        "dimension": samples.JSON_STAT["dimension"] | {"Född": {"label": "födelseland", **born}},
        "value": [1, 10, 2, 20, 3, 30, 4, 40],
    }
    path = tmp_path / "cube"
    path.write_text(json.dumps(cube), encoding="utf-8")

    found = read_observations(path)

    assert [one.value for one in found.observations] == [10, 20, 30, 40]
    assert "födelseland" in found.passport.refused_columns


def test_barred_values_do_not_even_reach_a_temporary_file(tmp_path):
    from lykta.sources.files.opening import open_table

    path = tmp_path / "svar.json"
    path.write_text('[{"tid": "2026-01-01", "religion": "hemligt"}]', encoding="utf-8")

    with open_table(path) as table:
        assert table.ask("SELECT * FROM source") == [("2026-01-01",)]
        assert "religion" in table.columns


def test_a_file_of_nothing_else_is_refused(table):
    with pytest.raises(RefusedColumn, match="alla dess kolumner"):
        read_events([table("förnamn;efternamn", "a;b")])


@pytest.mark.parametrize("column", ["kategori", "område"])
def test_a_personal_number_in_a_text_is_rejected_and_never_shown(table, column):
    path = table(f"tid;{column}", "2026-01-01;811228-9874", "2026-01-02;Våld")

    events = read_events([path])

    assert events.passport.n_accepted == 1
    assert "811228" not in str(events)


def test_a_preview_hides_barred_columns(table):
    seen = preview(table("tid;kategori;ethnicity", "2026-01-01;a;b"))

    assert seen.refused_columns == ("ethnicity",)
    assert "ethnicity" not in seen.columns
