"""Who deals with reports is told that one waits, and who sent one that it has been decided on."""

from datetime import timedelta

import pytest
from tests import people
from tests.domain.events import told

from lykta.domain.events.rules import Channel
from lykta.domain.events.services import accept, erase, reject, report_openly
from lykta.domain.partners.models import Membership
from lykta.infrastructure.notifications import selectors
from lykta.infrastructure.notifications.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
WAITS, DECIDED = "En rapport väntar på att behandlas", "Din rapport är behandlad"


@pytest.fixture(autouse=True)
def _cast():
    for name in people.CAST:
        people.account(name)


def seen(name: str) -> list[tuple[str, str]]:
    """Return the titles and addresses that one of the cast sees."""
    found = selectors.notices(told.reach(name), now=told.NOW, at_most=10)
    return [(each.message.title, each.message.url) for each in found]


def who_is_told() -> list[str]:
    return sorted(Notice.objects.values_list("account__email", flat=True))


def test_who_may_deal_with_a_report_is_told_that_it_waits_and_nobody_else():
    row = told.reported("harriet")

    assert who_is_told() == ["amina@example.org"]
    assert seen("amina") == [(WAITS, f"/rapportera/{row.key}/")]


def test_who_sends_a_report_is_not_told_that_it_waits():
    told.reported("amina")

    assert who_is_told() == []


def test_a_resident_s_report_waits_as_others_do_and_nobody_is_told_of_the_decision():
    row, _code = report_openly(told.told(channel=Channel.PUBLIC_FORM), now=told.NOW)
    assert [title for title, _url in seen("amina")] == [WAITS]

    accept(told.reach("amina"), [row], now=told.NOW)

    assert who_is_told() == ["amina@example.org"]


def test_a_report_sent_twice_is_told_of_once():
    said = told.told(channel=Channel.PUBLIC_FORM)
    for _ in range(2):
        report_openly(said, now=told.NOW)

    assert len(who_is_told()) == 1


def test_a_notice_says_the_kind_and_no_word_of_the_report():
    told.reported("harriet")
    (found,) = selectors.notices(told.reach("amina"), now=told.NOW, at_most=10)

    said = f"{found.message.title} {found.message.text}"
    assert found.message.text == "Klotter"
    assert [word for word in ("gaveln", "Provtorget", "Harriet") if word in said] == []


def test_all_that_waits_is_found_with_as_many_questions_as_one(django_assert_max_num_queries):
    for _ in range(3):
        told.reported("harriet")
    reach = told.reach("amina")

    with django_assert_max_num_queries(2):  # the notices, and what they are of
        found = selectors.notices(reach, now=told.NOW, at_most=10)

    assert len(found) == 3


def test_what_has_been_dealt_with_waits_no_longer():
    row = told.reported("harriet")
    accept(told.reach("amina"), [row], now=told.NOW)

    assert seen("amina") == []


@pytest.mark.parametrize("is_accepted", [True, False])
def test_who_sent_a_report_is_told_that_it_has_been_decided_on(is_accepted):
    row = told.reported("harriet")
    if is_accepted:
        accept(told.reach("amina"), [row], now=told.NOW, answer="Tack, det är beställt.")
    else:
        reject(told.reach("amina"), row, reason="Fel plats", now=told.NOW)

    assert seen("harriet") == [(DECIDED, f"/rapportera/{row.key}/")]
    assert "beställt" not in str(list(Notice.objects.values()))


def test_one_that_hangs_together_with_another_is_told_of_too():
    first = told.reported("harriet")
    second = told.reported("vera", same_as=first)
    accept(told.reach("amina"), [first, second], now=told.NOW)

    assert [title for title, _url in seen("vera")] == [DECIDED]


def test_who_decides_on_her_own_report_is_not_told():
    row = told.reported("amina")
    accept(told.reach("amina"), [row], now=told.NOW)

    assert who_is_told() == []


def test_an_erased_report_says_nothing_any_more():
    row = told.reported("harriet")
    accept(told.reach("amina"), [row], now=told.NOW)
    erase(told.reach("amina"), row, now=told.NOW)

    assert seen("harriet") == []


def test_who_has_left_the_organisation_sees_nothing_of_its_report():
    row = told.reported("harriet")
    accept(told.reach("amina"), [row], now=told.NOW)
    yesterday = told.NOW.date() - timedelta(days=1)
    Membership.objects.filter(account=people.account("harriet")).update(ends_on=yesterday)

    assert seen("harriet") == []
