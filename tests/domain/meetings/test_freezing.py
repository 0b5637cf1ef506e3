"""A frozen week is immutable, agrees with Läget, and tells late reports as late."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.domain.events import told
from tests.domain.meetings.conftest import NOW, WEEK, accept, report
from tests.domain.places.conftest import TODAY

from lykta.domain.documents.models import Document
from lykta.domain.events import selectors as events
from lykta.domain.events.rules import State
from lykta.domain.meetings import selectors, services
from lykta.domain.meetings.models import Meeting, WeeklyPicture
from lykta.domain.meetings.services.freezing import AlreadyFrozen
from lykta.domain.places import selectors as places
from lykta.infrastructure import storage
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.errors import BadPeriod
from lykta.infrastructure.locked import LockedRow
from lykta.infrastructure.snapshots import DamagedSnapshot


def figures():
    return selectors.figures_of(WeeklyPicture.objects.get())


def test_the_counts_are_those_of_laget(frozen):
    rows = places.areas(SYSTEM, as_of=TODAY)
    there = events.known(events.FOR_PARTNERS, as_of=TODAY)
    asked = events.Asked(WEEK.monday, WEEK.monday)
    same = events.situation(events.FOR_PARTNERS, asked, as_of=TODAY, rows=rows, there=there)
    found = figures()

    def told_of(division):
        ch = division.changes
        return [
            (int(n), round(float(e), 9), round(float(r), 9), round(float(lo), 9))
            for n, e, r, lo in zip(ch.count, division.expected, ch.ratio, ch.low, strict=True)
        ]

    def said(lines):
        return [
            (x["count"], round(x["expected"], 9), round(x["ratio"], 9), round(x["low"], 9))
            for x in lines
        ]

    assert found["total"]["count"] == 8
    assert said([found["total"]]) == told_of(same.total)
    assert said(found["areas"]) == told_of(same.districts)
    assert said(found["categories"]) == told_of(same.categories)
    assert [x["name"] for x in found["areas"]] == ["Åsa", "Östra"]


def test_what_is_compared_with_is_what_came_then(frozen):
    total = figures()["total"]

    assert (total["previous"], total["mean_4"], total["year_ago"]) == (5, 5, 5)
    assert total["expected"] == 5


def test_the_reports_stand_in_the_picture_and_a_meeting_is_planned(frozen):
    assert {row.state for row in events.reports(SYSTEM)} == {State.IN_PICTURE}
    assert Meeting.objects.get().monday == WEEK.monday


def test_the_same_week_is_not_frozen_twice(frozen, amina):
    with pytest.raises(AlreadyFrozen):
        services.freeze(amina, WEEK, now=NOW)


def test_a_week_that_is_not_over_is_not_frozen(town, amina):
    with pytest.raises(BadPeriod, match="inte slut"):
        services.freeze(amina, WEEK.after, now=NOW)


@pytest.mark.parametrize("name", ["leo", "harriet", "vera", "kerstin", "drift", "cleo"])
def test_only_the_coordinator_freezes(town, name):
    with pytest.raises(Refused):
        services.freeze(told.reach(name), WEEK, now=NOW)


def test_a_frozen_week_stays_though_more_comes(frozen, amina):
    before = figures()
    accept(report("harriet", description="Mer klotter på andra sidan"), now=NOW)

    assert figures() == before
    assert events.known(events.FOR_PARTNERS, as_of=TODAY).n_events == 5 * 156 + 4


def test_a_late_report_is_told_in_the_next_picture_and_only_there(frozen, amina):
    accept(report("harriet"), now=NOW + timedelta(hours=1))
    weeks = (WEEK.after, WEEK.after.after)
    late = []
    for n, week in enumerate(weeks, start=1):
        services.freeze(amina, week, now=NOW + timedelta(weeks=n))
        row = WeeklyPicture.objects.get(monday=week.monday)
        late.append(selectors.figures_of(row)["late"])

    assert late == [[{"week": WEEK.key, "category": "Skadegörelse"}], []]


@pytest.mark.parametrize("values", [{"monday": WEEK.before.monday}, {"figures_sha256": "0" * 64}])
def test_the_orm_cannot_change_a_frozen_week(frozen, values):
    for name, value in values.items():
        setattr(frozen, name, value)

    with pytest.raises(LockedRow):
        frozen.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        WeeklyPicture.objects.update(**values)
    with pytest.raises(LockedRow):
        frozen.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        WeeklyPicture.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meetings_weeklypicture SET figures_sha256 = 'x'",
        "DELETE FROM meetings_weeklypicture",
        "UPDATE documents_document SET sha256 = 'x'",
        "DELETE FROM documents_document",
    ],
)
def test_sql_cannot_change_a_frozen_week(frozen, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert WeeklyPicture.objects.get().figures_sha256 == frozen.figures_sha256


def test_figures_that_have_been_changed_on_disk_are_not_shown(frozen):
    path = storage.path_of(frozen.figures_sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b'"count": 8', b'"count": 3'))

    with pytest.raises(DamagedSnapshot):
        figures()


def test_nothing_that_was_written_is_in_the_picture(frozen):
    row = events.reports(SYSTEM).first()
    kept = b"".join(
        storage.path_of(each).read_bytes()
        for each in (frozen.figures_sha256, Document.objects.get().sha256)
    )

    assert row.description.encode() not in kept
    assert b"Lyktparken" not in kept


def test_a_narrative_that_tells_of_a_person_stops_it(town, amina):
    with pytest.raises(Exception, match="Ta bort"):
        services.freeze(amina, WEEK, now=NOW, narrative="Ring 070-123 45 67 om grillen.")

    assert not WeeklyPicture.objects.exists()


def test_json_pdf_docx_html_and_csv_say_the_same(frozen, amina):
    import io

    import docx
    import pypdfium2

    document = Document.objects.get()
    paths = {name: services.form(amina, document, name) for name in ("json", "pdf", "docx", "csv")}
    data = json.loads(paths["json"].read_bytes())["data"]
    pdf = "\n".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paths["pdf"])
    )
    word = docx.Document(io.BytesIO(paths["docx"].read_bytes()))
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    lines = paths["csv"].read_text(encoding="utf-8-sig").splitlines()

    assert data["total"]["count"] == 8
    assert "kom 8 händelser" in pdf.replace("\n", " ").replace("\xa0", " ")
    assert cells[-1][:3] == ["Hela kommunen", "8", "5,0"]
    assert lines[1].split(";")[:4] == ["alla", "alla", "8", "5"]
    assert [row[1] for row in cells[1:]] == [str(x["count"]) for x in data["areas"]] + ["8"]
