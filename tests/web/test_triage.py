"""The pages of triage: decide, merge, split, assign, hand off, route and answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests import people
from tests.domain.events import told

from lykta.domain.events import selectors, services
from lykta.domain.events.models import AnswerTemplate, Category, HandOff, Report, RoutingRule
from lykta.domain.events.rules import State

INBOX, RULES = "/rapportera/inkommet/", "/rapportera/fordelning/"
LINK = "/oppet/overlamning/{}/"


@pytest.fixture
def row(filled) -> Report:
    """Return the report that Harriet has sent, with a photo."""
    cache.clear()
    return Report.objects.get()


def url(row: Report, what: str = "") -> str:
    return f"/rapportera/{row.key}/{what}"


def fresh(row: Report) -> Report:
    return Report.objects.get(pk=row.pk)


def shown(answer) -> str:
    return answer.content.decode()


def test_the_inbox_accepts_one_by_its_button_and_many_by_their_boxes(row, enter):
    amina, more = enter("amina"), [told.reported("harriet") for _ in range(3)]

    one = amina.post(INBOX, {"godta": row.pk, "rapport": [more[0].pk]}, follow=True)
    many = amina.post(INBOX, {"rapport": [each.pk for each in more[:2]]}, follow=True)

    assert "En rapport är godtagen." in shown(one)
    assert "2 rapporter är godtagna." in shown(many)
    states = [fresh(each).state for each in (row, *more)]
    assert states == [State.ACCEPTED] * 3 + [State.SUBMITTED]


def test_the_thousandth_report_is_accepted_as_the_first(row, enter):
    row.pk, row.key = 5437, uuid4()
    row.save(force_insert=True)

    page = shown(enter("amina").get(INBOX))

    assert 'name="godta" value="5437"' in page
    assert 'name="rapport" value="5437"' in page


def test_the_inbox_says_what_is_late_and_what_nobody_has(row, enter):
    late = selectors.due_on(row) + timedelta(days=1)

    with time_machine.travel(
        timezone.now().replace(year=late.year, month=late.month, day=late.day)
    ):
        page = shown(enter("amina").get(INBOX))
        start = shown(enter("amina").get("/"))

    assert "Försenade" in page
    assert "En rapport har ingen tagit hand om." in page
    assert "En är försenad." in start


def test_a_partner_sees_that_something_is_hers_but_not_anothers_words(row, enter):
    otto, unit = enter("otto"), min(told.reach("otto").organisations(selectors.READ_INBOX))
    services.assign(told.reach("amina"), row, organisation=unit, now=told.NOW)

    page = shown(otto.get(INBOX))

    assert "Klotter" in page
    assert told.TEXT not in page
    assert "godta" not in page
    assert otto.post(INBOX, {"godta": row.pk}).status_code == 404
    assert fresh(row).state == State.SUBMITTED


def test_what_is_rejected_from_the_inbox_leads_back_to_it(row, enter):
    said = {"reason": "Räknas inte", "answer": "Tack.", "fran": "inkommet"}

    answer = enter("amina").post(url(row, "avvisa/"), said)

    assert (answer.status_code, answer["Location"]) == (302, INBOX)
    assert fresh(row).steps.last().reason == "Räknas inte"


def test_two_are_merged_and_taken_apart_and_both_keep_their_answers(row, enter):
    amina, other = enter("amina"), told.reported("vera")
    listed = shown(amina.get(url(other, "sla-ihop/")))

    said = {"into": str(row.key), "answer": "Vi vet."}
    merged = shown(amina.post(url(other, "sla-ihop/"), said, follow=True))
    amina.post(url(row, "godta/"), {"answer": "Saneras."})
    apart = shown(amina.post(url(other, "isar/"), follow=True))

    assert str(row.key) in listed
    assert "Ta isär dem" in merged
    assert "Vi vet." in apart
    assert (fresh(other).state, fresh(row).state) == (State.SUBMITTED, State.ACCEPTED)
    assert "Saneras." in shown(enter("harriet").get(url(row)))
    assert "Vi vet." in shown(enter("vera").get(url(other)))


@pytest.mark.parametrize(
    ("into", "status"),
    [("", 404), ("x", 404), ("00000000-0000-4000-8000-000000000009", 404), ("itself", 400)],
)
def test_nothing_is_merged_into_what_is_not_there(row, enter, into, status):
    into = str(row.key) if into == "itself" else into

    assert enter("amina").post(url(row, "sla-ihop/"), {"into": into}).status_code == status
    assert fresh(row).state == State.SUBMITTED


def test_a_part_keeps_the_place_of_the_whole_until_other_words_are_written(row, enter):
    amina, kind = enter("amina"), Category.objects.get(code="DARK").pk
    said = {
        "other_category": kind, "moment": "other", "day": "2026-11-24",
        "description": "Två lampor är släckta.",
    }  # fmt: skip

    same = amina.post(url(row, "dela/"), said | {"place": "Provtorget"})
    park = amina.post(url(row, "dela/"), said | {"place": "Lyktparken"})

    first, second = Report.objects.filter(part_of=row).order_by("pk")
    assert (same.status_code, park.status_code) == (302, 302)
    assert (first.place_text, second.place.name) == ("Provtorget", "Lyktparken")
    assert "Mörk plats" in shown(amina.get(url(row)))


def test_what_is_wrong_in_a_part_is_said_and_nothing_is_kept(row, enter):
    said = {
        "other_category": "", "place": "Provtorget", "moment": "now",
        "description": "Ring 070-174 06 05",
    }  # fmt: skip

    answer = enter("amina").post(url(row, "dela/"), said)

    assert answer.status_code == 400
    assert "Välj vad det gäller." in shown(answer)
    assert Report.objects.count() == 1


def test_a_report_is_given_to_someone_and_says_who_is_away(row, enter):
    amina, harriet = enter("amina"), people.account("harriet")
    otto, today = people.account("otto"), timezone.localdate()
    services.add_stand_in(
        told.reach("amina"), account=harriet.pk, stand_in=otto.pk, first_day=today, last_day=today
    )

    page = shown(amina.post(url(row, "tilldela/"), {"account": harriet.pk}, follow=True))

    assert "Harriet är borta. Rapporten gick till Otto." in page
    assert fresh(row).handler == otto
    assert amina.post(url(row, "tilldela/"), {"account": "99999"}).status_code == 404
    vera = people.account("vera").pk
    assert amina.post(url(row, "tilldela/"), {"account": vera}).status_code == 404


def test_a_rule_is_added_moved_changed_tried_and_taken_away(row, enter):
    amina, unit = enter("amina"), min(told.reach("harriet").organisations(selectors.READ_INBOX))
    kind = Category.objects.get(code="GRAFFITI")
    said = {"category": kind.parent_id, "organisation": unit}

    amina.post(f"{RULES}ny/", said)
    amina.post(f"{RULES}ny/", {"category": kind.pk, "organisation": unit, "weekdays": ["0", "6"]})
    hidden = shown(amina.get(RULES))
    family, one = RoutingRule.objects.all()
    amina.post(f"{RULES}{one.pk}/flytta/", {"upp": "1"})
    moved = shown(amina.get(RULES))
    night = said | {"first_time": "22:00", "last_time": "06:00"}
    changed = amina.post(f"{RULES}{family.pk}/", night)
    tried = shown(
        amina.get(f"{RULES}prova/", {"category": kind.pk, "day": "2026-11-24", "clock": "23:10"})
    )
    by_day = shown(amina.get(f"{RULES}prova/", {"category": kind.pk, "day": "2026-11-24"}))
    amina.post(f"{RULES}{family.pk}/ta-bort/")

    assert "används aldrig: regel 1 tar allt" in hidden
    assert "används aldrig" not in moved
    assert changed.status_code == 302
    assert "Den går till Bostadsbolaget" in tried
    assert "annan veckodag" in tried
    assert "Ingen får den" in by_day
    assert "annan tid, eller okänd" in by_day
    assert list(RoutingRule.objects.all()) == [one]
    assert one.weekdays == [0, 6]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"account": ""}, "Välj en enhet, en ansvarig eller båda."),
        ({"first_time": "22:00"}, "Ange två olika klockslag"),
        ({"first_time": "22:00", "last_time": "22:00"}, "Ange två olika klockslag"),
        ({"area": "99999"}, "Område:"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(row, enter, said, sentence):
    answer = enter("amina").post(f"{RULES}ny/", said)

    assert (answer.status_code, sentence in shown(answer)) == (400, True)
    assert not RoutingRule.objects.exists()


def test_a_place_is_tried_by_its_areas_and_one_that_is_not_known_is_said(row, enter):
    amina, kind = enter("amina"), Category.objects.get(code="DARK").pk
    said = {"category": kind, "day": "2026-11-24"}

    known = amina.get(f"{RULES}prova/", said | {"place": "Lyktparken"})
    unknown = amina.get(f"{RULES}prova/", said | {"place": "Ingenstans alls"})

    assert "Ingen får den" in shown(known)
    assert "Ingen känd plats heter så." in shown(unknown)


def test_why_it_came_here_is_said_on_the_report(row, enter):
    unit = min(told.reach("harriet").organisations(selectors.READ_INBOX))
    dark, graffiti = (Category.objects.get(code=code) for code in ("DARK", "GRAFFITI"))
    for kind in (dark, graffiti):
        services.add_rule(told.reach("amina"), category=kind, organisation_id=unit)

    page = shown(enter("amina").post(url(row, "fordela/"), follow=True))

    assert "Regel 1</span>" in page or "Regel 1: Mörk plats" in page
    assert "annan kategori" in page
    assert "stämmer → Bostadsbolaget" in page


def test_a_stand_in_is_added_and_taken_away(row, enter):
    amina, day = enter("amina"), timezone.localdate().isoformat()
    otto, harriet = people.account("otto").pk, people.account("harriet").pk
    said = {"account": harriet, "stand_in": otto, "first_day": day, "last_day": day}

    added = shown(amina.post("/rapportera/ersattare/", said, follow=True))
    herself = amina.post("/rapportera/ersattare/", said | {"stand_in": harriet})
    (held,) = selectors.stand_ins(on=timezone.localdate())
    gone = shown(amina.post(f"/rapportera/ersattare/{held.pk}/ta-bort/", follow=True))

    assert "Ersättaren är sparad." in added
    assert "Välj en annan ersättare" in shown(herself)
    assert "Ingen är borta." in gone


def test_a_template_is_written_offered_filled_in_and_taken_away(row, enter):
    amina = enter("amina")
    said = {"name": "Saneras", "text": "Vi återkommer avseende {plats}.", "order": "1"}
    wrong = amina.post("/rapportera/svarsmallar/ny/", said | {"text": "Hej {namn}"})

    amina.post("/rapportera/svarsmallar/ny/", said)
    saved = AnswerTemplate.objects.get()
    page = shown(amina.get(url(row), {"svar": saved.pk}))
    hints = amina.post("/rapportera/svarsmallar/klarsprak/", {"text": "Åtgärd vidtas."}).json()
    amina.post(f"/rapportera/svarsmallar/{saved.pk}/ta-bort/")

    assert "Mallen har {namn}, som inget kan sättas in i." in shown(wrong)
    assert "Vi återkommer avseende Provtorget." in page
    assert "”avseende”: skriv hellre ”om”." in page
    assert hints == {"hints": ["”vidtas”: skriv hellre ”görs”."]}
    assert not AnswerTemplate.objects.exists()


def hand_off(client: Client, row: Report, **values) -> str:
    """Return the address of a new hand-off."""
    last = timezone.localdate() + timedelta(days=7)
    said = {"party": "Vägverket", "text": "Räcket är löst.", "last_day": last.isoformat()}
    answer = client.post(url(row, "lamna-over/"), said | values)
    assert answer["Cache-Control"] == "private, no-store"
    return shown(answer).split('value="http://testserver')[1].split('"')[0]


def test_who_holds_the_link_sees_what_was_chosen_answers_and_nothing_else(row, enter):
    link = hand_off(enter("amina"), row, address="drift@vag.example")
    nobody = Client()

    page = nobody.get(link)
    nobody.post(link, {"text": "Skruvas fast i morgon."})

    assert page.status_code == 200
    assert "Räcket är löst." in shown(page)
    for hidden in (told.TEXT, "Provtorget", "drift@vag.example", "Harriet", "Bostadsbolaget"):
        assert hidden not in shown(page), hidden
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert nobody.get(f"{link}foto/1.jpg").status_code == 404
    assert "Skruvas fast i morgon." in shown(enter("amina").get(url(row)))
    assert "Skruvas fast i morgon." not in shown(enter("harriet").get(url(row)))


def test_a_photo_that_was_chosen_is_shown_by_the_link(row, enter):
    link = hand_off(enter("amina"), row, photos=[row.photos.get().pk])

    answer = Client().get(f"{link}foto/1.jpg")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(f"{link}foto/2.jpg").status_code == 404


@pytest.mark.parametrize("end", ["withdrawn", "expired", "erased"])
def test_a_link_that_has_ended_looks_like_one_that_never_was(row, enter, end):
    amina = enter("amina")
    link, nobody = hand_off(amina, row, photos=[row.photos.get().pk]), Client()
    never = nobody.get(LINK.format("aldrig"))
    if end == "withdrawn":
        amina.post(f"/rapportera/overlamning/{HandOff.objects.get().pk}/ta-tillbaka/")
    elif end == "erased":
        amina.post(url(row, "radera/"))
    else:
        HandOff.objects.update(last_day=timezone.localdate() - timedelta(days=1))

    answers = [
        nobody.get(link),
        nobody.post(link, {"text": "Hej"}),
        nobody.get(f"{link}foto/1.jpg"),
    ]

    for answer in answers:
        assert answer.status_code == never.status_code == 404
        assert answer.content == never.content
        assert {*answer.headers.items()} == {*never.headers.items()}
    assert "Länken gäller inte längre" in shown(never)


def test_a_link_says_the_same_to_the_outsider_and_to_those_who_log_in(row, enter):
    link = hand_off(enter("amina"), row)

    assert [enter(name).get(link).status_code for name in ("cleo", "vera", "drift")] == [200] * 3


def test_one_address_asks_for_no_more_links_than_people_do(row):
    cache.clear()
    nobody, other = Client(REMOTE_ADDR="127.0.0.77"), Client(REMOTE_ADDR="127.0.0.78")

    answers = [nobody.get(LINK.format(f"gissning{n}")).status_code for n in range(122)]
    another = other.get(LINK.format("gissning"))

    assert answers == [404] * 120 + [400] * 2
    assert another.status_code == 404


def test_an_answer_that_tells_of_a_person_is_sent_back(row, enter):
    link = hand_off(enter("amina"), row)

    answer = Client().post(link, {"text": "Ring 070-174 06 05"})

    assert answer.status_code == 400
    assert "Ta bort telefonnumret." in shown(answer)


def test_the_link_is_answered_only_from_its_own_page(row, enter):
    link = hand_off(enter("amina"), row)
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link, {"text": "Klart."}).status_code == 403


def test_a_resident_follows_the_parts_of_what_she_told(row, enter):
    from tests.web.test_residents import FOLLOW, code_of, newest, openly

    rut = Client(REMOTE_ADDR="127.0.0.78")
    code = code_of(openly(rut).content.decode())
    whole, amina = newest(), enter("amina")
    said = {
        "other_category": Category.objects.get(code="DARK").pk, "moment": "other",
        "day": "2026-11-24", "place": "Lyktparken", "description": "Två lampor är släckta.",
    }  # fmt: skip
    amina.post(url(whole, "dela/"), said)
    amina.post(url(newest(), "godta/"), {"answer": "Lampan lagas."})

    page = shown(rut.post(FOLLOW, {"code": code}))

    assert "Mörk plats" in page
    assert "Lampan lagas." in page
    assert "Två lampor" not in page


def test_the_api_says_when_each_is_due_and_who_has_it_only_to_those_who_may_know(row, enter):
    unit = min(told.reach("otto").organisations(selectors.READ_INBOX))
    services.assign(told.reach("amina"), row, organisation=unit, now=told.NOW)

    told_amina, told_harriet = (
        enter(name).get(f"/api/rapporter/{row.key}").json() for name in ("amina", "harriet")
    )

    assert told_amina["due"] == selectors.due_on(row).isoformat()
    assert (told_amina["unit"], told_harriet["unit"]) == ("Samverkan Demo", None)
    assert [step["act"] for step in told_amina["steps"]] == ["moved"]
