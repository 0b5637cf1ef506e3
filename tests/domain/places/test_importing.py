"""Reading places in: what is new, changed, unchanged, outside and rejected."""

from datetime import date

import pytest
from tests.domain.places.conftest import AREAS, TODAY, geojson, square

from lykta.domain.places import selectors
from lykta.domain.places.models import Area, AreaVersion, Classification, Population
from lykta.infrastructure import storage
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


def reasons(run) -> list[tuple[str, str]]:
    return [(row.field, row.reason) for row in run.rejected_rows.all()]


def test_a_first_file_adds_its_areas(read_in):
    run = read_in("areas", "omraden.geojson", AREAS)

    assert (run.state, run.n_added, run.n_rejected) == ("done", 6, 0)
    assert Area.objects.count() == AreaVersion.objects.count() == 6


def test_the_same_file_again_changes_nothing(places):
    run = places("areas", "omraden.geojson", AREAS)

    assert (run.n_added, run.n_changed, run.n_unchanged) == (0, 0, 6)
    assert AreaVersion.objects.count() == 6


def test_a_trial_changes_nothing(places):
    moved = geojson({"kod": "9999-ASA", "namn": "Åsa", "ring": square(0, 0)})

    run = places("areas", "flyttad.geojson", moved, is_trial=True, valid_from=date(2020, 1, 1))

    assert (run.state, run.n_changed) == ("checked", 1)
    assert run.examples[0]["what"] == ["gräns"]
    assert AreaVersion.objects.count() == 6


def test_a_new_border_holds_from_its_day_and_the_old_one_before(places):
    moved = geojson({"kod": "9999-ASA", "namn": "Åsa", "ring": square(0, 0)})
    places("areas", "flyttad.geojson", moved, valid_from=date(2020, 1, 1))

    before = selectors.area(SYSTEM, "9999-ASA", as_of=date(2019, 12, 31)).row
    after = selectors.area(SYSTEM, "9999-ASA", as_of=date(2020, 1, 1)).row

    assert before.area_km2 == pytest.approx(4)
    assert after.area_km2 == pytest.approx(1)


def test_an_area_outside_the_municipality_is_left_out(places):
    far = geojson({"kod": "8888A", "namn": "Långt bort", "slag": "DeSO", "ring": square(50, 50)})

    run = places("areas", "riket.geojson", far)

    assert (run.n_outside, run.n_added, run.n_rejected) == (1, 0, 0)


@pytest.mark.parametrize(
    ("feature", "field"),
    [
        ({"kod": "X1", "namn": "Utan slag"}, "slag"),
        ({"kod": "X1", "namn": "Fel slag", "slag": "grannskap"}, "slag"),
        ({"kod": "9999-ASA", "namn": "Åsa", "slag": "DeSO"}, "slag"),
        ({"kod": "X1", "namn": "Vilse", "slag": "DeSO", "ingår_i": "FINNS-INTE"}, "ingår_i"),
        ({"kod": "X1", "namn": "Själv", "slag": "DeSO", "ingår_i": "X1"}, "ingår_i"),
        (
            {"kod": "X1", "namn": "Fel", "slag": "DeSO", "gränsens_ursprung": "?"},
            "gränsens_ursprung",
        ),
        ({"kod": "X1", "namn": "Onoterad", "slag": "listat område"}, "gränsens_anmärkning"),
        ({"kod": "X1", "namn": "L" * 121, "slag": "DeSO"}, "namn"),
    ],
)
def test_a_bad_row_is_kept_with_its_reason(places, feature, field):
    run = places("areas", "fel.geojson", geojson({**feature, "ring": square(1, 1)}))

    assert (run.n_added, run.n_changed, run.n_rejected) == (0, 0, 1)
    assert reasons(run)[0][0] == field
    assert reasons(run)[0][1].endswith(".")


def test_an_import_is_one_entry_in_the_audit_log(places):
    assert audit.Entry.objects.filter(action="import.done").count() == 1
    assert audit.verify() == []


def test_population_is_kept_a_year_at_a_time(places):
    text = "område;år;folkmängd;källa\n9999A0010;2022;100;SCB\n9999A0010;2023;110;SCB\n"

    run = places("population", "folk.csv", text)

    assert (run.n_added, Population.objects.count()) == (2, 2)
    assert selectors.area(SYSTEM, "9999A0010", as_of=TODAY).row.population.value == 110
    assert selectors.area(SYSTEM, "9999A0010", as_of=date(2023, 6, 1)).row.population.value == 100


def test_a_corrected_figure_is_a_new_row_and_the_old_one_stays(places):
    places("population", "folk.csv", "område;år;folkmängd\n9999A0010;2023;110\n")

    run = places("population", "folk2.csv", "område;år;folkmängd\n9999A0010;2023;111\n")

    assert (run.n_changed, Population.objects.count()) == (1, 2)
    assert selectors.area(SYSTEM, "9999A0010", as_of=TODAY).row.population.value == 111


def test_population_of_an_unknown_area_of_ours_is_rejected_and_of_others_left_out(places):
    text = "område;år;folkmängd\n9999Z0000;2023;5\n0180A0010;2023;7\n"

    run = places("population", "folk.csv", text)

    assert (run.n_rejected, run.n_outside) == (1, 1)


def test_a_list_finds_its_areas_by_name(places):
    text = "lista_år;publicerad;område;på_listan;nivå\n2023;2023-12;höjden;ja;utsatt område\n"

    run = places("listings", "listor.csv", text)

    assert (run.n_added, run.n_rejected) == (1, 0)
    assert Classification.objects.get().area.code == "9999-L1"


def test_a_list_of_an_unknown_area_is_rejected(places):
    run = places("listings", "listor.csv", "lista_år;område;på_listan\n2023;Dalen;ja\n")

    assert reasons(run)[0][0] == "område"


def test_a_parent_may_come_after_its_child_in_the_file(places):
    inside = [
        {"kod": "X2", "namn": "Inre", "slag": "eget område", "ingår_i": "X1", "ring": square(0, 0)},
        {"kod": "X1", "namn": "Yttre", "slag": "eget område", "ring": square(0, 0, size=2)},
    ]

    run = places("areas", "egna.geojson", geojson(*inside))

    assert run.n_added == 2
    assert selectors.area(SYSTEM, "X2", as_of=TODAY).row.parent is not None


def test_areas_in_a_circle_are_refused_whole(places):
    circle = [
        {"kod": "9999-ASA", "namn": "Åsa", "ingår_i": "9999-OST", "ring": square(0, 0, size=2)},
        {"kod": "9999-OST", "namn": "Östra", "ingår_i": "9999-ASA", "ring": square(2, 0, size=2)},
    ]

    with pytest.raises(LyktaError, match="ingår i varandra"):
        places("areas", "ring.geojson", geojson(*circle))


def test_another_municipality_is_left_out(places):
    other = {"kod": "8888", "namn": "Grannby", "slag": "kommun", "ring": square(9, 9)}

    assert places("areas", "riket.geojson", geojson(other)).n_outside == 1


@pytest.mark.parametrize("options", [{"kind": "grannskap"}, {"valid_from": "2020"}])
def test_a_bad_option_is_said_in_a_sentence(places, options):
    with pytest.raises(LyktaError, match=r"\.$"):
        places("areas", "omraden.geojson", AREAS, **options)


def test_an_area_ends_and_stays_in_the_history(places):
    gone = geojson({"kod": "9999A0020", "namn": "Åsa 20", "ring": square(1, 0)})
    places("areas", "slut.geojson", gone, valid_from=date(2024, 1, 1), is_ended=True)

    now = {row.code for row in selectors.areas(SYSTEM, as_of=TODAY)}
    then = {row.code for row in selectors.areas(SYSTEM, as_of=date(2023, 6, 1))}

    assert "9999A0020" not in now
    assert "9999A0020" in then


def test_a_file_that_is_read_in_is_not_kept(places):
    run = places("areas", "omraden.geojson", AREAS)

    assert not storage.path_of(run.sha256).exists()


def test_a_list_without_years_takes_the_year_that_is_said(places):
    run = places("listings", "lista.csv", "område;på_listan\nHöjden;ja\n", list_year=2023)

    assert run.n_added == 1
    assert Classification.objects.get().list_year == 2023
