"""What a picture counts: the same as the rows say, for each of the cast, and no more."""

from datetime import date

import numpy as np
import pytest
from django.http import Http404
from tests.domain.places.conftest import TODAY, places, read_in, write  # noqa: F401 - fixtures
from tests.domain.plans.conftest import YEAR, even_years, events, reach  # noqa: F401 - fixtures

from lykta.analysis.spans import Question
from lykta.domain.events import selectors
from lykta.domain.events.models import Category, Event, Source
from lykta.domain.events.selectors import PictureFilters, PictureInput
from lykta.domain.events.selectors.grounds import NoAreas
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.columns import services as columns


def counted(reach, **values):  # noqa: F811 - what the fixture of that name returns
    asked = {"period": YEAR, "filters": PictureFilters(), "audience": "partners", "today": TODAY}
    return selectors.picture_input(reach, **asked | values)


@pytest.mark.parametrize("name", ["amina", "leo", "vera", "pelle", "kerstin", "harriet"])
def test_it_counts_what_the_rows_say_that_partners_may(events, reach, name):  # noqa: F811
    levels = ("public", "partners", "own", "municipality")
    for n, event in enumerate(Event.objects.order_by("pk")[:8]):
        Event.objects.filter(pk=event.pk).update(confidentiality=levels[n % 4])
    columns.repair("events")

    rows = Event.objects.visible_to(reach(name)).filter(confidentiality__in=levels[:2])

    assert len(counted(reach(name)).columns["count"]) == rows.count()


def test_it_counts_nothing_for_the_outsider(events, reach):  # noqa: F811
    with pytest.raises(Http404):
        counted(reach("cleo"))


def test_it_holds_nothing_that_names_anyone_or_any_row(events):  # noqa: F811
    assert set(counted(SYSTEM).columns) == {
        *("first_day", "last_day", "minute", "x_m", "y_m", "area", "category"),
        *("source", "count", "unseen"),
    }


def test_inhabitants_and_borders_are_those_of_the_end_of_the_period(events):  # noqa: F811
    given = counted(SYSTEM)

    assert [(area.name, area.population) for area in given.areas] == [
        ("Åsa", 200), ("Östra", None),
    ]  # fmt: skip
    assert [area.polygon.area for area in given.areas] == pytest.approx([4e6, 4e6], rel=1e-4)
    assert given.population.startswith("31 december 2023.")
    assert len(given.people) == 0  # no more of them than of the areas


def test_before_any_area_was_known_the_areas_of_today_are_taken(events):  # noqa: F811
    from tests.domain.plans.conftest import events_file

    text = events_file(date(2005, 1, 1), 40)
    events("events", "2005.csv", text, crs="EPSG:3006", source="Provet")

    given = counted(SYSTEM, period=(date(2005, 1, 1), date(2005, 12, 31)))

    assert [area.name for area in given.areas] == ["Åsa", "Östra"]


@pytest.mark.django_db
def test_without_areas_there_is_no_picture():
    with pytest.raises(NoAreas):
        counted(SYSTEM)


def test_filters_are_named_by_id_code_or_name_and_the_unknown_is_left_out(events):  # noqa: F811
    graffiti, source = Category.objects.get(name="Klotter"), Source.objects.get()

    found = selectors.filters_of(
        SYSTEM,
        today=TODAY,
        categories=["GRAFFITI", str(graffiti.pk), "finns inte", "-1"],
        sources=["Provet", "999999"],
        area="9999-ASA",
        reliabilities=["registered", "kanske"],
    )

    assert (found.categories, found.sources) == ((graffiti.pk,), (source.pk,))
    assert found.reliabilities == ("registered",)
    assert selectors.in_words(SYSTEM, found, today=TODAY) == [
        ("Kategori", "Klotter"), ("Område", "Åsa"),
        ("Källa", "Provet"), ("Tillförlitlighet", "registrerat"),
    ]  # fmt: skip


def test_sources_and_reliability_leave_out_the_rest(events):  # noqa: F811
    source = Source.objects.get()
    kept = PictureFilters(sources=(source.pk,), reliabilities=("registered",))

    assert len(counted(SYSTEM, filters=kept).columns["count"]) == 240


def test_what_a_source_withholds_is_counted_as_unseen():
    whole = {name: np.zeros(2) for name in ("first_day", "last_day", "minute", "x_m", "y_m")} | {
        name: np.zeros(2, int) for name in ("area", "category", "source")
    }
    held = whole | {"count": np.array([3, 1]), "unseen": np.array([0, 3])}

    given = PictureInput(held, Question(0, 1, 1), (), (), ("Alla",), (), "område", "").events()

    assert (given.count.tolist(), given.unseen.tolist()) == ([3, 1], [0, 3])
