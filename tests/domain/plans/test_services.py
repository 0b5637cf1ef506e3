"""A frozen picture: the same numbers whatever happens afterwards, and never changed."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django_q.models import OrmQ
from tests.domain.places.conftest import AREAS, TODAY, geojson
from tests.domain.plans.conftest import YEAR, YEAR_BEFORE, events_file

from lykta.domain.documents.models import Document, Form
from lykta.domain.documents.rules import CONTENT_TYPES
from lykta.domain.events.models import Category, Event
from lykta.domain.events.selectors import PictureFilters
from lykta.domain.places import selectors as places
from lykta.domain.plans import selectors, services
from lykta.domain.plans.models import FrozenPicture
from lykta.domain.plans.services import writing
from lykta.infrastructure import jobs, storage
from lykta.infrastructure.access import SYSTEM, Grant, Reach
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.errors import BadPeriod
from lykta.infrastructure.locked import LockedRow
from lykta.infrastructure.snapshots import DamagedSnapshot

pytestmark = pytest.mark.django_db


def count(row, part="total"):
    return {each.name: each.count for each in selectors.rows_of(selectors.figures(row), part)}


def test_a_picture_counts_the_events_of_its_period_in_their_areas(freeze):
    row = freeze()

    assert count(row) == {"": 120}
    assert count(row, "areas") == {"Åsa": 80, "Östra": 40}
    assert count(row, "categories") == {"Skadegörelse": 120}  # graffiti is a kind of it


def test_later_events_borders_and_categories_change_nothing(freeze, events):
    row = freeze()
    events("events", "fler.csv", events_file(date(2025, 1, 2), 50), crs="EPSG:3006", source="Nytt")
    moved = geojson(*({**f["properties"], "ring": f["geometry"]["coordinates"][0]}
                      for f in AREAS["features"][:2]))  # fmt: skip
    events("areas", "nya.geojson", moved, valid_from=date(2025, 1, 1))
    Category.objects.update(name="Något annat")

    assert services.recompute(SYSTEM, row.pk) == []
    assert count(row, "categories") == {"Skadegörelse": 120}
    assert count(freeze("En till")) == {"": 170}


def test_it_is_recomputed_when_its_events_are_gone(freeze):
    row = freeze()
    Event.objects.all().delete()

    assert services.recompute(SYSTEM, row.pk) == []


def test_a_program_that_counts_otherwise_is_found_out_figure_by_figure(freeze, monkeypatch):
    row = freeze()
    real = selectors.figures_of
    monkeypatch.setattr(
        selectors, "figures_of", lambda snapshot: real(snapshot) | {"total": {"count": [121]}}
    )

    found = services.recompute(SYSTEM, row.pk)

    assert ("total.count[0]", 120, 121) in [(d.path, d.before, d.after) for d in found]


def test_a_snapshot_that_has_been_touched_is_not_counted(freeze):
    row = freeze()
    path = storage.path_of(row.document.sha256)
    path.write_bytes(path.read_bytes().replace(b'"seed": 1', b'"seed": 2'))

    with pytest.raises(DamagedSnapshot):
        services.recompute(SYSTEM, row.pk)


def test_figures_that_have_been_touched_are_not_shown(freeze):
    row = freeze()
    storage.path_of(row.figures_sha256).write_text("{}")

    with pytest.raises(DamagedSnapshot):
        selectors.figures(row)


@pytest.mark.parametrize("model", [FrozenPicture, Document, Form])
def test_no_locked_row_is_saved_or_removed(freeze, model):
    services.write_forms(freeze().pk, only=("csv",))
    row = model.objects.first()

    with pytest.raises(LockedRow):
        row.save()
    with pytest.raises(LockedRow):
        row.delete()


@pytest.mark.parametrize("model", [FrozenPicture, Document, Form])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_what_goes_past_the_code(freeze, model, act):
    services.write_forms(freeze().pk, only=("csv",))
    rows = model.objects.all()

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(id=rows[0].pk) if act == "update" else rows._raw_delete(rows.db)

    assert rows.count() == 1


def test_the_next_of_the_same_title_takes_its_place(freeze):
    first, second = freeze("Vår bild"), freeze("Vår bild")

    assert [row.document.number for row in (first, second)] == [1, 2]
    assert second.document.supersedes == first.document
    assert selectors.latest(SYSTEM, at_most=5) == [second]
    assert selectors.versions(SYSTEM, first) == [second, first]


def test_two_that_freeze_the_same_title_at_once_get_one_picture(freeze, monkeypatch):
    freeze("Vår bild")
    monkeypatch.setattr("lykta.domain.documents.selectors.latest", lambda *_, **__: None)

    with pytest.raises(services.FrozenMeanwhile):
        freeze("Vår bild")

    assert FrozenPicture.objects.count() == 1


def test_the_worker_writes_every_form_and_bears_to_be_asked_twice(freeze):
    row = freeze()

    for _ in range(2):
        jobs.run("lykta.domain.plans.tasks.write_forms", f'{{"pk": {row.pk}}}')

    assert set(selectors.forms(SYSTEM, row)) == set(CONTENT_TYPES)
    assert Entry.objects.filter(action="picture.written").count() == 1


def test_freezing_is_one_entry_in_the_log_and_leaves_the_papers_to_a_job(freeze):
    row = freeze()

    entries = Entry.objects.filter(action__startswith="picture")

    assert [(each.action, each.facts["sha256"]) for each in entries] == [
        ("picture.frozen", row.document.sha256)
    ]
    assert OrmQ.objects.count() == 1


def test_a_form_is_written_once_and_the_log_knows_it(freeze):
    row = freeze()
    first = services.form(SYSTEM, row.pk, "json").read_bytes()
    services.write_forms(row.pk, only=("json", "csv"))

    held = selectors.forms(SYSTEM, row)

    assert services.form(SYSTEM, row.pk, "json").read_bytes() == first
    written = Entry.objects.filter(action="picture.written")
    assert [each.facts["forms"] for each in written] == [
        {"json": held["json"].sha256}, {"csv": held["csv"].sha256},
    ]  # fmt: skip


def test_the_name_of_a_file_keeps_apart_what_a_dash_keeps_apart():
    row = FrozenPicture(document=Document(title="Lägesbild 3 aug–25 okt 2026", number=2))

    assert writing.file_name(row, "pdf") == "lagesbild-3-aug-25-okt-2026-v2.pdf"


def test_what_only_some_may_count_is_in_no_picture(freeze):
    Event.objects.filter(first_day=YEAR[0]).update(confidentiality="municipality")
    columns.repair("events")

    assert count(freeze()) == {"": 119}


def test_a_picture_of_a_selection_says_so(freeze):
    graffiti = Category.objects.get(name="Klotter")

    row = freeze(filters=PictureFilters(categories=(graffiti.pk,)))

    assert count(row) == {"": 60}
    assert row.document.title == "Lägesbild 2025, Klotter"
    assert b"Klotter" in services.form(SYSTEM, row.pk, "json").read_bytes()


def test_a_picture_of_one_area_counts_what_lies_in_it(freeze, events):
    code = {row.code: row.id for row in places.areas(SYSTEM, as_of=TODAY)}

    assert count(freeze("Åsa", filters=PictureFilters(area=code["9999-ASA"]))) == {"": 80}
    assert count(freeze("Höjden", filters=PictureFilters(area=code["9999-L1"]))) == {"": 40}


def test_small_counts_are_not_in_a_picture_for_the_public(freeze, events):
    text = events_file(date(2023, 1, 1), 8, step=30)
    events("events", "2023.csv", text, crs="EPSG:3006", source="Provet")

    row = freeze(period=(date(2023, 1, 1), date(2023, 12, 31)), audience="public")

    assert count(row, "areas") == {"Åsa": None, "Östra": None}


@pytest.mark.parametrize(
    ("period", "audience"),
    [
        ((date(2019, 1, 1), date(2019, 12, 31)), "partners"),
        ((date(2026, 1, 1), date(2026, 12, 31)), "partners"),
        ((date(2025, 1, 6), date(2025, 3, 30)), "public"),
    ],
    ids=["empty", "not over", "weeks for the public"],
)
def test_a_period_that_cannot_be_shown_is_refused(freeze, period, audience):
    with pytest.raises(BadPeriod):
        freeze(period=period, audience=audience)


def test_a_title_that_cannot_be_printed_is_refused(freeze):
    with pytest.raises(services.BadTitle):
        freeze("Brand 🔥")


@pytest.mark.parametrize("name", ["cleo", "vera", "pelle", "kerstin", "drift"])
def test_only_those_who_plan_freeze(freeze, name):
    with pytest.raises(Http404):
        freeze(by=name)


def test_who_sees_a_part_of_the_municipality_does_not_freeze_the_whole(events):
    rights = frozenset({"change plans", "count events", "read places"})
    reach = Reach(None, (Grant(1, rights, frozenset(), areas=frozenset({1})),))

    with pytest.raises(services.PartOfMunicipality):
        services.freeze(reach, period=YEAR, today=TODAY)


def test_pictures_are_read_by_those_whose_confidentiality_covers_them(freeze, reach):
    row, public = freeze(), freeze(audience="public")
    rights = frozenset({"read plans"})
    outside = Reach(None, (Grant(1, rights, frozenset()),))

    assert set(selectors.pictures(reach("vera"))) == {row, public}
    assert set(selectors.pictures(outside)) == {public}
    assert not selectors.pictures(reach("cleo")).exists()


def test_the_rows_behind_a_picture_are_for_those_who_read_rows(freeze, reach):
    row = freeze()

    assert services.rows(reach("amina"), row.pk).is_file()
    with pytest.raises(Http404):
        services.rows(reach("vera"), row.pk)


def test_two_years_are_set_side_by_side_by_the_day(freeze):
    before, after = freeze(period=YEAR_BEFORE), freeze()

    found = selectors.compare(SYSTEM, after.pk, before.pk)
    whole = found.measures[0]

    assert (found.one, found.other, found.hindrances) == (before, after, ())
    assert (whole.one, whole.other) == (120, 120)
    assert whole.ratio == pytest.approx(366 / 365)  # a day fewer in which as many happened
    assert whole.low < 1 < whole.high


def test_years_that_share_events_get_no_ratio(freeze):
    one, other = freeze(), freeze("Halva", period=(date(2025, 1, 1), date(2025, 6, 30)))

    found = selectors.compare(SYSTEM, one.pk, other.pk)

    assert found.is_overlapping
    assert {each.ratio for each in found.measures} == {None}


def test_pictures_for_different_readers_are_not_compared(freeze):
    one, other = freeze(period=YEAR_BEFORE), freeze(audience="public")

    found = selectors.compare(SYSTEM, one.pk, other.pk)

    assert (found.hindrances, found.measures) == (("audience",), ())


def test_the_outsider_compares_nothing(freeze, reach):
    one, other = freeze(period=YEAR_BEFORE), freeze()

    with pytest.raises(Http404):
        selectors.compare(reach("cleo"), one.pk, other.pk)
