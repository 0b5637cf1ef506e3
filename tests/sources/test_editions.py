from datetime import date

import pytest
from benchmarks.circumstances import ROOT
from tests.sources.samples import EDITIONS

from lykta.infrastructure.errors import MissingColumn
from lykta.sources.reading import read_editions

HEADER = "lista_år;publicerad;antal_områden;särskilt_utsatta;riskområden;utsatta;delade"


@pytest.fixture
def editions(tmp_path):
    path = tmp_path / "riket.csv"
    path.write_text(EDITIONS, encoding="utf-8", newline="")
    return read_editions(path).editions


def test_a_row_tells_how_many_areas_stand_on_a_list(editions):
    one = editions[1]

    assert (one.list_year, one.total, one.n_split) == (2019, 60, 0)
    assert (one.specially_vulnerable, one.risk_areas, one.vulnerable) == (22, 10, 28)
    assert (one.published, one.published_precision) == (date(2019, 6, 30), "month")
    assert (one.certainty, one.source, one.row) == ("belagd", "extraextra.se", 2)


def test_a_count_that_is_not_there_is_none_and_never_zero(editions):
    assert [one.total for one in editions] == [None, 60, 65]
    assert [one.vulnerable for one in editions] == [None, 28, None]
    assert [one.n_split for one in editions] == [None, 0, 7]


def test_the_day_of_a_list_that_is_not_known_is_the_last_of_its_year(editions):
    assert (editions[0].published, editions[0].published_precision) == (date(2015, 12, 31), "year")
    assert editions[2].published_precision == "day"


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (";;60;;;;", "lista_år", "årtal"),
        ("2019;snart;60;;;;", "publicerad", "inget datum"),
        ("2019;;många;;;;", "antal_områden", "helt tal"),
        ("2019;;60;-1;;;", "särskilt_utsatta", "helt tal"),
        ("2019;;60;;1,5;;", "riskområden", "helt tal"),
        ("2019;;60;;;1e300;", "utsatta", "helt tal"),
        ("2019;;60;;;;x", "delade", "helt tal"),
        ("2019;;60;22;10;29;", "antal_områden", "tillsammans 61"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_the_reason(table, row, field, said):
    found = read_editions(table(HEADER, row, "2021;;61;;;;"))

    assert [one.list_year for one in found.editions] == [2021]
    assert found.errors[0].field == field
    assert said in found.errors[0].reason


def test_levels_of_which_one_is_not_known_need_not_make_the_total(table):
    found = read_editions(table(HEADER, "2019;;60;22;10;;", "2021;;;22;10;28;"))

    assert [one.total for one in found.editions] == [60, None]


def test_a_list_stands_once(table):
    found = read_editions(table(HEADER, "2019;;60;;;;", "2019.0;;61;;;;"))

    assert [one.total for one in found.editions] == [60]
    assert "rad 1" in found.errors[0].reason


@pytest.mark.parametrize("header", ["område;antal", "lista_år;område"])
def test_a_file_without_lists_or_counts_is_refused(table, header):
    with pytest.raises(MissingColumn, match="--map"):
        read_editions(table(header, "2023;1"))


def test_the_editions_of_the_demo_are_all_accepted():
    found = read_editions(ROOT / "src/lykta/demo/data/polisens_listor_riket.csv")

    assert [one.total for one in found.editions] == [None, 61, 60, 61, 59, 65]
    assert found.errors == ()


def test_columns_can_be_pointed_out(table):
    path = table("utgåva;summa", "2023;59")

    found = read_editions(path, mapping={"list_year": "utgåva", "total": "summa"})

    assert [one.total for one in found.editions] == [59]
