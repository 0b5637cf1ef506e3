"""Reading events in: by what each is known, where and when it was, and what a run leaves."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domain.events.conftest import half_written
from tests.domain.events.reports import SOURCE, line
from tests.domain.places.conftest import AREAS, geojson, square

from lykta.domain.events import selectors
from lykta.domain.events.models import Category, Event, Source
from lykta.domain.events.services import importing, place_again
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.imports import services
from lykta.infrastructure.imports.doors import BadOption
from lykta.infrastructure.imports.models import Run

LOCAL = geojson(
    {"kod": "9999-EST", "namn": "Torget", "slag": "eget område", "ring": square(1, 0)},
)


def counts(run: Run) -> tuple[int, int, int]:
    """Return how many rows a run added, changed and left."""
    return run.n_added, run.n_changed, run.n_unchanged


def now() -> list[Event]:
    """Return the events that hold now."""
    return list(Event.objects.current().order_by("pk"))


def test_the_same_file_again_changes_nothing(report):
    lines = [line("E1"), line("E2", when="2026-11-17"), line("E3", at=None, area="9999-OST")]
    report(*lines)

    again = report(*lines)

    assert counts(again) == (0, 0, 3)
    assert Event.objects.count() == 3


def test_a_corrected_row_with_the_same_id_is_a_new_row_and_the_old_one_says_what_came(report):
    first = report(line("E1", kind="Klotter"))

    second = report(line("E1", kind="Glaskross"))

    old, new = Event.objects.order_by("pk")
    assert counts(second) == (0, 1, 0)
    assert (old.run, old.replaced_by, old.category.code) == (first, second, "GRAFFITI")
    assert (new.run, new.replaced_by, new.category.code) == (second, None, "GLASS")
    assert now() == [new]


@pytest.mark.parametrize(
    "changed",
    [
        {"when": "2026-11-18 21:31"},
        {"to": "2026-11-18 23:00"},
        {"at": (501, 500)},
        {"at": None},
        {"at": None, "area": "9999-OST"},
        {"kind": "Buller"},
        {"kind": ""},
    ],
)
def test_whatever_is_said_otherwise_of_an_id_is_a_correction(report, changed):
    report(line("E1"))

    assert counts(report(line("E1", **changed))) == (0, 1, 0)
    assert len(now()) == 1


def test_a_correction_of_a_correction_is_known_by_the_same_id(report):
    report(line("E1", kind="Klotter"))
    report(line("E1", kind="Glaskross"))

    assert counts(report(line("E1", kind="Klotter"))) == (0, 1, 0)
    assert [event.category.code for event in now()] == ["GRAFFITI"]
    assert Event.objects.count() == 3


def test_the_same_id_of_another_source_is_another_event(report):
    report(line("E1"))

    other = report(line("E1").replace(SOURCE, "En annan källa"))

    assert counts(other) == (1, 0, 0)
    assert Source.objects.count() == 2


def test_a_row_without_id_is_known_by_all_that_it_says(report):
    report(line(""), line("", when="2026-11-17"))

    again = report(line(""), line("", when="2026-11-16"))

    assert counts(again) == (1, 0, 1)
    assert any("har inget id" in note for note in again.notes)


def test_two_equal_rows_without_id_are_two_events_each_time(report):
    report(line(""), line(""))

    assert counts(report(line(""), line(""), line(""))) == (1, 0, 2)
    assert len(now()) == 3


def test_the_same_id_twice_in_a_file_is_one_event_and_one_rejected_row(report):
    run = report(line("E1"), line("E1", kind="Buller"))

    assert (run.n_read, run.n_added, run.n_rejected) == (2, 1, 1)
    assert "Samma id står redan på rad 1" in run.rejected_rows.get().reason


def counted(n: str | int, **said: object) -> str:
    """Return a line without id that counts many in a district in a month."""
    return line("", when="2026-10", at=None, area="9999-OST", count=n, **said)


def test_a_counted_row_without_id_is_corrected_by_when_where_and_what(report):
    report(counted(7), counted(3, kind="Buller"))

    run = report(counted(9), counted(3, kind="Buller"))

    assert counts(run) == (0, 1, 1)
    assert sorted(event.count for event in now()) == [3, 9]


def test_a_withheld_count_is_kept_as_the_most_that_it_may_be(report):
    report(counted("<5"))

    event = now()[0]

    assert (event.count, event.withheld) == (0, 4)


def test_a_count_that_is_no_longer_withheld_is_a_correction(report):
    report(counted("<5"))

    assert counts(report(counted(3))) == (0, 1, 0)
    assert (now()[0].count, now()[0].withheld) == (3, 0)


@pytest.mark.parametrize(
    ("at", "area", "listed"),
    [
        ((500, 500), "9999A0010", "9999-L1"),
        ((1500, 500), "9999A0020", None),
        ((1500, 1500), "9999-ASA", None),
        ((3000, 500), "9999-OST", None),
        ((500, 3000), "9999", None),
    ],
)
def test_a_point_lies_in_the_smallest_part_that_holds_it_and_in_a_listed_area(
    report, at, area, listed
):
    report(line(at=at))

    event = now()[0]

    assert event.area.code == area
    assert (event.listed_area.code if event.listed_area else None) == listed


def test_a_point_lies_in_an_area_of_our_own_too(town, report):
    town("areas", "egna.geojson", LOCAL)

    report(line(at=(1500, 500)))

    assert (now()[0].area.code, now()[0].local_area.code) == ("9999A0020", "9999-EST")


@pytest.mark.parametrize("word", ["9999-OST", "Östra", "östra", " Östra "])
def test_a_row_without_a_point_lies_where_its_code_or_name_says(report, word):
    report(line(at=None, area=word))

    assert now()[0].area.code == "9999-OST"


def test_a_row_that_names_a_listed_area_lies_in_it_and_in_no_part(report):
    report(line(at=None, area="Höjden"))

    assert (now()[0].area, now()[0].listed_area.code) == (None, "9999-L1")


def test_where_there_is_a_point_it_is_believed_before_the_word(report):
    report(line(at=(500, 500), area="9999-OST"))

    assert now()[0].area.code == "9999A0010"


def test_a_point_outside_the_municipality_does_not_concern_us(report):
    run = report(line("E1", at=(5000, 500)), line("E2"))

    assert (run.n_outside, run.n_added, run.n_rejected) == (1, 1, 0)


@pytest.mark.parametrize("word", ["0180", "0180A0010", "01"])
def test_the_code_of_another_municipality_or_of_a_county_does_not_concern_us(report, word):
    run = report(line("E1", at=None, area=word), line("E2"))

    assert (run.n_outside, run.n_added) == (1, 1)


@pytest.mark.parametrize("word", ["Någonstans", "99²9-SKO"])  # the raised two is no digit
def test_an_unknown_word_is_kept_without_area_and_told(report, word):
    run = report(line(at=None, area=word))

    assert (run.n_added, run.n_outside) == (1, 0)
    assert now()[0].area is None
    assert any("1 rader ligger inte i något område" in note for note in run.notes)


@pytest.mark.parametrize(
    ("when", "to", "kept"),
    [
        ("2026-11-18 21:30", "", ("2026-11-18", 1290, "2026-11-18", 1290)),
        ("2026-11-18", "", ("2026-11-18", None, "2026-11-18", None)),
        (
            "2026-11-17 22:00",
            "2026-11-18 06:15",
            ("2026-11-17", 1320, "2026-11-18", 375),
        ),
        ("2026-11-14", "2026-11-16", ("2026-11-14", None, "2026-11-16", None)),
        ("2026-10", "", ("2026-10-01", None, "2026-10-31", None)),
        ("2026-11-18 00:00", "", ("2026-11-18", 0, "2026-11-18", 0)),
    ],
)
def test_a_time_is_kept_as_exactly_as_it_is_known(report, when, to, kept):
    report(line(when=when, to=to))

    event = now()[0]

    times = (str(event.first_day), event.first_minute, str(event.last_day), event.last_minute)
    assert times == kept


def test_an_event_of_tomorrow_is_rejected(report):
    run = report(line(when="2026-11-25"))

    assert (run.n_added, run.n_rejected) == (0, 1)


@pytest.mark.parametrize("word", ["Klotter", "klotter", " KLOTTER ", "GRAFFITI"])
def test_a_category_is_known_by_its_code_its_name_and_its_words(report, word):
    run = report(line(kind=word))

    assert now()[0].category.code == "GRAFFITI"
    assert not any("läggs till" in note for note in run.notes)


def test_a_new_word_is_told_when_the_file_is_tried_and_makes_no_category(report):
    run = report(line(kind="Borttappad katt"), is_trial=True)

    assert "Kategorier som inte fanns förut läggs till: Borttappad katt." in run.notes
    assert not Category.objects.filter(name="Borttappad katt").exists()


def test_a_new_word_is_a_category_when_the_file_has_been_read_in(report):
    run = report(line("E1", kind="Borttappad katt"), line("E2", kind="borttappad  katt"))

    made = Category.objects.get(run=run)
    assert made.words == ["borttappad katt"]
    assert [event.category for event in now()] == [made, made]


def test_words_too_long_for_a_code_are_categories_of_their_own_and_known_again(report):
    long = "Något " * 40
    lines = line("E1", kind=f"{long}ett"), line("E2", kind=f"{long}annat")

    report(*lines)
    again = report(*lines)

    assert Event.objects.values("category").distinct().count() == 2
    assert (again.n_added, again.n_changed, again.n_unchanged) == (0, 0, 2)


def test_a_new_word_is_one_category_however_it_is_written(report):
    lines = line("E1", kind="skräp på  GATAN"), line("E2", kind="Skräp på gatan")

    report(*lines)
    again = report(*lines)

    assert Event.objects.values("category").distinct().count() == 1
    assert (again.n_added, again.n_changed, again.n_unchanged) == (0, 0, 2)


def test_an_id_too_long_for_a_key_is_known_again(report):
    lines = line("E" * 200), line("E" * 201)

    report(*lines)
    again = report(*lines)

    assert Event.objects.count() == 2
    assert again.n_unchanged == 2


def test_a_row_without_a_word_has_no_category(report):
    report(line(kind=""))

    assert now()[0].category is None


def test_how_it_is_known_is_said_of_the_whole_file(report):
    report(line("E1"))
    report(line("E2"), reliability="heard")

    assert [event.reliability for event in now()] == ["registered", "heard"]


def test_a_reliability_that_does_not_exist_is_refused_with_those_that_do(report):
    with pytest.raises(BadOption, match="observed, heard, assessed, registered"):
        report(line(), reliability="rykte")

    assert not Run.objects.filter(kind="events").exists()


def test_the_name_of_a_source_that_is_too_long_is_refused(town):
    with pytest.raises(BadOption, match="längre än 120 tecken"):
        town("events", "utan.csv", "tidpunkt;kategori\n2026-11-18;Klotter\n", source="V" * 121)


def test_a_file_that_does_not_say_its_source_has_the_one_that_was_given(town):
    text = "tidpunkt;kategori\n2026-11-18;Klotter\n"

    town("events", "utan.csv", text, source="Vaktbolaget")
    town("events", "utan2.csv", text)

    assert {source.name for source in Source.objects.all()} == {"Vaktbolaget", "Exempelby kommun"}


def test_nothing_of_a_file_that_is_only_tried_is_there(report):
    run = report(line(kind="Borttappad katt"), is_trial=True)

    assert (run.state, run.n_added) == ("checked", 1)
    assert (Event.objects.count(), Source.objects.count()) == (0, 0)
    assert selectors.known(SYSTEM, as_of=date(2026, 11, 24)).n_events == 0


def test_a_half_written_run_is_not_seen_and_replaces_nothing(report):
    report(line("E1", kind="Klotter"))

    half_written(report(line("E1", kind="Buller"), line("E2"), is_trial=True))

    assert Event.objects.count() == 3
    assert [event.category.code for event in now()] == ["GRAFFITI"]
    assert selectors.known(SYSTEM, as_of=date(2026, 11, 24)).n_events == 1


def test_a_withdrawn_run_leaves_nothing_and_what_it_replaced_is_whole_again(report):
    report(line("E1", kind="Klotter"))
    run = half_written(report(line("E1", kind="Borttappad katt"), line("E2"), is_trial=True))

    services.withdraw(run)

    assert [event.category.code for event in Event.objects.all()] == ["GRAFFITI"]
    assert Event.objects.get().replaced_by is None
    assert not Category.objects.filter(run=run).exists()


def test_what_a_withdrawn_run_wrote_is_taken_away_some_at_a_time(report, monkeypatch):
    monkeypatch.setattr(importing, "_ROWS_AT_ONCE", 3)
    report(*(line(f"E{n}") for n in range(8)))
    run = half_written(report(*(line(f"E{n}", kind="Buller") for n in range(8)), is_trial=True))

    with CaptureQueriesContext(connection) as asked:
        services.withdraw(run)

    writes = [q["sql"] for q in asked if "events_event" in q["sql"] and q["sql"][0] in "UD"]
    assert [sql.split()[0] for sql in writes] == ["UPDATE"] * 3 + ["DELETE"] * 3
    assert {event.category.code for event in Event.objects.all()} == {"GRAFFITI"}


def test_a_withdrawn_first_run_takes_its_source_with_it(report):
    run = half_written(report(line("E1"), is_trial=True))

    services.withdraw(run)

    assert (Event.objects.count(), Source.objects.count()) == (0, 0)


def test_borders_read_in_later_move_the_events_and_touch_the_columns(town, report):
    report(line("E1", at=(500, 500)), line("E2", at=(3000, 500)))
    moved = {"kod": "9999A0010", "namn": "Åsa 10", "slag": "DeSO", "ring": square(0, 1)}
    town("areas", "flyttad.geojson", geojson(moved), valid_from=date(2020, 1, 1))
    columns.keep_up("events")

    n_moved = place_again()

    assert n_moved == 1
    assert [event.area.code for event in now()] == ["9999-ASA", "9999-OST"]
    assert not columns.is_in_step("events")


def test_events_that_came_before_any_border_find_their_places_later(read_in):
    read_in("events", "först.csv", "tidpunkt;x;y\n2026-11-18;600500;6600500\n", crs="EPSG:3006")
    was = now()[0].area
    read_in("areas", "omraden.geojson", AREAS)

    place_again()

    assert (was, now()[0].area.code) == (None, "9999A0010")


def test_a_place_that_is_as_it_was_is_not_written_again(report):
    report(line("E1"))
    columns.keep_up("events")

    assert place_again() == 0
    assert columns.is_in_step("events")


def test_a_run_is_one_entry_in_the_audit_log(report):
    before = Entry.objects.filter(action="import.done").count()

    report(line("E1"), line("E2"))

    assert Entry.objects.filter(action="import.done").count() == before + 1
    assert Entry.objects.latest("pk").facts["added"] == 2
    assert audit.verify() == []
