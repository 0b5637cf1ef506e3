"""Who is told of what, once, and each sees only what she may see at that moment."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404
from tests import people
from tests.infrastructure.notifications import kinds
from tests.infrastructure.notifications.conftest import NOW, reach, tell, waiting

from lykta.domain.partners.models import Membership
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import NOBODY, Refused
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.notifications import selectors, services
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import Choice, Mail, Notice

pytestmark = pytest.mark.django_db


def titles(name: str) -> list[str]:
    told = selectors.notices(reach(name), now=NOW, at_most=10)
    return [each.message.title for each in told]


def test_the_same_key_tells_an_account_once(box):
    tell("vera")
    tell("vera", "farid")

    assert titles("vera") == titles("farid") == ["Lampa 7 är släckt"]
    assert (Notice.objects.count(), Mail.objects.count(), len(waiting())) == (2, 2, 2)


def test_an_act_that_comes_to_nothing_tells_nobody_anything(box):
    with transaction.atomic():
        tell("vera")
        transaction.set_rollback(True)

    assert (Notice.objects.count(), Mail.objects.count(), waiting()) == (0, 0, [])


def test_an_unknown_kind_is_an_error_of_the_programmer():
    with pytest.raises(ValueError, match="lampa"):
        services.notify("lampa", subject="1", to=[people.account("vera").pk], key="1")


def test_nothing_of_what_a_notice_says_is_kept(box):
    tell("vera")

    kept = " ".join(str(value) for row in Notice.objects.values() for value in row.values())
    assert "släckt" not in kept


def test_each_sees_her_own_and_the_outsider_and_nobody_see_none(box):
    tell("vera", "cleo")

    assert titles("vera")
    assert titles("farid") == titles("cleo") == []
    assert selectors.notices(NOBODY, now=NOW, at_most=10) == []


def test_what_may_no_longer_be_seen_is_gone_and_is_not_counted(box):
    tell("vera")
    tell("vera", subject="8")
    kinds.HIDDEN.add("7")

    assert titles("vera") == ["Lampa 8 är släckt"]
    assert selectors.unread(reach("vera")).count() == 1


def test_a_kind_that_is_no_more_says_nothing(box, settings):
    tell("vera")
    settings.NOTIFICATIONS = {}

    assert titles("vera") == []


def test_to_open_a_notice_marks_it_as_read_and_says_where_it_leads(box):
    tell("vera")
    (row,) = Notice.objects.all()

    assert services.open_notice(reach("vera"), row.pk, now=NOW) == "/lampor/7/"
    services.open_notice(reach("vera"), row.pk, now=NOW + timedelta(days=1))
    row.refresh_from_db()
    assert row.read_at == NOW


def test_anothers_notice_and_one_that_may_not_be_seen_do_not_exist(box):
    tell("vera")
    (row,) = Notice.objects.all()
    with pytest.raises(Http404):
        services.open_notice(reach("farid"), row.pk, now=NOW)
    kinds.HIDDEN.add("7")

    with pytest.raises(Http404):
        services.open_notice(reach("vera"), row.pk, now=NOW)


def test_all_are_read_at_once_and_only_ones_own(box):
    tell("vera", "farid")
    tell("vera", subject="8")

    assert services.read_all(reach("vera"), now=NOW) == 2
    assert selectors.unread(reach("vera")).count() == 0
    assert selectors.unread(reach("farid")).count() == 1


@pytest.mark.parametrize(("channel", "n_mails"), [("at_once", 1), ("digest", 0), ("only_here", 0)])
def test_each_account_is_told_as_it_has_chosen(box, channel, n_mails):
    services.choose(reach("vera"), {"lamp": Channel(channel)})

    tell("vera")

    assert Notice.objects.get().channel == channel
    assert Mail.objects.count() == n_mails
    assert Entry.objects.filter(action="notifications.chosen").count() == (channel != "at_once")


def test_without_a_mail_server_notices_are_only_in_lykta(settings):
    settings.EMAIL_HOST = ""

    tell("vera")

    assert (titles("vera"), Mail.objects.count()) == (["Lampa 7 är släckt"], 0)


def test_a_kind_is_offered_and_chosen_by_those_alone_who_may_be_told(box):
    assert list(selectors.channels(reach("vera"))) == ["lamp"]
    assert selectors.channels(reach("drift")) == {}

    for who in (reach("drift"), NOBODY):
        with pytest.raises(Refused):
            services.choose(who, {"lamp": Channel.DIGEST})
    assert not Choice.objects.exists()


def test_a_membership_that_has_ended_takes_the_notices_with_it(box):
    tell("vera")
    Membership.objects.filter(account=people.account("vera")).update(ends_on=NOW.date())
    later = NOW + timedelta(days=1)
    found = reach_of(people.account("vera").pk, on=later.date())

    assert selectors.notices(found, now=later, at_most=10) == []
