"""The steps of migrations by which the database notes that a table has changed, whoever did it."""

from typing import Any

from django.db import migrations

_ACTS = ("INSERT", "UPDATE", "DELETE")
_NOTE = """
INSERT INTO changes_change ("table", mark) VALUES ('{table}', {drawn})
ON CONFLICT ("table") DO UPDATE SET mark = excluded.mark;
"""
_SQLITE = f"""
CREATE TRIGGER {{table}}_noted_{{act}} AFTER {{act}} ON {{table}}
BEGIN {_NOTE.format(table="{table}", drawn="hex(randomblob(16))")} END;
"""
_POSTGRESQL = f"""
CREATE FUNCTION {{table}}_noted() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN {_NOTE.format(table="{table}", drawn="gen_random_uuid()")} RETURN NULL; END $$;
CREATE TRIGGER {{table}}_noted AFTER INSERT OR UPDATE{{of}} OR DELETE ON {{table}}
FOR EACH STATEMENT EXECUTE FUNCTION {{table}}_noted();
"""
_UNDO_POSTGRESQL = "DROP TRIGGER {table}_noted ON {table}; DROP FUNCTION {table}_noted();"


def watch(table: str, *, column: str = "") -> migrations.RunPython:
    """Return the step after which changes of a table are noted; of the rows there, in one column.

    column : "" for all. A table that SQLite builds anew in a later migration is watched anew there.
    """
    of = f" OF {column}" if column else ""

    def note(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            for act in _ACTS:
                said = _SQLITE.format(table=table, act=act)
                editor.execute(said.replace(" AFTER UPDATE", f" AFTER UPDATE{of}"))
        else:
            editor.execute(_POSTGRESQL.format(table=table, of=of))

    def forget(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            for act in _ACTS:
                editor.execute(f"DROP TRIGGER {table}_noted_{act}")
        else:
            editor.execute(_UNDO_POSTGRESQL.format(table=table))

    return migrations.RunPython(note, forget)
