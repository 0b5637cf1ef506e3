"""Reading places: as of a day, summed with care, and only for those within reach."""

import json
from datetime import date

import pytest
import shapely
from django.http import Http404
from tests import people
from tests.domain.places.conftest import TODAY

from lykta.domain.places import selectors
from lykta.domain.places.models import Area, AreaVersion
from lykta.infrastructure.access import NOBODY, SYSTEM, Confidentiality, Grant, Reach
from lykta.infrastructure.accounts.models import Account

LISTS = """lista_år;publicerad;område;på_listan;nivå;delat_från
2019;;Höjden;nej;;
2021;2021-10;Höjden;ja;utsatt område;
"""


def reach(*levels: Confidentiality) -> Reach:
    return Reach(1, (Grant(1, frozenset({"read places"}), frozenset(levels)),))


def test_each_parent_stands_before_its_children_in_swedish_order(places):
    names = [row.name for row in selectors.areas(SYSTEM, as_of=TODAY)]

    assert names == ["Exempelby", "Åsa", "Åsa 10", "Åsa 20", "Höjden", "Östra"]


def test_before_its_first_day_an_area_is_not_there(places):
    assert selectors.areas(SYSTEM, as_of=date(2009, 12, 31)) == []


def test_who_recorded_a_version_is_called_what_she_is_called_now(places):
    account = people.account("vera")
    AreaVersion.objects.update(recorded_by=account)
    selectors.area(SYSTEM, "9999-ASA", as_of=TODAY)

    Account.objects.filter(pk=account.pk).update(name="Någon annan")

    (version,) = selectors.area(SYSTEM, "9999-ASA", as_of=TODAY).versions
    assert version.recorded_by.name == "Någon annan"


def test_a_sum_needs_every_part(places):
    places("population", "folk.csv", "område;år;folkmängd\n9999A0010;2023;110\n")

    figure = selectors.area(SYSTEM, "9999-ASA", as_of=TODAY).row.population

    assert figure.value is None
    assert figure.missing == "Folkmängden saknas för 1 av 2 delar."


def test_a_sum_tells_of_its_parts(places):
    places("population", "f.csv", "område;år;folkmängd\n9999A0010;2023;110\n9999A0020;2023;90\n")

    figure = selectors.area(SYSTEM, "9999-ASA", as_of=TODAY).row.population

    assert (figure.value, figure.period, len(figure.rows)) == (200, "2023", 2)


def test_parts_of_different_years_are_not_summed(places):
    places("population", "f.csv", "område;år;folkmängd\n9999A0010;2023;110\n9999A0020;2022;90\n")

    assert selectors.area(SYSTEM, "9999-ASA", as_of=TODAY).row.population.value is None


@pytest.mark.parametrize(("day", "listed"), [(date(2021, 6, 1), 0), (date(2021, 12, 1), 1)])
def test_the_same_question_in_two_years_gives_two_right_answers(places, day, listed):
    places("listings", "listor.csv", LISTS)

    assert selectors.listed(SYSTEM, as_of=day).listed == listed


def test_the_history_tells_not_listed_from_unknown(places):
    places("listings", "listor.csv", LISTS)
    places("editions", "riket.csv", "lista_år;publicerad;antal_områden\n2017;;61\n2019;;60\n")

    years = selectors.area(SYSTEM, "9999-L1", as_of=TODAY).list_years

    assert [(each.year, [entry.listed for entry in each.entries]) for each in years] == [
        (2017, []),
        (2019, ["no"]),
        (2021, ["yes"]),
    ]


def test_a_divided_area_is_a_technical_change(places):
    places("listings", "listor.csv", LISTS)
    divided = "lista_år;område;områdeskod;på_listan;delat_från\n"
    divided += "2025;Höjden norra;9999-L1;ja;Höjden\n2025;Höjden södra;9999-L1;ja;Höjden\n"
    places("listings", "delad.csv", divided)

    last = selectors.summaries(SYSTEM, as_of=TODAY)[-1]

    assert (last.year, last.count.listed, last.is_technical) == (2025, 2, True)


def test_what_is_for_the_municipality_only_is_hidden_from_partners(places):
    Area.objects.filter(code="9999-L1").update(confidentiality=Confidentiality.MUNICIPALITY)

    partners = {row.code for row in selectors.areas(reach(Confidentiality.PARTNERS), as_of=TODAY)}
    ours = selectors.areas(reach(Confidentiality.MUNICIPALITY), as_of=TODAY)

    assert "9999-L1" not in partners
    assert "9999-L1" in {row.code for row in ours}


def test_nobody_is_refused_as_if_nothing_were_there(places):
    with pytest.raises(Http404):
        selectors.areas(NOBODY, as_of=TODAY)


def test_what_is_hidden_is_not_found_by_its_code_either(places):
    Area.objects.filter(code="9999-L1").update(confidentiality=Confidentiality.MUNICIPALITY)

    with pytest.raises(Http404):
        selectors.area(reach(Confidentiality.PARTNERS), "9999-L1", as_of=TODAY)


@pytest.mark.parametrize("text", ["åsa", "ÅSA", "sa 1"])
def test_search_knows_swedish_letters(places, text):
    assert "Åsa 10" in {row.name for row in selectors.search(SYSTEM, text, as_of=TODAY)}


def test_search_finds_nothing_for_nobody(places):
    assert selectors.search(NOBODY, "åsa", as_of=TODAY) == []


def test_a_border_that_two_areas_share_is_one_line_and_official_where_it_is(places):
    found = selectors.features(SYSTEM, as_of=TODAY, kinds=("municipality", "district", "listed"))

    official, rough = selectors.lines(found)

    # The listed square lies in a corner: two of its sides are the municipality's own border.
    assert official["properties"]["origin"] == "official"
    assert shapely.length(shapely.from_geojson(json.dumps(rough["geometry"]))) == pytest.approx(
        shapely.length(shapely.from_geojson(json.dumps(listed_square(found)))) / 2, rel=0.01
    )


def listed_square(features) -> dict:
    return next(each["geometry"] for each in features if each["properties"]["kind"] == "listed")
