"""Reports come in once, from those who may, and without anything about persons."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.apps import apps
from tests import people
from tests.domain.events.told import NOW, TEXT, reach, reported, told

from lykta.domain.events import selectors, services
from lykta.domain.events.models import Claim, QuietWeek, Report, Step
from lykta.domain.events.rules import Channel, State
from lykta.domain.events.selectors.reports import _common_categories
from lykta.domain.events.services import Where, load_categories
from lykta.domain.events.services.reporting import Outside, RingFirst, WrongClock
from lykta.domain.events.services.screening import OtherChannel, PersonalData
from lykta.domain.places.models import Area
from lykta.infrastructure.access import NOBODY, Refused
from lykta.sources.coordinates import DEGREES, SWEREF_99_TM, transform

pytestmark = pytest.mark.django_db
EAST = (np.array([602_500.0]), np.array([6_600_500.0]))  # a point in the eastern district


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()


def rows() -> dict[str, int]:
    """Return how many rows each table of the room holds."""
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("events").get_models()
    }


def test_what_is_told_is_kept_and_waits():
    row = reported()

    assert (row.description, row.state, row.organisation.name) == (
        TEXT, State.SUBMITTED, "Bostadsbolaget",
    )  # fmt: skip
    assert [step.state for step in row.steps.all()] == [State.SUBMITTED]
    assert row.event is None


def test_a_report_that_is_sent_again_is_received_once():
    first, second = told(), None
    who, (own,) = reach("vera"), reach("vera").organisations("report events")

    one, is_new = services.report(who, first, organisation=own, now=NOW)
    second, is_new_again = services.report(who, first, organisation=own, now=NOW)

    assert (one.pk, is_new, is_new_again) == (second.pk, True, False)
    assert Report.objects.count() == Step.objects.count() == 1


def test_the_key_of_anothers_report_leads_nowhere():
    taken = reported("harriet")

    with pytest.raises(Refused):
        reported("vera", key=taken.key)


@pytest.mark.parametrize("name", ["kerstin", "drift", "cleo"])
def test_who_may_not_report_is_refused(name):
    with pytest.raises(Refused):
        services.report(reach(name), told(), organisation=1, now=NOW)


def test_nobody_reports_for_an_organisation_not_their_own():
    (other,) = reach("harriet").organisations("report events")

    with pytest.raises(Refused):
        services.report(reach("vera"), told(), organisation=other, now=NOW)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"code": "VIN"}, OtherChannel),
        ({"code": "CONCERN"}, OtherChannel),
        ({"description": "Jag tror att ett barn far illa i huset."}, OtherChannel),
        ({"description": "Vill göra en orosanmälan om en familj."}, OtherChannel),
        ({"description": "Klotter. Ring mig på 070-174 06 05."}, PersonalData),
        ({"where": Where(text="Torget, ring 070-174 06 05")}, PersonalData),
        ({"severity": 4}, RingFirst),
        ({"written_at": NOW + timedelta(minutes=6)}, WrongClock),
        ({"written_at": NOW - timedelta(days=31)}, WrongClock),
        ({"where": Where(lon=11.0, lat=58.0)}, Outside),
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing_behind(values, error):
    before = rows()

    with pytest.raises(error):
        reported(**values)

    assert rows() == before


def test_what_is_acute_is_taken_in_when_112_has_been_rung():
    assert reported(severity=4, has_called_112=True).severity == 4


def test_a_resident_gets_a_code_and_only_its_digest_is_kept():
    row, code = services.report_openly(told(channel=Channel.PUBLIC_FORM), now=NOW)

    assert selectors.by_code(code) == row
    assert selectors.by_code(code.lower().replace("-", " ")) == row
    assert code.replace("-", "") not in Claim.objects.get().digest
    assert (row.reporter, row.organisation) == (None, None)


def test_a_code_leads_only_to_its_own_report():
    _row, code = services.report_openly(told(channel=Channel.PUBLIC_FORM), now=NOW)

    assert selectors.by_code("AAAA-AAAA-AAAA") is None
    assert selectors.by_code("") is None
    assert selectors.by_code(code[:-1]) is None


def test_to_have_nothing_to_report_is_said_once_a_week():
    who = reach("civil")
    (own,) = who.organisations("report events")

    for _ in range(2):
        services.say_nothing_to_report(who, organisation=own, now=NOW)

    assert QuietWeek.objects.count() == 1
    assert selectors.is_quiet(own, today=NOW.date())
    assert not selectors.is_quiet(own, today=NOW.date() + timedelta(days=7))


@pytest.mark.parametrize("name", ["harriet", "amina", "vera", "leo", "pelle", "kerstin", "cleo"])
def test_others_words_are_read_by_the_coordination_function_alone(name):
    row = reported("harriet")

    assert selectors.reports(reach(name)).filter(pk=row.pk).exists() == (
        name in ("harriet", "amina")
    )


def test_nobody_reads_any_report():
    reported()

    assert not selectors.reports(NOBODY).exists()


def test_of_others_only_what_is_accepted_is_told_and_never_their_words():
    row = reported("harriet", where=Where(lon=None, lat=None, text="Provtorget"))
    asked = {"first_day": row.first_day, "last_day": row.last_day, "place": None}

    assert selectors.similar(reach("vera"), row.category, **asked) == []
    assert selectors.repeated(reach("vera"), row.key) is None
    services.accept(reach("amina"), [row], now=NOW)
    assert selectors.repeated(reach("vera"), row.key) == row
    assert selectors.repeated(reach("vera"), uuid4()) is None


def test_a_file_of_reports_holds_no_formula():
    reported("harriet", description="=HYPERLINK(1) på väggen")

    (line,) = selectors.report_rows(reach("harriet"))

    assert "'=HYPERLINK(1) på väggen" in line


def test_what_others_report_unseen_does_not_order_the_kinds_that_one_may_report():
    vera = reach("vera")
    (own,) = vera.organisations(selectors.REPORT)
    tomorrow = NOW.date() + timedelta(days=1)
    before = selectors.common_categories(vera, own, today=tomorrow)
    _common_categories.cache_clear()

    reported("harriet", code="LITTER")

    assert selectors.common_categories(vera, own, today=tomorrow) == before


def test_the_kinds_that_are_reported_most_stand_first_from_the_next_day():
    harriet = reach("harriet")
    (own,) = harriet.organisations(selectors.REPORT)
    row = reported("harriet", code="LITTER")
    today = NOW.date()

    assert row.category_id not in selectors.common_categories(harriet, own, today=today)
    assert selectors.common_categories(harriet, own, today=today + timedelta(days=1)) == [
        row.category_id
    ]


def test_what_was_accepted_at_a_point_beyond_ones_areas_is_not_told(places):
    lon, lat = (float(each[0]) for each in transform(*EAST, SWEREF_99_TM, DEGREES))
    row = reported("harriet", where=Where(lon=lon, lat=lat))
    services.accept(reach("amina"), [row], now=NOW)
    there = {"first_day": row.first_day, "last_day": row.last_day, "lon": row.lon, "lat": row.lat}
    everywhere = selectors.similar(reach("vera"), row.category, **there)

    people.account("vera").memberships.get().areas.set([Area.objects.get(code="9999-ASA")])

    assert [each.key for each in everywhere] == [row.key]
    assert selectors.similar(reach("vera"), row.category, **there) == []
