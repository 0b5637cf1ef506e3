"""What is handed off is seen by who holds the link, while it holds, and nothing else is."""

from datetime import timedelta

import pytest
from tests import people
from tests.domain.events.told import NOW, reach, reported

from lykta.domain.events import selectors, services
from lykta.domain.events.models import HandOff, Photo
from lykta.domain.events.rules import Act
from lykta.domain.events.services import load_categories
from lykta.domain.events.services.handing import BadLastDay
from lykta.domain.events.services.screening import PersonalData
from lykta.domain.events.services.steps import WrongState
from lykta.infrastructure.access import Refused
from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()


def handed(row=None, **values):
    """Return a hand-off and the secret of its link."""
    said = {
        "party": "Vägverket i Prov",
        "address": "drift@vag.example",
        "text": "Räcket är löst.",
        "last_day": NOW.date() + 7 * DAY,
        "now": NOW,
    }
    return services.hand_off(reach("amina"), row or reported(), **(said | values))


def photo(row) -> Photo:
    return Photo.objects.create(report=row, sha256="0" * 64, width=1, height=1, recorded_at=NOW)


def test_the_link_holds_to_the_end_of_its_last_day():
    made, token = handed()
    last = NOW + 7 * DAY

    assert selectors.handed_off(token, now=last.replace(hour=23, minute=59)) == made
    assert selectors.handed_off(token, now=last + DAY) is None


def test_what_is_withdrawn_and_what_never_was_are_both_nothing():
    made, token = handed()

    services.withdraw(reach("amina"), made, now=NOW)

    assert selectors.handed_off(token, now=NOW) is None
    assert selectors.handed_off("x" * len(token), now=NOW) is None
    assert selectors.handed_off("", now=NOW) is None


def test_only_a_digest_of_the_link_is_kept_and_none_in_the_log():
    made, token = handed()

    assert token not in str(list(HandOff.objects.values()))
    assert token not in str(list(Entry.objects.values()))
    assert made.digest == HandOff.digest_of(token)


def test_only_the_photos_that_were_chosen_are_handed_off():
    row = reported()
    chosen, _other, of_another = photo(row), photo(row), photo(reported("vera"))

    made, _token = handed(row, photos=[chosen, of_another])

    assert list(made.photos.all()) == [chosen]
    assert selectors.handed_off_photo(made, 1) == chosen
    assert [selectors.handed_off_photo(made, n) for n in (0, 2, -1)] == [None] * 3


def test_an_answer_by_the_link_is_a_step_of_the_report():
    made, token = handed()

    services.reply(token, text="Räcket skruvas fast i morgon.", now=NOW)

    (step,) = selectors.replies_to(made)
    assert (step.report, step.act, step.by) == (made.report, Act.REPLIED, None)
    (shown,) = selectors.hand_offs(reach("amina"), made.report)
    assert [each.reason for each in shown.answers] == ["Räcket skruvas fast i morgon."]


@pytest.mark.parametrize("end", ["withdrawn", "expired", "erased"])
def test_nobody_answers_by_a_link_that_has_ended(end):
    made, token = handed()
    now = NOW
    if end == "withdrawn":
        services.withdraw(reach("amina"), made, now=NOW)
    elif end == "erased":
        services.erase(reach("amina"), made.report, now=NOW)
    else:
        now = NOW + 8 * DAY

    with pytest.raises(Refused):
        services.reply(token, text="Klart.", now=now)


def test_neither_what_is_told_nor_what_is_answered_tells_of_a_person():
    with pytest.raises(PersonalData):
        handed(text="Ring 070-174 06 05")
    with pytest.raises(PersonalData):
        handed(party="Kalle Karlsson")
    _made, token = handed()
    with pytest.raises(PersonalData):
        services.reply(token, text="Ring 070-174 06 05", now=NOW)


def test_erasing_a_report_takes_what_was_handed_off_with_it():
    made, _token = handed()

    services.erase(reach("amina"), made.report, now=NOW)

    assert not HandOff.objects.exists()


def test_what_is_rejected_is_not_handed_off():
    row = reported()
    services.reject(reach("amina"), row, reason="", now=NOW)

    with pytest.raises(WrongState):
        handed(row)


@pytest.mark.parametrize(("days", "is_good"), [(-1, False), (0, True), (90, True), (91, False)])
def test_a_link_holds_from_today_and_at_most_ninety_days(days, is_good):
    last_day = NOW.date() + days * DAY

    if is_good:
        assert handed(last_day=last_day)[0].last_day == last_day
    else:
        with pytest.raises(BadLastDay):
            handed(last_day=last_day)


def test_withdrawn_twice_is_one_step():
    made, _token = handed()

    for _ in range(2):
        services.withdraw(reach("amina"), made, now=NOW)

    assert made.report.steps.filter(act=Act.WITHDRAWN).count() == 1


@pytest.mark.parametrize("name", [name for name in people.CAST if name != "amina"])
def test_only_the_coordination_function_hands_off_and_withdraws(name):
    row = reported()
    made, _token = handed(row)

    for act in (
        lambda: services.hand_off(
            reach(name), row, party="x", address="", text="x", last_day=NOW.date(), now=NOW
        ),
        lambda: services.withdraw(reach(name), made, now=NOW),
        lambda: selectors.hand_offs(reach(name), row),
        lambda: selectors.hand_off_of(reach(name), made.pk),
    ):
        with pytest.raises(Refused):
            act()
