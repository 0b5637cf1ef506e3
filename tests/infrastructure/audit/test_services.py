"""The audit log is a chain, and a change is noticed."""

import pytest
from django.db import DatabaseError, connection, transaction

from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.audit.models import Entry

pytestmark = pytest.mark.django_db


def three_entries() -> list[Entry]:
    return [audit.record("test.done", actor=None, step=step) for step in range(3)]


def forget(sql: str) -> None:
    """Change the log in the one way that the database does not refuse: without its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_UPDATE")
            cursor.execute("DROP TRIGGER audit_entry_DELETE")
        else:
            cursor.execute("DROP TRIGGER audit_entry_refuse ON audit_entry")
        cursor.execute(sql)


def test_an_untouched_log_is_whole():
    three_entries()

    assert audit.verify() == []


def test_each_entry_holds_the_hash_of_the_one_before():
    first, second, third = three_entries()

    assert second.previous == first.hash
    assert third.previous == second.hash


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(sql: str):
    three_entries()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


def test_a_changed_entry_is_noticed():
    three_entries()

    forget("UPDATE audit_entry SET action = 'test.undone' WHERE number = 2")

    assert [(fault.number, fault.what) for fault in audit.verify()] == [(2, "post 2 har ändrats")]


def test_a_removed_entry_is_noticed():
    three_entries()

    forget("DELETE FROM audit_entry WHERE number = 2")

    assert audit.verify()[0].what == "post 2 saknas"


def test_a_shortened_log_is_noticed():
    three_entries()

    forget("DELETE FROM audit_entry WHERE number = 3")

    assert [fault.what for fault in audit.verify()] == ["post 3 till 3 saknas i slutet"]


def test_a_log_rewritten_whole_differs_from_what_was_anchored(settings, tmp_path):
    settings.LYKTA_DIR = tmp_path
    three_entries()
    audit.anchor()

    forget("DELETE FROM audit_entry")
    connection.cursor().execute(f"UPDATE audit_tail SET number = 0, hash = '{'0' * 64}'")
    for step in range(3):
        audit.record("test.done", actor=None, step=step + 10)

    assert [fault.what for fault in audit.verify()] == ["post 3 skiljer sig från ankarfilen"]
