"""Who is told of the week, when, and that nobody is told who may not see it."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from tests import people
from tests.domain.events import told
from tests.domain.meetings.conftest import NOW, WEEK, accept, report
from tests.domain.meetings.test_holding import decided, meeting

from lykta.domain.events.models import QuietWeek
from lykta.domain.meetings import calendars, services
from lykta.domain.meetings.rules import ActionState, month_of
from lykta.domain.partners.models import Membership, Organisation
from lykta.infrastructure.access import Refused
from lykta.infrastructure.notifications import selectors as notices
from lykta.infrastructure.notifications.models import Notice
from lykta.infrastructure.notifications.telling import tell


def titles(name: str) -> list[str]:
    reach = told.reach(name)
    return [each.message.title for each in tell(reach, notices.own(reach), now=NOW)]


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(6)))


@pytest.fixture
def cast(frozen):
    for name in ("harriet", "vera", "kerstin", "pelle"):
        people.account(name)
    Notice.objects.all().delete()


def test_who_is_to_carry_it_out_is_told_of_an_action(cast, amina):
    decided(amina)

    assert titles("harriet") == ["Ni har fått en åtgärd"]
    assert titles("vera") == titles("kerstin") == titles("pelle") == []


def test_what_is_taken_back_or_done_is_not_told(cast, amina):
    action = decided(amina)
    services.step(amina, action, state=ActionState.DONE, result="Sanerad.", now=NOW)

    assert titles("harriet") == []


def test_nobody_is_told_whose_membership_has_ended(cast, amina):
    decided(amina)
    Membership.objects.filter(account=people.account("harriet")).update(ends_on=date(2026, 1, 1))

    assert titles("harriet") == []


def test_what_is_due_is_told_once_on_the_working_day_before(cast, amina):
    action = decided(amina)  # due on Wednesday 2 December
    Notice.objects.all().delete()

    services.tell_daily(now=at(action.due - timedelta(days=2)))
    assert titles("harriet") == []
    for _twice in range(2):
        services.tell_daily(now=at(action.due - timedelta(days=1)))

    assert titles("harriet").count("En åtgärd ska vara klar") == 1


def test_nobody_is_told_on_a_red_day(cast, amina):
    decided(amina, due=date(2026, 12, 25))
    Notice.objects.all().delete()

    services.tell_daily(now=at(date(2026, 12, 25)))

    assert not Notice.objects.exists()


def test_those_who_usually_report_and_have_not_are_reminded_once(town, amina):
    vera = people.account("vera")
    for n in range(1, 6):
        QuietWeek.objects.create(
            organisation=Organisation.objects.get(name="Trygghetsvärdarna"),
            said_by=vera,
            monday=WEEK.monday - timedelta(weeks=n),
            said_at=NOW,
        )
    accept(report())
    services.freeze(amina, WEEK, now=NOW)
    Notice.objects.all().delete()

    assert [services.remind(amina, WEEK, now=NOW) for _twice in range(2)] == [1, 1]

    assert titles("vera") == ["Har ni något att rapportera?"]
    assert titles("harriet") == []
    assert Notice.objects.count() == 1


def test_only_who_holds_the_meeting_reminds(frozen):
    with pytest.raises(Refused):
        services.remind(told.reach("vera"), WEEK, now=NOW)


def test_the_letter_is_told_on_the_first_working_day_of_the_month(cast, amina):
    first = month_of(date(2027, 1, 1)).first  # New Year, a Friday

    services.tell_daily(now=at(first))
    assert titles("harriet") == []
    services.tell_daily(now=at(date(2027, 1, 4)))

    assert titles("harriet") == titles("vera") == ["Månadsbrevet är klart"]
    assert titles("kerstin") == []


def test_who_reported_is_told_of_the_answer(cast, amina):
    services.close(amina, meeting(), no_action="", now=NOW)

    assert titles("harriet") == ["Din rapport är behandlad"]


def test_the_calendar_has_meetings_and_ones_own_actions(cast, amina):
    action = decided(amina)

    def uids(name: str) -> set[str]:
        return {each.uid for each in calendars.entries(told.reach(name), NOW.date())}

    assert uids("harriet") == {f"meeting-{WEEK.key}", f"action-{action.pk}"}
    assert uids("kerstin") == {f"meeting-{WEEK.key}"}
    assert uids("cleo") == set()
