"""What is within reach: asked of the rows and of the copy, the answer is the same."""

from itertools import product

import pytest
from django.utils import timezone
from tests import people
from tests.domain.events.reports import line
from tests.domain.places.conftest import TODAY, geojson, square

from lykta.domain.events.models import AREAS, COUNT, READ, Event
from lykta.domain.partners.models import Membership, Organisation
from lykta.domain.partners.selectors import reach_of
from lykta.domain.places import selectors as places
from lykta.domain.places.models import READ as READ_PLACES
from lykta.domain.places.models import Area
from lykta.infrastructure.access import (
    NOBODY,
    SYSTEM,
    Confidentiality,
    Grant,
    Reach,
    covers,
    visible,
    visible_sql,
)
from lykta.infrastructure.columns import selectors as columns
from lykta.infrastructure.columns import services

TORGET = {"kod": "9999-EST", "namn": "Torget", "slag": "eget område", "ring": square(1, 0)}
HELD = ((), ("9999-ASA",), ("9999-L1",), ("9999-EST", "9999-OST"), ("9999",))
PLACES = ({}, {"area": "9999-OST"}, {"area": "9999A0010", "listed_area": "9999-L1"},
          {"area": "9999A0020", "local_area": "9999-EST"}, {"listed_area": "9999-L1"})  # fmt: skip


@pytest.fixture
def rows(town, report):
    """Make an event of each confidentiality, organisation and sort of place; return how many."""
    town("areas", "egna.geojson", geojson(TORGET))
    for name in people.CAST:
        people.account(name)
    pattern = _pattern(report)
    areas = {area.code: area.pk for area in Area.objects.all()}
    owners = [None, *Organisation.objects.values_list("pk", flat=True)]
    made = [
        Event(
            **pattern, key=f"made:{n}", confidentiality=level, organisation_id=owner,
            **{f"{field}_id": areas[code] for field, code in place.items()},
        )
        for n, (level, owner, place) in enumerate(product(Confidentiality, owners, PLACES))
    ]  # fmt: skip
    Event.objects.bulk_create(made)
    services.touch("events", {"2026"})
    return len(made)


def _pattern(report) -> dict[str, object]:
    """Return what all the events have in common."""
    run = report(line())
    source = Event.objects.get().source
    Event.objects.all().delete()
    day = TODAY.replace(day=1)
    return {"source": source, "run": run, "digest": "", "first_day": day, "last_day": day,
            "recorded_at": timezone.now()}  # fmt: skip


def by_rows(reach: Reach, right: str, **fields: object) -> set[int]:
    """Return the events within reach, asked of the rows."""
    return set(
        visible(Event.objects.all(), reach, right=right, **fields).values_list("pk", flat=True)
    )


def by_columns(reach: Reach, right: str, **fields: object) -> set[int]:
    """Return the same, asked of the copy."""
    where = visible_sql(reach, right=right, **fields)
    return set(columns.ask("events", f"SELECT pk FROM {{table}} WHERE {where}")["pk"].tolist())


def test_the_rows_and_the_copy_show_each_of_the_cast_the_same_whatever_area_holds_her(rows):
    wrong, seen = [], set()
    for name, codes, right, own in product(people.CAST, HELD, (COUNT, READ), ("organisation", "")):
        account = people.account(name)
        for membership in Membership.objects.filter(account=account):
            membership.areas.set(Area.objects.filter(code__in=codes))
        reach = places.widened(reach_of(account.pk, on=TODAY), as_of=TODAY)
        asked = {"area": AREAS, "organisation": own}
        found = by_rows(reach, right, **asked)
        seen.add(len(found))
        if found != by_columns(reach, right, **asked):
            wrong.append((name, codes, right, own))

    assert wrong == []
    assert min(seen) == 0
    assert len(seen) > 10


@pytest.mark.parametrize("fields", [{}, {"area": "area"}, {"area": ("listed_area",)}])
def test_the_same_holds_for_other_fields_and_for_one_with_two_memberships(rows, fields):
    areas = dict(Area.objects.values_list("code", "pk"))
    company, police = (
        Organisation.objects.get(name=name) for name in ("Bostadsbolaget", "Lokalpolisområdet")
    )
    open_, partners = frozenset({Confidentiality.PUBLIC}), frozenset(set(Confidentiality))
    grants = (
        Grant(police.pk, frozenset({COUNT}), partners, frozenset({areas["9999-OST"]})),
        Grant(company.pk, frozenset({COUNT}), open_ | {Confidentiality.OWN}),
        Grant(company.pk, frozenset({READ}), partners, frozenset()),
    )
    reach = Reach(1, grants)

    for asked in ({}, {"organisation": "organisation"}):
        for right in (COUNT, READ, "another right"):
            assert by_rows(reach, right, **fields, **asked) == by_columns(
                reach, right, **fields, **asked
            )


def test_whether_a_row_would_be_covered_is_what_the_rows_say_when_they_are_there(rows):
    areas = dict(Area.objects.values_list("code", "pk"))
    limits = (None, frozenset(), frozenset({areas["9999-OST"]}), frozenset({areas["9999-L1"]}))
    levels = frozenset({Confidentiality.PUBLIC, Confidentiality.PARTNERS, Confidentiality.OWN})
    (unit, *_) = Organisation.objects.values_list("pk", flat=True)
    for held, agreed, clearance in product(limits, limits, (levels, frozenset(Confidentiality))):
        grant = Grant(unit, frozenset({COUNT}), clearance, areas=held, agreed=agreed)
        reach = Reach(1, (grant,))

        found = by_rows(reach, COUNT, area=AREAS, organisation="organisation")

        assert found == by_columns(reach, COUNT, area=AREAS, organisation="organisation")
        assert found == {row.pk for row in Event.objects.all() if would_cover(reach, row)}


def would_cover(reach: Reach, row: Event) -> bool:
    """Return what is said of a row before it is there."""
    found = [getattr(row, f"{name}_id") for name in AREAS]
    return covers(
        reach,
        right=COUNT,
        confidentiality=Confidentiality(row.confidentiality),
        areas=[key for key in found if key],
        organisation=row.organisation_id,
    )


@pytest.mark.parametrize("reach", [SYSTEM, NOBODY], ids=["all", "nobody"])
def test_all_is_shown_to_the_system_and_nothing_to_nobody(rows, reach):
    n_expected = rows if reach is SYSTEM else 0

    assert len(by_rows(reach, COUNT)) == len(by_columns(reach, COUNT)) == n_expected


def test_what_is_own_is_shown_to_its_organisation_and_to_no_other(rows):
    reach = reach_of(people.account("pelle").pk, on=TODAY)

    found = Event.objects.filter(pk__in=by_columns(reach, COUNT, organisation="organisation"))

    own = found.filter(confidentiality=Confidentiality.OWN)
    assert {event.organisation.name for event in own} == {"Lokalpolisområdet"}
    assert not found.filter(confidentiality=Confidentiality.MUNICIPALITY).exists()


def test_who_is_alike_sees_the_same_areas_and_others_are_kept_apart(rows):
    named = {name: reach_of(people.account(name).pk, on=TODAY) for name in people.CAST}
    unlike = {}

    for reach in named.values():
        seen = set(visible(Area.objects.all(), reach, right=READ_PLACES, area="pk"))
        alike = reach.alike(READ_PLACES)
        assert set(visible(Area.objects.all(), alike, right=READ_PLACES, area="pk")) == seen
        unlike.setdefault(alike, seen)

    assert 1 < len(unlike) < len(named)
    assert all(reach.user is None for reach in unlike)
