"""A report of several things becomes several reports, and the first stands as it was."""

from uuid import uuid4

import pytest
from tests import people
from tests.domain.events.told import NOW, TEXT, reach, reported

from lykta.domain.events import rules, selectors, services
from lykta.domain.events.models import Category, Event, Report
from lykta.domain.events.rules import Act, State
from lykta.domain.events.services import Part, Where, load_categories
from lykta.domain.events.services.screening import OtherChannel, PersonalData
from lykta.domain.events.services.steps import WrongState
from lykta.infrastructure.access import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()


def part(**values) -> Part:
    """Return one thing that a report tells of besides."""
    code = values.pop("code", "DARK")
    said = {
        "key": uuid4(),
        "category": Category.objects.get(code=code),
        "where": Where(text="Provtorget"),
        "when": rules.whole(NOW.date()),
        "description": "Två lampor är släckta.",
    }
    return Part(**(said | values))


def test_each_part_is_a_report_that_waits_and_the_first_stands():
    row = reported()

    (made,) = services.split(reach("amina"), row, [part()], now=NOW)

    row.refresh_from_db()
    assert (row.description, row.state, row.category.code) == (TEXT, State.SUBMITTED, "GRAFFITI")
    assert (made.part_of, made.state, made.reporter) == (row, State.SUBMITTED, row.reporter)
    assert list(selectors.parts_of(reach("harriet"), made)) == [row]
    assert row.steps.last().act == Act.SPLIT


def test_a_part_of_a_part_is_a_part_of_the_first():
    row = reported()
    (made,) = services.split(reach("amina"), row, [part()], now=NOW)

    (again,) = services.split(reach("amina"), made, [part(code="LITTER")], now=NOW)

    assert again.part_of == row
    assert set(selectors.parts_of(reach("amina"), row)) == {made, again}


def test_what_is_sent_twice_is_split_once():
    row, said = reported(), part()

    services.split(reach("amina"), row, [said], now=NOW)
    again = services.split(reach("amina"), row, [said], now=NOW)

    assert (again, Report.objects.count(), row.steps.count()) == ([], 2, 2)


def test_each_part_counts_as_one_event():
    row = reported()
    (made,) = services.split(reach("amina"), row, [part()], now=NOW)

    services.accept(reach("amina"), [row, made], now=NOW)

    kinds = Event.objects.current().order_by("pk").values_list("category__code", flat=True)
    assert list(kinds) == ["GRAFFITI", "DARK"]


def test_a_part_is_routed_by_what_it_tells():
    row, unit = reported(), min(reach("harriet").organisations(selectors.READ_INBOX))
    dark = Category.objects.get(code="DARK")
    services.add_rule(reach("amina"), category=dark, organisation_id=unit)

    (made,) = services.split(reach("amina"), row, [part()], now=NOW)

    row.refresh_from_db()
    assert (made.unit_id, row.unit_id) == (unit, None)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"description": "Ring 070-174 06 05 om det"}, PersonalData),
        ({"code": "CONCERN"}, OtherChannel),
    ],
)
def test_a_part_is_screened_like_a_report_and_nothing_is_kept(said, wrong):
    row = reported()

    with pytest.raises(wrong):
        services.split(reach("amina"), row, [part(), part(**said)], now=NOW)

    assert Report.objects.count() == 1


def test_what_is_rejected_is_not_split():
    row = reported()
    services.reject(reach("amina"), row, reason="", now=NOW)

    with pytest.raises(WrongState):
        services.split(reach("amina"), row, [part()], now=NOW)


@pytest.mark.parametrize("name", [name for name in people.CAST if name != "amina"])
def test_only_the_coordination_function_splits(name):
    row = reported()

    with pytest.raises(Refused):
        services.split(reach(name), row, [part()], now=NOW)


def test_erasing_the_whole_erases_its_parts():
    row = reported()
    (made,) = services.split(reach("amina"), row, [part()], now=NOW)

    services.erase(reach("amina"), row, now=NOW)

    made.refresh_from_db()
    assert (made.state, made.description) == (State.ERASED, "")
