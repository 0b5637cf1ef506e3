"""Put the end of the chain in its place, and let the database itself refuse to change an entry."""

from typing import Any, ClassVar

from django.db import migrations

START = "0" * 64
_SQLITE = """
CREATE TRIGGER audit_entry_{act} BEFORE {act} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
"""
_POSTGRESQL = """
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
"""
_UNDO_POSTGRESQL = """
DROP TRIGGER audit_entry_refuse ON audit_entry;
DROP FUNCTION audit_entry_refuse();
"""


def refuse(apps: Any, editor: Any) -> None:
    """Add the triggers and the first end of the chain."""
    if editor.connection.vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            editor.execute(_SQLITE.format(act=act))
    else:
        editor.execute(_POSTGRESQL)
    apps.get_model("audit", "Tail").objects.create(pk=1, number=0, hash=START)


def allow(apps: Any, editor: Any) -> None:
    """Take the triggers away again."""
    if editor.connection.vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER audit_entry_{act}")
    else:
        editor.execute(_UNDO_POSTGRESQL)
    apps.get_model("audit", "Tail").objects.all().delete()


class Migration(migrations.Migration):
    """An append-only log."""

    dependencies: ClassVar = [("audit", "0001_tables")]
    operations: ClassVar = [migrations.RunPython(refuse, allow)]
