"""What a page and a command may ask of the imports: by right, with memory, and with mending."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests import people
from tests.domain.events.conftest import half_written
from tests.domain.events.reports import as_file, line
from tests.domain.places.conftest import TODAY

from lykta.domain.events.models import Event
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import SYSTEM, Reach, Refused
from lykta.infrastructure.imports import doors, services
from lykta.infrastructure.imports.doors import BadOption, NothingToMend
from lykta.infrastructure.imports.models import RejectedRow, Remembered, Run, State
from lykta.infrastructure.imports.rejected import mending_table

KINDS = {
    *("events", "categories", "areas", "population", "listings", "editions", "observations"),
    "places",
}
OWN_WORDS = "När det var;Var;Vad\n2026-11-18;9999-OST;Klotter\n"
MAPPING = {"time": "När det var", "area": "Var", "category": "Vad"}
REMEMBERED = "Kolumnerna lästes som i den förra filen med samma kolumner."


def reach(name: str) -> Reach:
    """Return what one of the cast may see and do."""
    return reach_of(people.account(name).pk, on=TODAY)


def as_text(run: Run) -> str:
    """Return the file of a run's rejected rows as it is handed out."""
    rows = doors.mendable(run)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(mending_table(rows, doors.columns_of(rows)))
    return text.getvalue()


@pytest.mark.parametrize(
    ("name", "kinds"), [("amina", KINDS), ("leo", KINDS), ("vera", set()), ("cleo", set())]
)
def test_each_may_read_in_the_kinds_of_files_that_her_role_gives(db, name, kinds):
    assert set(doors.kinds_for(reach(name))) == kinds


@pytest.mark.parametrize("name", ["cleo", "vera", "drift", "kerstin"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_others_are_refused_before_the_file_is_looked_at(town, name, kind):
    file = SimpleUploadedFile("x.csv", b"")

    with pytest.raises(Refused):
        doors.check_upload(reach(name), kind, file, today=TODAY, options={})


def test_others_may_not_start_what_someone_else_has_checked(report):
    run = report(line(), is_trial=True)

    with pytest.raises(Refused):
        doors.start(reach("vera"), run)

    run.refresh_from_db()
    assert run.state == State.CHECKED


def test_others_may_not_mend_what_someone_else_has_checked(report):
    run = report(line(when="i går"), is_trial=True)

    with pytest.raises(Refused):
        doors.mend(reach("vera"), run, [doors.mendable(run)[0].cells], today=TODAY)


def test_who_read_a_file_in_stands_with_it(town, write):
    run = doors.read_in(reach("leo"), "events", write("f.csv", as_file([line()])), today=TODAY)

    assert run.started_by.email == "leo@example.org"


def test_an_option_that_does_not_exist_is_refused_with_those_that_do(report):
    with pytest.raises(BadOption, match=r"”valid_from”.*crs, mapping, reliability, source"):
        report(line(), valid_from=TODAY)


def test_an_empty_option_is_as_none(report):
    run = report(line(), crs="", mapping={}, source=None)

    assert run.options == {"read_on": "2026-11-24"}


def test_which_column_is_what_is_remembered_for_the_next_file_with_the_same_columns(town):
    town("events", "en.csv", OWN_WORDS, mapping=MAPPING)

    run = town("events", "två.csv", OWN_WORDS.replace("18", "17"))

    assert (run.n_added, run.n_rejected) == (1, 0)
    assert run.mapping == MAPPING
    assert run.notes[0] == REMEMBERED


def test_the_order_of_the_columns_is_no_matter_but_another_column_is(town):
    town("events", "en.csv", OWN_WORDS, mapping=MAPPING)

    turned = town("events", "b.csv", "Vad;Var;När det var\nKlotter;9999-OST;2026-11-17\n")

    assert turned.notes[0] == REMEMBERED
    with pytest.raises(Exception, match="saknar kolumn för tidpunkt"):
        town("events", "c.csv", OWN_WORDS.replace("Vad", "Slag"))


def test_what_is_said_now_goes_before_what_was_said_then(town):
    town("events", "en.csv", OWN_WORDS, mapping=MAPPING)

    run = town("events", "två.csv", OWN_WORDS, mapping={"time": "När det var"})

    assert REMEMBERED not in run.notes
    assert "category" not in run.mapping


def test_a_file_that_was_only_tried_is_not_remembered(town):
    town("events", "en.csv", OWN_WORDS, mapping=MAPPING, is_trial=True)

    assert not Remembered.objects.exists()


def test_a_mapping_of_one_kind_is_not_used_for_another(town):
    town("events", "en.csv", OWN_WORDS, mapping=MAPPING)

    with pytest.raises(Exception, match="kolumn"):
        town("categories", "två.csv", OWN_WORDS)


def test_mended_rows_are_read_in(report):
    run = report(line("E1"), line("E2", when="i går"), line("E3", to="2020-01-01"))
    mended = [
        row.cells | {"tidpunkt": "2026-11-17", "tidpunkt_till": ""} for row in doors.mendable(run)
    ]

    again = services.carry_out(doors.mend(SYSTEM, run, mended, today=TODAY))

    assert (again.n_read, again.n_added, again.n_rejected) == (2, 2, 0)
    assert set(Event.objects.values_list("key", flat=True)) == {"id:E1", "id:E2", "id:E3"}


def test_mended_rows_are_read_as_the_file_they_came_from(town):
    file = OWN_WORDS + "fel;9999-OST;Buller\n"
    run = town("events", "en.csv", file, mapping=MAPPING, reliability="heard", source="Vakten")
    mended = [row.cells | {"När det var": "2026-11-17"} for row in doors.mendable(run)]

    again = services.carry_out(doors.mend(SYSTEM, run, mended, today=TODAY))

    event = Event.objects.latest("pk")
    assert again.n_added == 1
    assert (event.reliability, event.source.name) == ("heard", "Vakten")


def test_mended_rows_that_are_still_wrong_are_rejected_again(report):
    run = report(line("E2", when="i går"))

    again = doors.mend(SYSTEM, run, [doors.mendable(run)[0].cells], today=TODAY)

    assert (again.state, again.n_rejected) == (State.CHECKED, 1)
    assert doors.mendable(again)[0].cells["tidpunkt"] == "i går"


def test_where_there_is_nothing_to_mend_it_is_said(report):
    with pytest.raises(NothingToMend, match="inga rader att rätta"):
        doors.mend(SYSTEM, report(line()), [{"id": "E1"}], today=TODAY)


PRIVATE = """När det var;Vad;Namn;Födelseland;Telefon;Anteckning;Beskrivning
i går;Klotter;Kim;Norge;070-1234567;Ring 850709-9805;Kim sågs
"""


def test_what_is_kept_of_a_rejected_row_is_only_what_lykta_may_hold(town):
    run = town("events", "p.csv", PRIVATE, mapping={"time": "När det var", "category": "Vad"})

    assert run.n_rejected == 1
    assert doors.mendable(run)[0].cells == {"När det var": "i går", "Vad": "Klotter"}
    assert "Kim" not in as_text(run)


@pytest.mark.parametrize("kind", ["19850709-9805", "850709-9805", "kim@example.org"])
def test_what_looks_personal_is_hidden_where_it_stands(report, kind):
    run = report(line(kind=kind, when="i går"))

    texts = as_text(run) + "".join(row.value for row in RejectedRow.objects.all())
    assert kind not in texts
    assert "(dold: liknar en personuppgift)" in texts


def test_the_file_of_rejected_rows_is_harmless_to_open_and_keeps_its_numbers(report):
    run = report(line("=1+1", when="i går", at=None, area="-5,5"))

    cells = next(csv.DictReader(io.StringIO(as_text(run)), delimiter=";"))

    assert (cells["id"], cells["område"]) == ("'=1+1", "-5,5")
    assert cells["orsak"].startswith("tidpunkt: Tidpunkten")


def test_a_mended_file_with_the_added_columns_finds_what_was_remembered(town):
    run = town("events", "en.csv", OWN_WORDS + "fel;9999-OST;Buller\n", mapping=MAPPING)

    again = town("events", "avvisade.csv", as_text(run).replace("fel;", "2026-11-17;", 1))

    assert again.notes[0] == REMEMBERED
    assert (again.n_added, again.n_rejected) == (1, 0)


def test_what_a_failed_run_left_is_taken_away_by_night(report):
    report(line("E1", kind="Klotter"))
    run = half_written(report(line("E1", kind="Buller"), line("E2"), is_trial=True))
    Run.objects.filter(pk=run.pk).update(state=State.FAILED, finished_at=timezone.now())

    services.clear_now()

    assert [event.category.code for event in Event.objects.all()] == ["GRAFFITI"]
    assert Event.objects.get().replaced_by is None
