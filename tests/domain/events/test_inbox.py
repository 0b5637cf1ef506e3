"""The inbox holds what waits, in the order it is to be answered, and to each only her own."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests import people
from tests.domain.events.told import NOW, reach, reported
from tests.domain.places.conftest import TODAY

from lykta.domain.events import selectors, services
from lykta.domain.events.models import Category, Report
from lykta.domain.events.selectors.inbox import LATE, group_of
from lykta.domain.events.services import load_categories
from lykta.infrastructure.access import NOBODY
from lykta.infrastructure.accounts.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()


def received(day: date, **values) -> Report:
    at = timezone.make_aware(datetime.combine(day, NOW.time()))
    return reported(now=at, written_at=at, **values)


def keys(name: str, *, today: date = TODAY, **values) -> list[int]:
    return [pk for pk, _due in selectors.inbox(reach(name), today=today, **values)]


# By hand, from an almanac: 24 and 25 December, 1 and 6 January are holidays, Christmas Eve is as
# good as one; 27 March 2026 is a Friday, 3 and 6 April are Good Friday and Easter Monday.
@pytest.mark.parametrize(
    ("received_on", "days", "due"),
    [
        (date(2026, 11, 24), 5, date(2026, 12, 1)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 22), 3, date(2026, 12, 29)),
        (date(2026, 4, 1), 2, date(2026, 4, 7)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
    ],
)
def test_a_deadline_is_counted_in_swedish_working_days(received_on, days, due):
    Category.objects.filter(code="GRAFFITI").update(answer_days=days)
    row = received(received_on)

    assert selectors.due_on(Report.objects.get(pk=row.pk)) == due


def test_what_is_due_first_is_first_whenever_it_came():
    Category.objects.filter(code="DARK").update(answer_days=1)
    slow = received(NOW.date() - timedelta(days=1))
    fast = received(NOW.date(), code="DARK")

    assert keys("amina") == [fast.pk, slow.pk]


def test_what_is_late_is_counted_until_it_is_decided():
    row = received(NOW.date())
    late = selectors.due_on(row) + timedelta(days=1)

    before = [selectors.n_late(reach("amina"), today=late - timedelta(days=n)) for n in (0, 1)]
    services.accept(reach("amina"), [row], now=NOW)

    assert before == [1, 0]
    assert selectors.n_late(reach("amina"), today=late) == 0
    row.refresh_from_db()
    assert selectors.due_on(row) is None


def test_what_is_late_is_counted_as_it_is_grouped_whatever_the_days_and_the_categories():
    Category.objects.filter(code="DARK").update(answer_days=1)
    for back in range(14):
        day = NOW.date() - timedelta(days=back)
        received(day, code="DARK")
        received(day, code="GRAFFITI")
    counted = []

    for ahead in range(-14, 14):
        today = NOW.date() + timedelta(days=ahead)
        groups = [
            group_of(due, today=today) for _pk, due in selectors.inbox(reach("amina"), today=today)
        ]
        counted.append(selectors.n_late(reach("amina"), today=today))
        assert counted[-1] == groups.count(LATE)

    assert counted[0] == 0
    assert len(set(counted)) > 10


def test_each_sees_her_own_and_what_is_sent_to_her_unit():
    harriets, veras = reported("harriet"), reported("vera")
    unit = min(reach("otto").organisations(selectors.READ_INBOX))
    services.assign(reach("amina"), veras, organisation=unit, now=NOW)

    assert set(keys("amina")) == {harriets.pk, veras.pk}
    assert keys("otto") == [veras.pk]
    assert keys("harriet") == [harriets.pk]


def test_of_others_reports_neither_text_nor_photos_are_told():
    row = reported("vera")
    unit = min(reach("otto").organisations(selectors.READ_INBOX))
    services.assign(reach("amina"), row, organisation=unit, now=NOW)

    page = selectors.inbox(reach("otto"), today=NOW.date())
    (shown,) = selectors.shown(reach("otto"), page, today=NOW.date())

    assert (shown.is_told, shown.place) == (False, "")


@pytest.mark.parametrize(
    "name", [n for n in people.CAST if n not in ("amina", "otto", "harriet", "civil")]
)
def test_others_have_no_inbox_even_of_what_they_reported(name):
    reported("vera")

    assert keys(name) == []
    assert not selectors.waiting(NOBODY)


def test_what_is_mine_is_also_that_of_whom_i_stand_in_for_today():
    amina, harriet = people.account("amina").pk, people.account("harriet").pk
    row = reported("vera")
    services.assign(reach("amina"), row, account=harriet, now=NOW)
    tomorrow = NOW.date() + timedelta(days=1)
    services.add_stand_in(
        reach("amina"), account=harriet, stand_in=amina, first_day=tomorrow, last_day=tomorrow
    )

    assert keys("harriet", is_mine=True) == [row.pk]
    assert keys("amina", is_mine=True) == []
    assert keys("amina", is_mine=True, today=tomorrow) == [row.pk]


def test_what_nobody_has_is_told_of_also_when_the_one_who_had_it_is_gone():
    row, _other = reported("vera"), reported("harriet")
    harriet = people.account("harriet").pk
    services.assign(reach("amina"), row, account=harriet, now=NOW)
    before = selectors.n_unassigned(reach("amina"))

    Account.objects.filter(pk=harriet).update(is_active=False)

    assert (before, selectors.n_unassigned(reach("amina"))) == (1, 2)
    assert selectors.n_unassigned(reach("harriet")) == 0


def test_the_inbox_of_a_unit_is_what_it_has():
    row, other = reported("vera"), reported("harriet")
    unit = min(reach("otto").organisations(selectors.READ_INBOX))
    services.assign(reach("amina"), row, organisation=unit, now=NOW)

    assert keys("amina", unit=unit) == [row.pk]
    assert keys("amina", is_nobodys=True) == [other.pk]
