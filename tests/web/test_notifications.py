"""Notiser: what the reader has been told, how she is told, and what the frame says of it."""

import re
from html import unescape

import pytest
from tests import people
from tests.domain.events import told
from tests.domain.events.conftest import town  # noqa: F401 - fixture

from lykta.domain.events.services import accept
from lykta.infrastructure.notifications.models import Choice, Notice
from lykta.infrastructure.notifications.services import notify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
PAGE, READ = "/notiser/", "/notiser/lasta/"
WAITS = "En rapport väntar på att behandlas"


@pytest.fixture
def amina(enter):
    return enter("amina")


def shown(answer) -> str:
    """Return the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def strip(client) -> str:
    """Return what stands at the top of a page about the reader."""
    page = client.get("/").content.decode()
    return shown_part(re.search(r'class="who">(.*?)</span>', page, re.S)[1])


def shown_part(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_report_comes_in_is_told_of_opened_and_read(amina):
    assert strip(amina).startswith("Notiser")
    row = told.reported("harriet")
    assert strip(amina).startswith("En oläst notis")
    page = amina.get(PAGE)
    assert WAITS in shown(page)
    assert "oläst" in shown(page)

    opened = amina.get(re.search(r"/notiser/\d+/", page.content.decode())[0])

    assert opened.url == f"/rapportera/{row.key}/"
    assert strip(amina).startswith("Notiser")
    assert Notice.objects.get().read_at


def test_all_are_marked_as_read_by_one_button_without_script(amina):
    for _ in range(2):
        told.reported("harriet")
    assert strip(amina).startswith("2 olästa notiser")
    page = amina.get(PAGE).content.decode()
    assert f'<form method="post" action="{READ}">' in page

    answer = amina.post(READ, follow=True)

    assert "2 notiser är markerade som lästa." in shown(answer)
    assert strip(amina).startswith("Notiser")
    assert READ not in amina.get(PAGE).content.decode()


def test_who_has_no_notices_is_told_what_comes_here(enter):
    assert "Nu finns inget." in shown(enter("vera").get(PAGE))


def test_the_outsider_is_shown_no_notices_at_the_top(enter):
    page = enter("cleo").get("/").content.decode()

    assert "notis" not in page


def test_each_is_offered_the_kinds_that_may_concern_her(enter):
    pages = {name: shown(enter(name).get(PAGE)) for name in ("amina", "harriet", "drift")}

    assert WAITS in pages["amina"]
    assert WAITS in pages["harriet"]  # what her own unit is to deal with
    assert "Månadsbrevet är klart" in pages["harriet"]
    assert "En rapport från mig är behandlad" in pages["harriet"]
    assert "Så vill jag få veta" not in pages["drift"]


def test_what_is_chosen_is_kept_and_shown(amina, settings):
    said = dict.fromkeys(settings.NOTIFICATIONS, "digest")
    said |= {"events.waits": "at_once", "events.decided": "only_here"}
    answer = amina.post(PAGE, said, follow=True)

    assert "Dina val är sparade." in shown(answer)
    chosen = dict(Choice.objects.values_list("kind", "channel"))
    assert chosen == {"events.waits": "at_once", "events.decided": "only_here"}  # digest is usual
    assert '<option value="at_once" selected>' in answer.content.decode()


@pytest.mark.parametrize("said", [{}, {"events.waits": "brevduva", "events.decided": "digest"}])
def test_what_cannot_be_chosen_is_said(amina, said):
    answer = amina.post(PAGE, said | {"x": "y"})

    assert answer.status_code == 400
    assert "Det här behöver rättas" in shown(answer)
    assert not Choice.objects.exists()


def test_a_kind_that_is_not_offered_cannot_be_chosen(enter, settings):
    enter("vera").post(PAGE, dict.fromkeys(settings.NOTIFICATIONS, "at_once"))

    assert Choice.objects.filter(kind="events.decided").exists()

    assert not Choice.objects.filter(kind="events.waits").exists()


def test_the_page_says_that_no_mail_is_sent_where_none_is(amina, settings):
    settings.EMAIL_HOST = ""
    without = shown(amina.get(PAGE))
    settings.EMAIL_HOST = "post.example"

    assert "skickar lykta ingen e-post" in without
    assert "skickar lykta ingen e-post" not in shown(amina.get(PAGE))


def test_anothers_notice_is_not_found(enter, amina):
    told.reported("harriet")
    pk = Notice.objects.get().pk

    assert enter("harriet").get(f"/notiser/{pk}/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_notice_of_what_may_no_longer_be_seen_is_not_found(amina):
    row = told.reported("harriet")
    accept(told.reach("amina"), [row], now=told.NOW)
    pk = Notice.objects.get(kind="events.waits").pk

    assert amina.get(f"/notiser/{pk}/").status_code == 404


def test_no_more_than_a_hundred_are_shown(amina):
    row = told.reported("harriet")
    account = people.account("amina").pk
    for n in range(120):
        notify("events.waits", subject=str(row.key), to=[account], key=f"n{n}")

    assert amina.get(PAGE).content.decode().count("oläst</b>") == 100
    assert strip(amina).startswith("121 olästa notiser")
