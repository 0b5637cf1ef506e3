"""Polisen, Kolada and SCB, asked at a stand-in: what they are checked for, and what is read."""

import json

import pytest
from tests.sources import samples
from tests.sources.stub import Answer, Clock, Log, line, stub

from lykta.infrastructure.errors import LyktaError
from lykta.sources.kolada import live as kolada
from lykta.sources.police import live as police
from lykta.sources.reading import read_events, read_observations
from lykta.sources.statistics_sweden import live as statistics_sweden

TITLE = "Anmälda våldsbrott, antal/100 000 inv"
KPI = {"values": [{"id": "N07403", "title": TITLE, "description": "Summan av …"}]}
TABLE = {
    "label": "Folkmängden per region. År 2010 - 2025",
    "id": ["Region", "Tid"],
    "size": [2000, 16],
}
SCB = {
    "table": "TAB1",
    "title": "Folkmängden per region",
    "params": {"Region": "*", "Tid": "top(2)"},
}
EVENTS = [
    {
        "id": 1,
        "datetime": "2026-08-22 9:13:04 +02:00",  # the hour without its nought
        "name": "22 augusti 17.59, Brand, Kävlinge",
        "summary": "Försök till grov mordbrand.",
        "url": "/aktuellt/1/",
        "type": "Brand",
        "location": {"name": "Skåne län", "gps": "55.990257,13.595769"},
    }
]


@pytest.fixture
def said():
    with stub() as made:
        yield made


@pytest.fixture
def ask(said):
    to_stub = line(said, Clock(), Log())
    return lambda source, asked: list(
        source.payloads(asked, line=to_stub, municipality="0126", year=2024)
    )


def code_of(ask, *arguments) -> str:
    with pytest.raises(LyktaError) as caught:
        ask(*arguments)
    return caught.value.code


@pytest.fixture
def write(tmp_path):
    def written(payload):
        path = tmp_path / "svar.json"
        path.write_bytes(payload.content)
        return path

    return written


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_the_police_publish_can_be_read(said, ask, write, mark):
    said.say("/api/events", Answer(mark + json.dumps(EVENTS).encode()))

    (payload,) = ask(police, {})

    events = read_events([write(payload)])
    assert str(events.starts_at[0]) == "2026-08-22T17:59:00"
    assert events.area_codes[events.area[0]] == "1261"


def test_an_unpadded_hour_is_read(said, ask, write):
    said.say("/api/events", [{**EVENTS[0], "name": "Brand, Kävlinge"}])

    (payload,) = ask(police, {})

    assert str(read_events([write(payload)]).starts_at[0]) == "2026-08-22T09:13:04"


@pytest.mark.parametrize("body", ["<html></html>", '{"message": "fel"}'])
def test_something_else_than_events_is_refused(said, ask, body):
    said.say("/api/events", body)

    assert code_of(ask, police, {}) == "source-changed"


def test_no_events_are_no_answer(said, ask):
    said.say("/api/events", "[]")

    assert ask(police, {}) == []


def test_kolada_is_asked_what_a_key_figure_is_called_first(said, ask, write):
    years = ",".join(map(str, range(2020, 2025)))
    said.say("/kpi/N07403", KPI)
    said.say(f"/data/kpi/N07403/municipality/0126,0000/year/{years}", samples.KOLADA)

    (payload,) = ask(kolada, {"titles": {"N07403": TITLE}, "since": 2020})

    found = read_observations(write(payload), known_titles={"N07403": TITLE}).observations
    assert (found[0].indicator, found[0].value, found[0].row) == (TITLE, 1234.5, 1)


def test_a_key_figure_of_another_title_is_not_asked_for(said, ask):
    said.say("/kpi/N07403", KPI["values"][0])  # alone, as one version answers

    assert code_of(ask, kolada, {"titles": {"N07403": "Arbetslöshet"}}) == "title-mismatch"
    assert [path for path, _agent in said.asked] == ["/kpi/N07403"]


@pytest.mark.parametrize("name", ["next_page", "next_url"])
def test_every_page_of_kolada_is_read(said, ask, name):
    first = "/data/kpi/N07403/municipality/0126,0000/year/2024"
    said.say("/kpi/N07403", KPI)
    said.say(first, {**samples.KOLADA, name: f"{said.base_url}/sida2"})
    said.say("/sida2", {**samples.KOLADA, name: f"{said.base_url}/sida3"})
    said.say("/sida3", {"values": [], "count": 0})

    found = ask(kolada, {"titles": {"N07403": TITLE}, "since": 2024})

    assert [payload.what[-6:] for payload in found] == ["sida 1", "sida 2"]
    assert [path for path, _ in said.asked[-2:]] == ["/sida2", "/sida3"]


def test_a_page_of_another_site_is_not_read(said, ask):
    said.say("/kpi/N07403", KPI)
    said.say(
        "/data/kpi/N07403/municipality/0126,0000/year/2024",
        {**samples.KOLADA, "next_url": "https://example.org/sida2"},
    )

    asked = {"titles": {"N07403": TITLE}, "since": 2024}
    assert code_of(ask, kolada, asked) == "unsafe-address"


def test_at_most_25_years_are_asked_for_at_a_time(said, ask):
    said.say("/kpi/N07403", KPI)
    for first, last in ((1990, 2014), (2015, 2024)):
        years = ",".join(map(str, range(first, last + 1)))
        said.say(f"/data/kpi/N07403/municipality/0126,0000/year/{years}", samples.KOLADA)

    found = ask(kolada, {"titles": {"N07403": TITLE}, "since": 1990})

    assert [payload.what for payload in found] == [
        "värden N07403 1990-2014 sida 1",
        "värden N07403 2015-2024 sida 1",
    ]


@pytest.mark.parametrize("body", ["<html></html>", "[]", '{"values": null}'])
def test_something_else_than_values_is_refused(said, ask, body):
    said.say("/kpi/N07403", KPI)
    said.say("/data/kpi/N07403/municipality/0126,0000/year/2024", body)

    asked = {"titles": {"N07403": TITLE}, "since": 2024}
    assert code_of(ask, kolada, asked) == "source-changed"


def test_a_table_of_scb_is_read(said, ask, write):
    said.say("/tables/TAB1/metadata", TABLE)
    said.say("/tables/TAB1/data", samples.JSON_STAT)

    (payload,) = ask(statistics_sweden, SCB)

    assert len(read_observations(write(payload)).observations) == 4
    assert "valueCodes[Tid]=top(2)&" not in said.asked[0][0]
    assert said.asked[1][0].endswith("valueCodes[Region]=*&valueCodes[Tid]=top(2)")


def test_a_table_of_another_title_is_not_asked_for(said, ask):
    said.say("/tables/TAB1/metadata", {**TABLE, "label": "Antal hundar. År 2024"})

    assert code_of(ask, statistics_sweden, SCB) == "title-mismatch"


def test_more_cells_than_scb_gives_are_not_asked_for(said, ask):
    said.say("/tables/TAB1/metadata", {**TABLE, "size": [150_000, 16]})

    assert code_of(ask, statistics_sweden, SCB) == "too-many-cells"
    assert len(said.asked) == 1


@pytest.mark.parametrize("answer", ["<html></html>", "[]", '{"class": "collection"}'])
def test_something_else_than_a_cube_is_refused(said, ask, answer):
    said.say("/tables/TAB1/metadata", TABLE)
    said.say("/tables/TAB1/data", answer)

    assert code_of(ask, statistics_sweden, SCB) == "source-changed"


@pytest.mark.parametrize(
    ("chosen", "n"),
    [
        ({"Region": "0126"}, 1),
        ({"Region": "0126,0180", "Tid": "top(3)"}, 6),
        ({"Region": "01*", "Tid": "from(2020)"}, 32_000),
        ({"Tid": "TOP(99)"}, 16),
        ({"Okänd": "*"}, 1),
    ],
)
def test_the_cells_of_a_choice_are_counted_before_it_is_asked_for(chosen, n):
    assert statistics_sweden.n_cells(TABLE, chosen) == n
