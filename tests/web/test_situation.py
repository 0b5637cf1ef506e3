"""Läget as a page: what the address asks for is what is shown, to each what she may see."""

import csv
import io
import re

import pytest
from tests import people
from tests.domain.events import reports
from tests.domain.events.reports import LAST_WEEK, as_file, line, weekly
from tests.domain.places.conftest import TODAY
from tests.web.questions import counted, draw, shown

from lykta.domain.events.models import Category, Event, Source
from lykta.domain.partners.models import Membership
from lykta.domain.partners.selectors import reach_of
from lykta.domain.places.models import Area
from lykta.infrastructure.access import Confidentiality
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.columns import services as columns

ON = "datum=2026-11-24"
HELD = {"amina": (), "pelle": (), "kerstin": (), "harriet": (), "vera": ("9999-ASA",)}
QUESTIONS = 40


def page(client, asked: str = "") -> str:
    """Return the page of a question, as it is on a day."""
    return client.get(f"/laget/?{ON}&{asked}").content.decode("utf-8")


def table(client, asked: str) -> list[list[str]]:
    """Return the rows of the page's table as a file."""
    text = client.get(f"/laget/tabell.csv?{ON}&{asked}").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def more(filled):
    """Read in more events of other sources, sorts and confidentialities."""
    other = [row.replace(reports.SOURCE, "Vakten") for row in weekly(60, {"9999-OST": 2})]
    filled("events", "vakten.csv", as_file(other), reliability="observed")
    odd = [
        line("O1", when="2026-11", at=None),
        line("O2", when="2026-11-15", to="2026-11-17", at=None, area="Höjden"),
        line("O3", at=None),
        line("O4", kind="", at=(500, 3000)),
    ]
    filled("events", "udda.csv", as_file(odd), reliability="heard")
    counts = [line(f"C{n}", at=None, area="9999-OST", count=c) for n, c in enumerate(("<5", 7))]
    filled("events", "antal.csv", as_file(counts))
    return filled


@pytest.fixture
def kept(more):
    """Let some of the events be known to few."""
    police = people.account("pelle").memberships.get().organisation
    keys = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    for n, level in enumerate(Confidentiality):
        Event.objects.filter(pk__in=keys[n::7]).update(confidentiality=level, organisation=police)
    columns.repair("events")


def test_the_page_works_with_no_events_at_all(places, enter):
    pages = {name: page(enter(name)) for name in ("amina", "vera")}

    assert "Inga händelser än" in pages["amina"]
    assert "Läs in händelser" in pages["amina"]
    assert "Läs in händelser" not in pages["vera"]
    assert table(enter("amina"), "")[1:] == []
    assert enter("amina").get("/laget/handelser.csv").status_code == 404


def test_questions_of_every_sort_get_the_number_that_the_rows_hold(kept, enter):
    clients = {name: enter(name) for name in HELD}
    for name, codes in HELD.items():
        membership = Membership.objects.get(account=people.account(name))
        membership.areas.set(Area.objects.filter(code__in=codes))
    reaches = {name: reach_of(people.account(name).pk, on=TODAY) for name in HELD}

    wrong = [
        (name, question.path)
        for place, question in enumerate(draw(QUESTIONS, seed=2026, last=LAST_WEEK))
        for name in [list(HELD)[place % len(HELD)]]
        if shown(clients[name].get(question.path).content.decode())
        != counted(question, reaches[name])
    ]

    assert wrong == []


def test_the_same_question_has_another_answer_for_another_reach(kept, enter):
    vera = people.account("vera")
    Membership.objects.get(account=vera).areas.set(Area.objects.filter(code="9999-ASA"))

    numbers = {name: shown(page(enter(name), "tid=52")) for name in HELD}

    assert numbers["vera"] < numbers["harriet"] < numbers["amina"]
    assert numbers["harriet"] < numbers["pelle"]


def test_every_filter_of_the_address_has_its_effect(more, enter):
    odd = 3 + 1 + 7  # of the last week: heard, withheld, and seven as one row
    expected = {
        "": 12 + 8 + odd,
        "tid=1": 3 + 2 + odd,
        "tid=12": 36 + 24 + odd,
        "fran=2026-v40&till=2026-v41": 6 + 4,
        "fran=2026-v40": 3 + 2,
        "omrade=9999-ASA": 8,
        "omrade=9999-OST": 4 + 8 + 1 + 7,
        "tillforlitlighet=observed": 8,
        "tillforlitlighet=heard": 3,
        "mot=fjol": 12 + 8 + odd,
        "omrade=finns-inte&kategori=FINNS_INTE&kalla=0&tillforlitlighet=x": 12 + 8 + odd,
    }
    client = enter("amina")

    assert {asked: shown(page(client, asked)) for asked in expected} == expected


def test_a_source_and_a_category_are_filters_too(more, enter):
    client, vakten = enter("amina"), Source.objects.get(name="Vakten")
    places = Category.objects.get(code="PLACE_UNSAFE")
    n_unsafe = Event.objects.filter(
        category=places, first_day__range=("2026-10-26", "2026-11-22")
    ).count()

    assert shown(page(client, f"kalla={vakten.pk}")) == 8
    assert shown(page(client, "kategori=PLACE_UNSAFE")) == n_unsafe > 0
    assert f'<option value="{vakten.pk}" selected>' in page(client, f"kalla={vakten.pk}")


def test_last_year_is_said_to_be_compared_with(filled, enter):
    assert "samma veckor ett år tidigare" in page(enter("amina"), "mot=fjol")


@pytest.mark.parametrize("division", ["kommundelar", "smaomraden", "sexhorningar"])
def test_each_division_has_its_rows(filled, enter, division):
    rows = table(enter("amina"), f"visa={division}&tid=52")

    assert len(rows) > 1
    assert sum(int(row[2]) for row in rows[1:]) <= 156
    assert f'name="visa" value="{division}"' in page(enter("amina"), f"visa={division}")


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        ("fran=igår", "Veckan går inte att läsa. Skriv den som 2026-v44."),
        ("fran=2026-v54", "Veckan går inte att läsa."),
        ("fran=2026-v41&till=2026-v40", "Den första veckan kommer efter den sista."),
        ("fran=2026-v48&till=2026-v48", "Veckan är inte slut än."),
        ("fran=2020-v01&till=2026-v40", "Välj högst två år åt gången."),
    ],
)
def test_wrong_weeks_are_said_in_a_sentence_and_the_usual_ones_shown(
    filled, enter, weeks, sentence
):
    text = page(enter("amina"), weeks)

    assert sentence in text
    assert shown(text) == 12


def test_the_past_is_shown_as_it_was_on_its_day(filled, enter):
    text = enter("amina").get("/laget/?datum=2026-10-11&tid=1").content.decode()

    assert shown(text) == 3
    assert "v.\u00a041 2026" in text


def test_the_table_is_the_rows_of_the_page(filled, enter):
    rows = table(enter("amina"), "")

    assert rows[0] == ["nyckel", "namn", "antal", "väntat", "kvot (95 % intervall)", "bedömning"]
    assert [row[:4] for row in rows[1:]] == [
        ["9999-ASA", "Åsa", "8", "8,0"],
        ["9999-OST", "Östra", "4", "4,0"],
    ]


def test_small_counts_are_hidden_in_the_table_as_on_the_page(places, enter):
    lines = [line(f"A{n}", at=(500, 500)) for n in range(3)]
    lines += [line(f"B{n}", at=(1500, 500)) for n in range(40)]
    places("events", "f.csv", as_file(lines))

    asked = "visa=smaomraden&fran=2026-v47"
    partner, staff = (table(enter(name), asked) for name in ("harriet", "amina"))

    assert {row[0]: row[2] for row in staff[1:]} == {"9999A0010": "3", "9999A0020": "40"}
    assert not {"3", "40"} & {row[2] for row in partner[1:]}
    assert ">40<" not in page(enter("harriet"), asked)


def test_the_rows_need_a_source_and_are_one_entry_in_the_log(filled, enter):
    client, source = enter("amina"), Source.objects.get()

    without = client.get(f"/laget/handelser.csv?{ON}&tid=1")
    rows = client.get(f"/laget/handelser.csv?{ON}&tid=1&kalla={source.pk}")

    assert (without.status_code, rows.status_code) == (404, 200)
    assert b"".join(rows.streaming_content).count(b"\n") == 4
    assert Entry.objects.filter(action="events.exported").count() == 1


def test_the_rows_of_the_address_come_in_again_unchanged(filled, enter):
    path = f"/laget/handelser.csv?{ON}&tid=52&kalla={Source.objects.get().pk}"
    text = b"".join(enter("amina").get(path).streaming_content).decode("utf-8")

    again = filled("events", "igen.csv", text)

    assert (again.n_added, again.n_changed, again.n_unchanged) == (0, 0, 156)


def test_the_chair_gets_counts_and_no_rows(filled, enter):
    client, source = enter("kerstin"), Source.objects.get()

    rows = client.get(f"/laget/handelser.csv?{ON}&kalla={source.pk}")

    assert shown(page(client)) == 12
    assert "handelser.csv" not in page(client)
    assert rows.status_code == 404
    assert not Entry.objects.filter(action="events.exported").exists()


@pytest.fixture
def risen(places):
    """Read in three years of two districts, of which one has many more in the last week."""
    lines = weekly(160, {"9999-ASA": 3, "9999-OST": 3})
    lines += weekly(1, {"9999-OST": 30}, prefix="S")
    places("events", "handelser.csv", as_file(lines))


def test_a_rise_of_the_last_week_is_told_in_words_with_its_bound(risen, enter):
    told = page(enter("amina"))

    assert "Tidig varning, v.\N{NO-BREAK SPACE}47" in told
    assert re.search(r"<li>Östra: 33 händelser, gränsen är \d+\. Väntat är 3,\d\.</li>", told)


def test_who_may_not_see_events_is_told_where_and_not_how_many(risen, enter):
    told = page(enter("harriet"))

    assert "<li>Östra</li>" in told
    assert "gränsen är" not in told


def test_a_rise_is_told_on_start_and_on_the_page_of_the_area(risen, enter):
    client = enter("amina")

    for path in ("/", "/omraden/9999-OST/"):
        assert "Östra: 33 händelser" in client.get(f"{path}?{ON}").content.decode("utf-8")


def test_a_week_like_others_is_no_warning(places, enter):
    places("events", "lugnt.csv", as_file(weekly(160, {"9999-ASA": 3, "9999-OST": 3})))

    assert "Inget ligger över sin gräns." in page(enter("amina"))
    assert "Tidig varning" not in enter("amina").get(f"/?{ON}").content.decode("utf-8")
