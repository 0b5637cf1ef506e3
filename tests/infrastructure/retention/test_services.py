"""What is due is deleted by the rule that holds, in batches, and the log tells of nobody."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.infrastructure.retention import notes

from lykta.infrastructure.access import NOBODY, SYSTEM, Refused
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.retention import datasets, selectors, services
from lykta.infrastructure.retention.datasets import Found
from lykta.infrastructure.retention.models import Deletion, Erasure, RetentionRule
from lykta.infrastructure.retention.services import BadRule

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
NOW = timezone.make_aware(datetime(2026, 11, 27, 3, 0))


@pytest.fixture(autouse=True)
def registered(settings, tmp_path, monkeypatch):
    settings.RETENTION = {notes.KEY: "tests.infrastructure.retention.notes.NOTES"}
    settings.LYKTA_DIR = tmp_path
    monkeypatch.setattr(services, "BREATH_S", 0)
    services.load(today=TODAY - timedelta(days=400))


def note(days_ago: int, text: str = "Namn Namnsson") -> UUID:
    """Write a note that was closed so many days ago, at noon."""
    thing = uuid4()
    notes.write(thing, text, closed_at=NOW + timedelta(hours=9) - timedelta(days=days_ago))
    return thing


def decide(field: str, keep_days: int | None, valid_from: date = TODAY) -> RetentionRule:
    return services.add_rule(
        SYSTEM,
        key=notes.KEY,
        field=field,
        keep_days=keep_days,
        valid_from=valid_from,
        basis="Gallringsbeslut KS 2026:1",
        today=TODAY,
    )


def names() -> list[str]:
    return sorted(notes.notes().values_list("name", flat=True))


def due() -> dict[str, Found]:
    return {line.field_key: line.due for line in selectors.lines(today=TODAY)}


def test_the_first_rules_say_that_they_are_proposals():
    rules = RetentionRule.objects.in_force(TODAY)

    assert {rule.field: rule.keep_days for rule in rules} == {
        "name": 10, "note": 100, "count": None,
    }  # fmt: skip
    assert {(rule.is_proposal, rule.basis) for rule in rules} == {(True, services.PROPOSED)}


def test_rules_are_proposed_once_and_never_over_a_decision():
    decide("name", 5)

    assert services.load(today=TODAY) == 0
    assert RetentionRule.objects.in_force(TODAY).get(field="name").keep_days == 5


def test_each_day_is_kept_whole_and_goes_the_night_after():
    note(10)
    note(11)

    assert due()["name"] == Found(1, TODAY - timedelta(days=11), TODAY - timedelta(days=11))


def test_only_the_field_whose_time_is_out_is_erased():
    note(5, "ny")
    note(50, "gammal")
    note(500, "äldst")

    done = services.run(now=NOW)

    assert done.counts == {("notes", "name"): 2, ("notes", "note"): 1}
    assert names() == ["", "ny"]
    assert list(notes.notes().values_list("func", flat=True).order_by("func")) == ["gammal", "ny"]


def test_what_is_kept_always_is_never_due():
    note(5000)

    assert due()["count"] == Found(0)


def test_the_later_rule_holds_and_the_one_before_holds_until_then():
    note(8)
    decide("name", 7, TODAY + timedelta(days=1))

    assert due()["name"].n == 0
    assert {line.field_key: line.due.n for line in selectors.lines(today=TODAY + timedelta(1))} == {
        "name": 1, "note": 0, "count": 0,
    }  # fmt: skip


def test_of_two_rules_of_the_same_day_the_later_recorded_holds():
    decide("name", 7)
    last = decide("name", None)

    assert RetentionRule.objects.in_force(TODAY).get(field="name") == last


def test_a_second_run_finds_nothing_and_logs_nothing_but_that_it_looked():
    note(50)
    services.run(now=NOW)
    logged = Deletion.objects.count()

    again = services.run(now=NOW)

    assert (again.n, Deletion.objects.count()) == (0, logged)
    assert [entry.action for entry in Entry.objects.all()].count("retention.run") == 2


def test_a_large_number_goes_in_batches_that_are_one_line_of_the_log(monkeypatch):
    monkeypatch.setattr(datasets, "BATCH", 2)
    for days in range(11, 16):
        note(days)

    services.run(now=NOW)

    assert [row.n for row in Deletion.objects.order_by("id")] == [2, 2, 1]
    (line,) = selectors.log(SYSTEM)
    assert (line.n, line.first_day, line.last_day) == (
        5, TODAY - timedelta(days=15), TODAY - timedelta(days=11),
    )  # fmt: skip


def test_a_run_that_dies_has_logged_what_it_deleted_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(datasets, "BATCH", 2)
    for days in range(11, 16):
        note(days)

    def die(_seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(services, "sleep", die)
        with pytest.raises(KeyboardInterrupt):
            services.run(now=NOW)
    assert (names().count(""), [row.n for row in Deletion.objects.all()]) == (2, [2])

    services.run(now=NOW)

    assert (names(), sum(row.n for row in Deletion.objects.all())) == ([""] * 5, 5)


def test_what_fails_for_one_field_keeps_no_other(monkeypatch):
    note(500)
    stubborn = {"name": replace(notes.NOTES.fields["name"], erase=lambda rows: None)}
    broken = replace(notes.NOTES, fields=notes.NOTES.fields | stubborn)
    monkeypatch.setattr(notes, "NOTES", broken)

    with pytest.raises(ExceptionGroup) as raised:
        services.run(now=NOW)

    assert "still there" in str(raised.value.exceptions[0])
    assert notes.notes().count() == 0
    assert Entry.objects.get(action="retention.run").facts["deleted"] == {"notes.note": 1}


def test_what_a_run_could_not_clear_up_is_cleared_by_the_next(monkeypatch):
    swept: list[set[str]] = []
    answers = iter([False, True])
    monkeypatch.setattr(services, "sweep", lambda tables: (swept.append(tables), next(answers))[1])
    note(20)

    was_swept = [services.run(now=NOW + timedelta(hours=n)).is_swept for n in range(3)]

    assert was_swept == [False, True, True]
    assert swept == [{"django_q_task"}] * 2


def test_what_a_dead_run_deleted_is_cleared_by_the_next(monkeypatch):
    swept: list[set[str]] = []
    monkeypatch.setattr(services, "sweep", lambda tables: bool(swept.append(tables)) or True)
    Deletion.objects.create(dataset=notes.KEY, field="name", n=1, at=NOW)

    services.run(now=NOW + timedelta(days=1))

    assert swept == [{"django_q_task"}]


def test_the_log_and_the_entry_tell_of_nobody():
    things = [note(500, "Hemlig Person"), note(20, "Hemlig Person")]

    services.run(now=NOW)

    said = str(list(Deletion.objects.values())) + str(list(Entry.objects.values_list("facts")))
    assert "Hemlig" not in said
    assert not [thing for thing in things if thing.hex in said or str(thing) in said]


@pytest.mark.parametrize("table", ["retentionrule", "deletion", "erasure"])
def test_the_database_refuses_to_change_what_was_said(table):
    note(50)
    services.run(now=NOW)
    services.remember_erased(notes.KEY, uuid4())

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM retention_{table}")


def test_a_rule_needs_the_right_and_a_day_that_has_not_been():
    with pytest.raises(Refused):
        services.add_rule(
            NOBODY,
            key=notes.KEY,
            field="name",
            keep_days=1,
            valid_from=TODAY,
            basis="",
            today=TODAY,
        )
    with pytest.raises(BadRule, match="förväg"):
        decide("name", 1, TODAY - timedelta(days=1))
    with pytest.raises(BadRule, match="inget sådant"):
        decide("finns inte", 1)


def test_nobody_reads_neither_rules_nor_log():
    with pytest.raises(Refused):
        selectors.log(NOBODY)
    with pytest.raises(Refused):
        selectors.rules(NOBODY)


@pytest.mark.parametrize(("days", "n"), [(12, 0), (13, 1)])
def test_what_has_waited_for_two_nights_is_overdue(days, n):
    note(days)

    assert selectors.n_overdue(today=TODAY) == n


def test_what_was_erased_by_hand_is_erased_again_where_it_has_come_back():
    thing, other = note(1), note(1)
    services.remember_erased(notes.KEY, thing)

    services.run_again(now=NOW)

    assert [row.pk for row in notes.notes()] == [other.hex]
    assert Deletion.objects.get().rule is None


def test_what_had_been_deleted_is_deleted_again_though_the_rule_is_another_now(
    django_capture_on_commit_callbacks,
):
    note(20, "Namn Namnsson")
    with django_capture_on_commit_callbacks(execute=True):
        thing = uuid4()
        services.remember_erased(notes.KEY, thing)
    services.run(now=NOW)
    forget_all()
    notes.write(thing, "raderad", closed_at=NOW)
    note(20, "Namn Namnsson")
    decide("name", None)

    services.run_again(now=NOW)

    assert names() == [""]
    assert list(Erasure.objects.values_list("key", flat=True)) == [thing]


def forget_all() -> None:
    """Let the database be as one from before: it knows of no deletion and no note."""
    notes.notes().delete()
    with connection.cursor() as cursor:
        for table in ("retention_deletion", "retention_erasure"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_DELETE")
            else:
                cursor.execute(f"DROP TRIGGER {table}_refuse ON {table}")
            cursor.execute(f"DELETE FROM {table}")


def test_a_key_is_remembered_only_where_it_can_be_erased_again(monkeypatch):
    monkeypatch.setattr(notes, "NOTES", replace(notes.NOTES, erase_keys=None))

    with pytest.raises(ValueError, match="cannot erase by key"):
        services.remember_erased(notes.KEY, uuid4())
