from datetime import date

import pytest
from benchmarks.circumstances import ROOT
from tests.sources.samples import LISTINGS

from lykta.infrastructure.errors import MissingColumn
from lykta.sources.reading import read_listings
from lykta.sources.records import Level, Listed

HEADER = "lista_år;publicerad;område;kommundel;på_listan;nivå"


@pytest.fixture
def listings(tmp_path):
    path = tmp_path / "listor.csv"
    path.write_text(LISTINGS, encoding="utf-8", newline="")
    return read_listings(path).listings


def test_a_row_tells_of_one_area_on_one_list(listings):
    one = listings[1]

    assert (one.list_year, one.label, one.area_code) == (2021, "Grantorp/Visättra", "0126-FLE")
    assert (one.listed, one.level) == (Listed.YES, Level.VULNERABLE)
    assert (one.certainty, one.source, one.note) == ("belagd", "mitti.se", "Ny på listan")
    assert one.row == 2


def test_a_list_came_out_on_the_last_day_that_is_meant(listings):
    published = [(one.published, one.published_precision) for one in listings]

    assert published == [
        (date(2019, 6, 3), "day"),
        (date(2021, 10, 31), "month"),
        (date(2021, 10, 31), "month"),
        (date(2025, 12, 31), "year"),
    ]


def test_unknown_is_neither_yes_nor_no(listings):
    assert [one.listed for one in listings] == ["no", "yes", "yes", "unknown"]
    assert [one.level for one in listings] == ["unknown", "vulnerable", "unknown", "unknown"]


def test_an_area_that_was_divided_tells_what_it_was_a_part_of(listings):
    assert listings[0].split_from == ()
    assert listings[3].split_from == ("Vårby", "Vårby gård")


@pytest.mark.parametrize(
    ("listed", "level", "expected"),
    [
        ("yes", "Vulnerable", (Listed.YES, Level.VULNERABLE)),
        ("YES", "risk area", (Listed.YES, Level.RISK_AREA)),
        ("Ja", "Riskområde", (Listed.YES, Level.RISK_AREA)),
        ("yes", "specially vulnerable", (Listed.YES, Level.SPECIALLY_VULNERABLE)),
        ("ja", "Särskilt utsatt område", (Listed.YES, Level.SPECIALLY_VULNERABLE)),
        ("no", "", (Listed.NO, Level.UNKNOWN)),
        ("unknown", "unknown", (Listed.UNKNOWN, Level.UNKNOWN)),
        ("", "", (Listed.UNKNOWN, Level.UNKNOWN)),
    ],
)
def test_the_words_of_both_languages_are_known(table, listed, level, expected):
    (one,) = read_listings(table(HEADER, f"2023;;Vårby;;{listed};{level}")).listings

    assert (one.listed, one.level) == expected


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (";;Vårby;;ja;", "lista_år", "årtal"),
        ("i år;;Vårby;;ja;", "lista_år", "årtal"),
        ("2023;nyss;Vårby;;ja;", "publicerad", "inget datum"),
        ("2023;2023v48;Vårby;;ja;", "publicerad", "inget datum"),
        ("2023;;;;ja;", "område", "saknas"),
        ("2023;;Vårby;;kanske;", "på_listan", "ja, nej eller okänd"),
        ("2023;;Vårby;;ja;värst", "nivå", "riskområde, särskilt utsatt område"),
        ("2023;;Vårby;;nej;riskområde", "nivå", "inte på listan"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_the_reason(table, row, field, said):
    found = read_listings(table(HEADER, row, "2023;;Skogås;;ja;"))

    assert [one.label for one in found.listings] == ["Skogås"]
    assert found.errors[0].field == field
    assert said in found.errors[0].reason


def test_an_area_stands_once_on_each_list(table):
    rows = ("2021;;Vårby;A;ja;", "2023;;Vårby;A;ja;", "2023;;Vårby;A;nej;", "2023;;Vårby;B;nej;")

    found = read_listings(table(HEADER, *rows))

    assert [one.row for one in found.listings] == [1, 2, 4]
    assert "rad 2 för samma år" in found.errors[0].reason


def test_the_year_of_a_list_is_given_where_the_file_is_silent(table):
    path = table("område;på listan", "Vårby;ja")

    found = read_listings(path, list_year=2023)

    assert (found.listings[0].list_year, found.listings[0].published_precision) == (2023, "year")
    with pytest.raises(MissingColumn, match="Ange listans år"):
        read_listings(path)


def test_the_year_in_the_file_goes_before_the_given(table):
    found = read_listings(table(HEADER, "2021;;Vårby;;ja;"), list_year=2023)

    assert found.listings[0].list_year == 2021
    assert any("2023 användes inte" in note for note in found.passport.notes)


@pytest.mark.parametrize("header", ["lista_år;på listan", "lista_år;område"])
def test_a_file_without_areas_or_lists_is_refused(table, header):
    with pytest.raises(MissingColumn, match="--map"):
        read_listings(table(header, "2023;x"))


def test_columns_can_be_pointed_out(table):
    path = table("utgåva;plats;status", "2023;Vårby;ja")

    found = read_listings(
        path, mapping={"list_year": "utgåva", "label": "plats", "listed": "status"}
    )

    assert [one.label for one in found.listings] == ["Vårby"]


def test_a_personal_number_in_a_note_is_rejected_and_never_shown(table):
    path = table("lista år;område;på listan;anmärkning", "2023;Vårby;ja;ring 811228-9874")

    found = read_listings(path)

    assert found.passport.n_rejected == 1
    assert "811228" not in str(found)


def test_the_listings_of_the_demo_are_all_accepted():
    found = read_listings(ROOT / "src/lykta/demo/data/polisens_listor.csv")

    assert (len(found.listings), found.errors) == (18, ())
    assert found.listings[0].area_code == "0126-VAR"


@pytest.mark.parametrize("form", ["3006.geojson", "4326.geojson", "shp.zip"])
def test_the_open_file_of_the_police_holds_only_what_is_listed(reference, form):
    path = reference(f"polisen_utsatta_omraden_2023/uso_2023_{form}")

    found = read_listings(path, list_year=2023)

    # Its readme: 27 vulnerable, 15 risk areas, 17 specially vulnerable.
    levels = [one.level for one in found.listings]
    assert [levels.count(level) for level in Level] == [27, 15, 17, 0]
    assert {one.listed for one in found.listings} == {Listed.YES}
    assert "Grantorp / Visättra" in [one.label for one in found.listings]
    assert found.listings[0].area_code == "1"


def test_the_open_file_of_the_police_does_not_say_its_year(reference):
    with pytest.raises(MissingColumn, match="vilket år"):
        read_listings(reference("polisen_utsatta_omraden_2023/uso_2023_3006.geojson"))
