"""The sources that are switched on: asked, kept raw, read in; the others are left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django_q.models import Schedule
from tests.domain.places.conftest import TODAY
from tests.people import account
from tests.sources import samples
from tests.sources.stub import NOON, Answer, Clock, stub
from tests.sources.test_live import EVENTS, KPI, TITLE

from lykta.cli import serve
from lykta.domain.indicators import services, tasks
from lykta.domain.indicators.models import Indicator, Observation
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure import jobs, storage
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.imports.models import Fetch, Run
from lykta.infrastructure.installation import FetchedSource
from lykta.sources.reading import read_events

VALUES = "/data/kpi/N07403/municipality/0126,0000/year/2026"
KOLADA = FetchedSource("kolada", {"titles": {"N07403": TITLE}, "since": 2026})
POLICE = FetchedSource("polisen", {})


@pytest.fixture
def said(places, settings):
    settings.INSTALLATION = replace(settings.INSTALLATION, code="0126", sources=(KOLADA, POLICE))
    with stub() as made:
        made.say("/kpi/N07403", KPI)
        made.say(VALUES, samples.KOLADA)
        made.say("/api/events", EVENTS)
        yield made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def fetch(said, clock):
    def fetched(key="", *, reach=SYSTEM):
        line = replace(services.line(), now=clock.now, sleep=clock.sleep, base_url=said.base_url)
        return services.fetch(reach, key, line=line)

    return fetched


def test_a_key_figure_is_fetched_and_read_in(fetch):
    (done,) = fetch("kolada")

    row = Indicator.objects.get(code="kolada:N07403")
    assert (done.n_answers, done.n_added, done.error) == (1, 3, "")
    assert (row.title, row.unit, row.definition) == (
        TITLE,
        "antal/100 000 inv",
        KPI["values"][0]["description"],
    )


def test_every_answer_is_kept_raw_with_its_licence(fetch):
    fetch("kolada")

    kept = Fetch.objects.get(what__startswith="värden")
    assert storage.path_of(kept.sha256).read_bytes() == Answer(samples.KOLADA).content
    assert (kept.http_status, kept.licence, kept.revision) == (200, "CC BY 4.0", 1)


def test_the_same_answer_is_logged_but_neither_kept_nor_read_twice(fetch):
    fetch("kolada")
    (done,) = fetch("kolada")

    rows = Fetch.objects.filter(what__startswith="värden")
    assert (
        done.n_added,
        done.n_changed,
        rows.count(),
        Run.objects.filter(kind="observations").count(),
    ) == (0, 0, 2, 1)
    assert {(row.sha256, row.revision) for row in rows} == {(rows[0].sha256, 1)}


def test_a_value_that_the_source_has_changed_is_a_revision(fetch, said):
    fetch("kolada")
    said.say(VALUES, Answer(Answer(samples.KOLADA).content.replace(b"1234.5", b"1300")))
    (done,) = fetch("kolada")

    assert done.n_changed == 1
    assert [row.value for row in Observation.objects.filter(sex="T")] == [1234.5, 1300]
    assert Fetch.objects.filter(what__startswith="värden")[0].revision == 2


def test_a_key_figure_of_another_title_is_not_read_in(fetch, said):
    said.say("/kpi/N07403", {"values": [{"id": "N07403", "title": "Arbetslöshet"}]})

    (done,) = fetch("kolada")

    assert "heter ”Arbetslöshet”" in done.error
    assert not Observation.objects.exists()


def test_what_the_police_publish_is_kept_until_a_room_reads_it(fetch, settings, tmp_path):
    settings.IMPORTERS = {k: v for k, v in settings.IMPORTERS.items() if k != "events"}

    (done,) = fetch("polisen")

    kept = storage.named(Fetch.objects.get().sha256, "svar.json", tmp_path)
    assert "sparat" in done.note
    assert read_events([kept]).passport.n_accepted == 1


def test_a_changed_text_under_the_same_id_keeps_both(fetch, said, settings):
    settings.IMPORTERS = {k: v for k, v in settings.IMPORTERS.items() if k != "events"}
    fetch("polisen")
    said.say("/api/events", [{**EVENTS[0], "summary": "Branden är släckt."}])
    fetch("polisen")

    rows = list(Fetch.objects.order_by("id"))
    assert [row.revision for row in rows] == [1, 2]
    assert all(storage.path_of(row.sha256).exists() for row in rows)


def test_how_often_a_source_was_asked_is_known_after_a_restart(fetch, clock, settings):
    settings.IMPORTERS = {k: v for k, v in settings.IMPORTERS.items() if k != "events"}
    Fetch.objects.create(
        source="polisen",
        what="händelser",
        url="https://polisen.se/api/events",
        fetched_at=NOON - timedelta(seconds=4),
        http_status=200,
    )

    fetch("polisen")

    assert clock.slept == [6]


def test_one_source_that_fails_stops_no_other(fetch, said, settings):
    settings.IMPORTERS = {k: v for k, v in settings.IMPORTERS.items() if k != "events"}
    said.say("/kpi/N07403", Answer(status=403))

    kolada, police = fetch()

    assert "403" in kolada.error
    assert (police.n_answers, police.error) == (1, "")
    assert Fetch.objects.get(source="kolada").http_status == 403


def test_a_failed_call_is_logged_without_an_answer(fetch, said):
    said.say("/kpi/N07403", Answer(""))

    fetch("kolada")

    row = Fetch.objects.get()
    assert (row.sha256, row.revision, row.error) == ("", 0, "svaret är tomt.")


def test_what_was_fetched_outlives_the_import_of_it(fetch):
    fetch("kolada")

    run = Run.objects.get(kind="observations")
    assert run.state == "done"
    assert storage.path_of(run.sha256).exists()


@pytest.mark.parametrize("name", ["cleo", "vera", "drift"])
def test_only_who_may_change_indicators_fetches_them(fetch, said, name):
    with pytest.raises(Refused):
        fetch(reach=reach_of(account(name).pk, on=TODAY))

    assert said.asked == []


def test_a_source_that_is_off_is_not_asked(fetch, said, settings):
    settings.INSTALLATION = replace(settings.INSTALLATION, sources=())

    assert fetch() == fetch("kolada") == []
    tasks.fetch_kolada()
    tasks.fetch_scb()
    tasks.fetch_polisen()
    assert said.asked == []


def test_only_what_is_on_is_asked_each_night(said):
    names = serve._fetches()

    for name in names:
        jobs.every_day(name)

    assert names == {f"lykta.domain.indicators.tasks.fetch_{key}" for key in ("kolada", "polisen")}
    assert Schedule.objects.filter(name__in=names).count() == 2
