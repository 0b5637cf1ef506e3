"""The register of places: read in, kept as it was, found, and shown to those who may see it."""

from datetime import date
from typing import Any

import pytest
from pyproj import Transformer
from tests.domain.places.conftest import AREAS, TODAY, ReadIn, geojson, square

from lykta.domain.places import selectors, services
from lykta.domain.places.models import Area, Place
from lykta.infrastructure.access import NOBODY, SYSTEM, Confidentiality, Grant, Reach
from lykta.infrastructure.errors import UnknownCrs
from lykta.infrastructure.imports.models import State

HEADER = "kod;namn;slag;andra_namn;bostad;x;y"
ROWS = (
    "P1;Åsa centrum;centrum;Åsa C, Gamla torget;nej;600500;6600500",
    "P2;Lyktparken;park;;nej;601500;6600500",
    "P3;Lyktvägen 4;adress;;ja;601510;6600500",
    "P4;Östra stationen;hållplats;;nej;602500;6600500",
)
CRS = "EPSG:3006"
LATER = date(2026, 12, 1)


def as_file(*rows: str, header: str = HEADER) -> str:
    """Return rows as a file."""
    return "\n".join([header, *rows]) + "\n"


def reach(
    *levels: Confidentiality,
    areas: frozenset[int] | None = None,
    rights: frozenset[str] = frozenset(),
) -> Reach:
    """Return the reach of someone who may read places, cleared so far."""
    granted = Grant(1, frozenset({"read places"}) | rights, frozenset(levels), areas)
    return Reach(1, (granted,))


def names(rows: list[selectors.PlaceRow]) -> list[str]:
    """Return the names of places."""
    return [row.name for row in rows]


@pytest.fixture
def register(places: ReadIn) -> ReadIn:
    """Read a small register in, and return what reads more."""
    places("places", "platser.csv", as_file(*ROWS), crs=CRS)
    return places


def test_a_place_lies_in_the_areas_whose_borders_hold_it(register):
    row = selectors.place(SYSTEM, "P1")

    assert [name for _, name in row.areas] == ["Åsa 10", "Åsa", "Höjden"]
    assert row.aliases == ("Åsa C", "Gamla torget")
    assert row.xy_m == (600500, 6600500)


def test_where_no_smaller_area_has_a_border_the_larger_is_said(register):
    assert [name for _, name in selectors.place(SYSTEM, "P4").areas] == ["Östra"]


def test_the_same_file_again_changes_nothing(register):
    run = register("places", "platser.csv", as_file(*ROWS), crs=CRS)

    assert (run.n_added, run.n_changed, run.n_unchanged) == (0, 0, 4)


def test_a_trial_changes_nothing(places):
    run = places("places", "platser.csv", as_file(*ROWS), crs=CRS, is_trial=True)

    assert (run.n_added, run.state, Place.objects.count()) == (4, State.CHECKED, 0)


def test_a_change_is_a_row_of_its_own_and_the_old_day_is_still_known(register):
    run = register(
        "places",
        "nya.csv",
        as_file("P2;Lanternparken;park;;nej;601500;6600500"),
        crs=CRS,
        valid_from=LATER,
    )

    assert run.examples == [{"row": 1, "key": "Lanternparken", "is_new": False, "what": ["namn"]}]
    assert Place.objects.filter(code="P2").count() == 2
    assert "Lyktparken" in names(selectors.places(SYSTEM, as_of=TODAY))
    assert "Lanternparken" in names(selectors.places(SYSTEM, as_of=LATER))


def test_a_place_that_ends_is_not_found_afterwards(register):
    register("places", "bort.csv", as_file(ROWS[1]), crs=CRS, is_ended=True, valid_from=LATER)

    assert names(selectors.find_places(SYSTEM, "lyktparken")) == []
    assert "Lyktparken" in names(selectors.places(SYSTEM, as_of=TODAY))


def test_a_place_outside_the_municipality_is_counted_apart(places):
    run = places(
        "places", "p.csv", as_file(ROWS[0], "P9;Långt bort;torg;;nej;650000;6600500"), crs=CRS
    )

    assert (run.n_added, run.n_outside, run.n_rejected) == (1, 1, 0)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("X;;torg;;nej;600500;6600500", "namn", "Platsens namn saknas; fyll i det."),
        ("X;Torget;slott;;nej;600500;6600500", "slag", "Slaget är okänt. Välj bland adress, "),
        ("X;Torget;;;nej;600500;6600500", "slag", "Slag av plats saknas. Ange det i filen eller"),
        ("X;Torget;torg;;kanske;600500;6600500", "bostad", "Ordet känns inte igen; skriv ja"),
        ("X;Torget;torg;;nej;;6600500", "", "Punkten saknas eller ligger utanför"),
        ("P1;Torget;torg;;nej;600500;6600500", "kod", "Platsens kod står redan på rad 1; ta bort"),
        (";Torget;torg;;nej;600500;6600500", "kod", "Platsens kod saknas; fyll i den."),
        ("X;Hos 121212-1212;torg;;nej;600500;6600500", "namn", "Fältet liknar ett personnummer"),
        (f"X;{'a' * 121};torg;;nej;600500;6600500", "namn", "Texten är längre än 120 tecken"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_reason(places, row, field, reason):
    run = places("places", "p.csv", as_file(ROWS[0], row), crs=CRS)
    (rejected,) = run.rejected_rows.all()

    assert (run.n_added, rejected.row, rejected.field) == (1, 2, field)
    assert rejected.reason.startswith(reason)


def test_without_codes_a_place_is_known_by_kind_and_name(places):
    header, rows = "namn;slag;x;y", ("Torget;torg;600500;6600500", "Torget;park;600900;6600500")
    places("places", "p.csv", as_file(*rows, header=header), crs=CRS)
    moved = places(
        "places", "p2.csv", as_file("TORGET;torg;600700;6600500", header=header), crs=CRS
    )

    assert moved.examples[0]["what"] == ["namn", "läge"]
    assert sorted(names(selectors.places(SYSTEM, as_of=TODAY))) == ["TORGET", "Torget"]


def test_the_kind_may_be_said_of_the_whole_file(places):
    places("places", "p.csv", "namn;x;y\nTorget;600500;6600500\n", crs=CRS, place_kind="square")

    assert selectors.find_places(SYSTEM, "torget")[0].kind == "square"


def test_a_geojson_of_points_is_read_in_its_own_degrees(places):
    lon, lat = Transformer.from_crs(3006, 4326, always_xy=True).transform(600500, 6600500)
    point = {"type": "Point", "coordinates": [lon, lat]}
    said = {"kod": "G1", "namn": "Torget", "slag": "torg"}
    feature = {"type": "Feature", "geometry": point, "properties": said}

    run = places("places", "p.geojson", {"type": "FeatureCollection", "features": [feature]})

    assert run.n_added == 1
    assert selectors.place(SYSTEM, "G1").xy_m == pytest.approx((600500, 6600500), abs=0.05)


def test_a_table_of_metres_must_say_which(places):
    with pytest.raises(UnknownCrs):
        places("places", "platser.csv", as_file(*ROWS))


def test_which_column_is_what_is_remembered(places):
    text = as_file("A1;Torget;torg;600500;6600500", header="nr;heter;sort;x;y")
    mapping = {"code": "nr", "name": "heter", "kind": "sort"}
    places("places", "p.csv", text, crs=CRS, mapping=mapping)
    again = places("places", "p2.csv", text, crs=CRS)

    assert (again.n_unchanged, again.n_rejected) == (1, 0)


def test_what_is_taken_out_can_be_read_in_again_and_changes_nothing(register):
    _form, content = services.export(SYSTEM, "platser.csv", as_of=TODAY)
    run = register("places", "platser.csv", content.decode("utf-8-sig"))

    assert (run.n_read, run.n_unchanged) == (4, 4)


def test_where_borders_move_a_place_gets_a_row_in_its_new_area(register):
    area = {"kod": "9999A0020", "namn": "Nya", "slag": "DeSO", "ring": square(0, 0)}
    whole = {"kod": "9999A0010", "namn": "Åsa 10", "slag": "DeSO", "ring": square(1, 0)}
    register("areas", "o.geojson", geojson(area, whole), valid_from=date(2026, 11, 1))

    assert services.place_again(today=TODAY) == 3
    assert services.place_again(today=TODAY) == 0
    assert Place.objects.filter(code="P1").count() == 2
    assert selectors.place(SYSTEM, "P1").areas[0][1] == "Nya"


def test_borders_that_are_read_in_let_the_register_be_placed_again(register, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr("lykta.domain.places.services.placing.enqueue", asked.append)

    register("areas", "o.geojson", AREAS, valid_from=date(2026, 11, 1))

    assert asked == ["lykta.domain.places.tasks.place_again"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lykt", ["Lyktparken", "Lyktvägen 4"]),
        ("LYKTVAGEN", ["Lyktvägen 4"]),
        ("gamla torget", ["Åsa centrum"]),
        ("", []),
    ],
)
def test_places_are_found_by_what_is_typed(register, typed, found):
    assert names(selectors.find_places(SYSTEM, typed)) == found


def test_what_fits_alike_comes_by_nearness_and_else_in_swedish_order(register):
    near = selectors.find_places(SYSTEM, "lykt", near=(601515, 6600500))

    assert names(near) == ["Lyktvägen 4", "Lyktparken"]
    assert names(selectors.find_places(SYSTEM, "lykt")) == ["Lyktparken", "Lyktvägen 4"]


def test_the_nearest_places_come_first_and_none_that_lies_far(register):
    assert names(selectors.nearest_places(SYSTEM, 601506, 6600500)) == ["Lyktvägen 4", "Lyktparken"]
    assert names(selectors.nearest_places(SYSTEM, 601506, 6600500, at_most=1)) == ["Lyktvägen 4"]
    assert selectors.nearest_places(SYSTEM, 603500, 6603500) == []


def test_where_people_live_is_a_name_without_a_point_for_all_but_staff(register):
    other, staff = reach(Confidentiality.PARTNERS), reach(rights=frozenset({"change places"}))

    (theirs,) = selectors.find_places(other, "lyktvägen")
    (ours,) = selectors.find_places(staff, "lyktvägen")

    assert (theirs.point, theirs.xy_m) == (None, None)
    assert ours.xy_m == (601510, 6600500)
    assert names(selectors.nearest_places(other, 601510, 6600500)) == ["Lyktparken"]
    assert b"601510" not in services.export(other, "platser.csv", as_of=TODAY)[1]


def test_the_order_of_answers_does_not_tell_where_people_live(register):
    other = reach(Confidentiality.PARTNERS)

    near = selectors.find_places(other, "lykt", near=(601510, 6600500))

    assert names(near) == ["Lyktparken", "Lyktvägen 4"]


def test_what_is_not_within_reach_is_not_there(register):
    Place.objects.filter(code="P1").update(confidentiality=Confidentiality.PARTNERS)
    Place.objects.create(**_copy_of("P2", name="Lyktbron"))  # a new row, so that all is read anew
    here = frozenset({Area.objects.get(code="9999-OST").pk})
    elsewhere = reach(Confidentiality.PARTNERS, areas=here)

    assert names(selectors.find_places(reach(Confidentiality.PARTNERS), "asa")) == ["Åsa centrum"]
    assert selectors.find_places(elsewhere, "asa") == []
    assert selectors.nearest_places(elsewhere, 600500, 6600500) == []
    assert names(selectors.find_places(elsewhere, "lyktbron")) == ["Lyktbron"]


def test_nobody_sees_nothing_and_a_public_reach_what_is_public(register):
    Place.objects.filter(code="P1").update(confidentiality=Confidentiality.PARTNERS)
    Place.objects.create(**_copy_of("P2"))

    assert selectors.find_places(NOBODY, "lyktparken") == []
    assert selectors.nearest_places(NOBODY, 601500, 6600500) == []
    assert names(selectors.find_places(reach(), "lyktparken")) == ["Lyktparken"]
    assert selectors.find_places(reach(), "asa") == []


def test_an_unfinished_run_is_not_seen(register):
    run = register("places", "p.csv", as_file("P7;Nya bron;torg;;nej;600500;6600500"), crs=CRS)
    run.state = State.RUNNING
    run.save()

    assert selectors.find_places(SYSTEM, "nya bron") == []


def test_an_import_that_is_withdrawn_leaves_nothing(register):
    run = register("places", "p.csv", as_file("P7;Nya bron;torg;;nej;600500;6600500"), crs=CRS)

    services.PLACES.withdraw(run)

    assert not Place.objects.filter(code="P7").exists()


def _copy_of(code: str, **changed: Any) -> dict[str, Any]:
    row = Place.objects.filter(code=code).order_by("-id").values()[0]
    return {name: value for name, value in row.items() if name != "id"} | changed
