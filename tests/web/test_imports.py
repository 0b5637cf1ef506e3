"""A file into the house by the pages: tried, mended, read in, and seen on Läget."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.domain.events.reports import as_file, line
from tests.web.questions import shown

from lykta.domain.events.models import Event
from lykta.domain.events.services import load_categories
from lykta.infrastructure import jobs
from lykta.infrastructure.imports.models import Run, State
from lykta.web.forms import FILES

GOOD, BAD = line("E1"), line("E2", when="i går")
THAT_WEEK = "/laget/?datum=2026-11-24&fran=2026-v47"


@pytest.fixture
def amina(places, enter):
    load_categories()
    return enter("amina")


def upload(client, text: str, **said: str):
    """Send a file of events, and return the answer."""
    file = SimpleUploadedFile("rapporter.csv", text.encode("utf-8"))
    return client.post("/inlasning/", {"kind": "events", "file": file} | said)


def work() -> None:
    """Do what waits, as the worker would."""
    from django_q.models import OrmQ

    for waiting in OrmQ.objects.order_by("pk"):
        assert waiting.task["func"] == "lykta.infrastructure.jobs.run"
        jobs.run(*waiting.task["args"])
        waiting.delete()


def text_of(client, path: str) -> str:
    """Return what a page says."""
    return client.get(path).content.decode("utf-8")


def test_a_file_is_tried_mended_read_in_and_shown(amina):
    tried = upload(amina, as_file([GOOD, BAD]))
    amina.post(tried.url)
    work()
    mended = amina.post(f"{tried.url}ratta/", fields(text_of(amina, f"{tried.url}ratta/")))
    amina.post(mended.url)
    work()

    assert [run.state for run in Run.objects.filter(kind="events")] == [State.DONE] * 2
    assert set(Event.objects.values_list("key", flat=True)) == {"id:E1", "id:E2"}
    assert shown(text_of(amina, THAT_WEEK)) == 2


def fields(page: str) -> dict[str, str]:
    """Return what the mending page's form sends, with the time mended."""
    found = dict(re.findall(r'name="(\d+-\d+)" value="([^"]*)"', page))
    kept = dict.fromkeys(re.findall(r'name="(\d+-keep)"', page), "on")
    return {k: "2026-11-17" if v == "i går" else v for k, v in found.items()} | kept


def test_a_file_that_is_tried_changes_nothing_until_it_is_read_in(amina):
    answer = upload(amina, as_file([GOOD, BAD]))
    page = text_of(amina, answer.url)

    assert answer.status_code == 302
    assert "Ingenting är ändrat än" in page
    assert "Tidpunkten finns inte eller går inte att läsa" in page
    assert Event.objects.count() == 0


def test_a_run_that_waits_says_so_and_is_not_started_twice(amina):
    url = upload(amina, as_file([GOOD])).url

    amina.post(url)
    waiting = text_of(amina, url)
    amina.post(url)
    work()

    assert "Filen står på tur" in waiting
    assert Run.objects.get(kind="events").state == State.DONE
    assert Event.objects.count() == 1


def test_what_was_said_of_the_file_is_used(amina):
    text = "När;Öst;Norr\n2026-11-18;600500;6600500\n"
    said = {"columns": "time=När\nx=Öst\ny=Norr", "crs": "EPSG:3006"}

    url = upload(amina, text, source="Vakten", reliability="observed", **said).url
    amina.post(url)
    work()

    event = Event.objects.get()
    assert (event.source.name, event.reliability) == ("Vakten", "observed")
    assert event.area.code == "9999A0010"


@pytest.mark.parametrize(
    ("text", "said", "sentence"),
    [
        ("", {}, "filen är tom"),
        ("a;b\n1;2\n", {}, "saknar kolumn för tidpunkt"),
        (as_file([GOOD]), {"columns": "time"}, "går inte att läsa"),
        (as_file([GOOD]), {"columns": "time=Finns inte"}, "finns inte i filen"),
        (as_file([GOOD]), {"crs": "EPSG:0"}, "EPSG:0"),
        (as_file([GOOD]), {"reliability": "rykte"}, "rykte"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page(amina, text, said, sentence):
    answer = upload(amina, text, **said)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Run.objects.filter(kind="events").exists()


def test_a_row_that_is_not_kept_is_not_tried_again(amina):
    tried = upload(amina, as_file([BAD, line("E3", when="i förrgår")]))
    sent = fields(text_of(amina, f"{tried.url}ratta/"))
    sent.pop("2-keep")

    mended = amina.post(f"{tried.url}ratta/", sent)

    run = Run.objects.latest("pk")
    assert mended.url == f"/inlasning/{run.pk}/"
    assert (run.n_read, run.n_added) == (1, 1)


def test_where_no_row_is_kept_it_is_said(amina):
    tried = upload(amina, as_file([BAD]))

    answer = amina.post(f"{tried.url}ratta/", {}, follow=True)

    assert "har inga rader att rätta" in answer.content.decode()
    assert Run.objects.filter(kind="events").count() == 1


def test_the_mending_page_points_at_what_is_wrong(amina):
    tried = upload(amina, as_file([GOOD, BAD]))

    page = text_of(amina, f"{tried.url}ratta/")

    assert re.search(r'value="i går" aria-invalid="true"', page)
    assert page.count('aria-invalid="true"') == 1
    assert "Rad 2" in page


def test_the_rejected_rows_can_be_fetched_mended_and_sent_again(amina):
    tried = upload(amina, as_file([GOOD, BAD]))
    text = text_of(amina, f"{tried.url}avvisade.csv")

    again = upload(amina, text.lstrip("\ufeff").replace("i går", "2026-11-17"))

    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [(row["id"], row["avvisad_rad"]) for row in rows] == [("E2", "2")]
    assert Run.objects.get(pk=int(again.url.split("/")[2])).n_added == 1


def test_no_page_shows_what_looks_personal(amina):
    tried = upload(amina, as_file([line(when="i går", kind="850709-9805")]))

    pages = [text_of(amina, f"{tried.url}{end}") for end in ("", "ratta/", "avvisade.csv")]

    assert not [page for page in pages if "850709-9805" in page]


@pytest.mark.parametrize("name", ["vera", "kerstin", "drift", "cleo"])
def test_others_find_no_page_of_a_run(amina, enter, name):
    tried = upload(amina, as_file([GOOD, BAD]))
    client = enter(name)

    answers = [client.post(tried.url), client.get(f"{tried.url}ratta/"), upload(client, "")]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert Run.objects.get(kind="events").state == State.CHECKED


EVERYTHING = {
    "columns": "", "source": "Någon", "reliability": "heard", "crs": "EPSG:3006",
    "area_kind": "district", "border_origin": "approximation", "border_note": "Dragen för hand.",
    "valid_from": "2026-01-01", "is_ended": "", "year": "2025",
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_is_tried_or_refused_in_words_whatever_else_is_filled_in(amina, kind):
    said = upload(amina, "kod;namn\nX1;Någonstans\n", **EVERYTHING | {"kind": kind})

    assert said.status_code == 302 or set(said.context["form"].errors) == {"file"}


def test_areas_of_one_kind_are_tried_as_the_form_says(amina):
    tried = upload(amina, "kod;namn\n0126-NY;Nyby\n", kind="areas", area_kind="district")

    assert tried.status_code == 302
    assert Run.objects.get(kind="areas", state=State.CHECKED).n_added == 1
