"""One mail each working day, of what has come since the last."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.infrastructure.notifications import kinds
from tests.infrastructure.notifications.conftest import NOW, reach, tell

from lykta.infrastructure.notifications import digests, sending, services
from lykta.infrastructure.notifications.kinds import Channel
from lykta.infrastructure.notifications.models import Mail, State
from lykta.infrastructure.retention import services as retention

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def _chosen(box):
    """Let Vera and Farid have one mail a day."""
    for name in ("vera", "farid"):
        services.choose(reach(name), {"lamp": Channel.DIGEST})


def morning(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 7, 1, tzinfo=STOCKHOLM)


def send(now: datetime) -> list[str]:
    """Make and send the mails of a day, and return how each ended."""
    before = set(Mail.objects.values_list("pk", flat=True))
    digests.make(now=now)
    for row in Mail.objects.filter(state=State.WAITING):
        sending.send(row.pk, now=now)
    made = Mail.objects.exclude(pk__in=before)
    return list(made.order_by("account__email").values_list("state", flat=True))


def test_what_has_come_since_the_last_is_one_mail_to_each(box):
    for subject in ("7", "8"):
        tell("vera", subject=subject)
    tell("farid", subject="9")

    assert send(morning(2026, 11, 25)) == [State.SENT, State.SENT]

    texts = {mail["To"]: (mail["Subject"], mail.get_content()) for mail in box.mails}
    assert texts["vera@example.org"][0] == "lykta: 2 notiser"
    assert texts["farid@example.org"][0] == "lykta: Lampa 9 är släckt"
    assert "Lampa 7" in texts["vera@example.org"][1]
    assert "Lampa 8" in texts["vera@example.org"][1]
    assert "Lampa 9" not in texts["vera@example.org"][1]


def test_the_same_day_has_one_mail_however_often_it_is_asked_for(box):
    tell("vera")
    now = morning(2026, 11, 25)

    assert send(now) == [State.SENT]
    tell("vera", subject="8", now=now + timedelta(minutes=1))
    assert send(now + timedelta(hours=2)) == []
    assert send(morning(2026, 11, 26)) == [State.SENT]
    assert len(box.mails) == len(set(box.ids)) == 2


def test_a_day_without_news_has_no_mail():
    assert send(morning(2026, 11, 25)) == []


def test_before_its_time_of_day_there_is_none():
    tell("vera")

    assert send(morning(2026, 11, 25) - timedelta(minutes=2)) == []


@pytest.mark.parametrize(
    ("told", "silent", "next_day"),
    [
        # Maundy Thursday in the afternoon; Good Friday to Easter Monday are silent.
        ((2026, 4, 2), [(2026, 4, 3), (2026, 4, 4), (2026, 4, 5), (2026, 4, 6)], (2026, 4, 7)),
        # The National Day was a Friday.
        ((2025, 6, 5), [(2025, 6, 6), (2025, 6, 7), (2025, 6, 8)], (2025, 6, 9)),
        # Midsummer Eve is always a Friday, and no red day by law.
        ((2026, 6, 18), [(2026, 6, 19), (2026, 6, 20), (2026, 6, 21)], (2026, 6, 22)),
        # An ordinary weekend.
        ((2026, 11, 27), [(2026, 11, 28), (2026, 11, 29)], (2026, 11, 30)),
    ],
)
def test_a_day_when_offices_are_closed_is_silent(box, told, silent, next_day):
    tell("vera", now=datetime(*told, 15, 0, tzinfo=STOCKHOLM))

    assert [send(morning(*day)) for day in silent] == [[] for _day in silent]
    assert send(morning(*next_day)) == [State.SENT]
    assert len(box.mails) == 1


def test_what_has_been_read_is_not_mailed():
    tell("vera")
    services.read_all(reach("vera"), now=NOW)

    assert send(morning(2026, 11, 25)) == []


def test_what_may_not_be_seen_in_the_morning_is_left_out(box):
    for subject in ("7", "8"):
        tell("vera", subject=subject)
    kinds.HIDDEN.add("7")

    assert send(morning(2026, 11, 25)) == [State.SENT]
    assert "Lampa 7" not in box.mails[0].get_content()


def test_where_nothing_may_be_seen_there_is_no_mail(box):
    tell("vera")
    kinds.HIDDEN.add("7")

    assert send(morning(2026, 11, 25)) == [State.WITHHELD]
    assert send(morning(2026, 11, 26)) == []
    assert box.mails == []


def test_who_wants_them_only_in_lykta_gets_not_even_those_that_wait():
    tell("vera")
    services.choose(reach("vera"), {"lamp": Channel.ONLY_HERE})

    assert send(morning(2026, 11, 25)) == []


def test_a_long_mail_counts_what_it_does_not_say(box):
    for number in range(23):
        tell("vera", subject=str(number))

    send(morning(2026, 11, 25))

    text = box.mails[0].get_content()
    assert text.count("är släckt") == 20
    assert "3 notiser till" in text


def test_a_server_that_was_away_a_day_leaves_two_mails_each_sent_once(answering):
    box = answering("451 later")
    tell("vera")
    first = morning(2026, 11, 25)

    assert send(first) == [State.WAITING]
    tell("vera", subject="8", now=first + timedelta(hours=1))
    assert send(first + timedelta(days=1)) == [State.SENT]

    assert set(Mail.objects.values_list("state", flat=True)) == {State.SENT}
    assert len(box.mails) == len(set(box.ids)) == 2


def test_retention_does_not_mail_anything_again(settings, tmp_path, box):
    settings.LYKTA_DIR = tmp_path
    retention.load(today=timezone.localdate())
    now = timezone.now()
    tell("vera", now=now - timedelta(days=9))
    for days in range(8, 0, -1):  # one of them at least is a working day
        send((now - timedelta(days=days)).replace(hour=12))

    for days in (100, 370, 371):
        retention.run(now=now + timedelta(days=days))
        send(now + timedelta(days=days))

    assert len(box.mails) == 1
    assert not Mail.objects.exists()
