"""The steps of migrations by which the database notes that a table has changed, whoever did it."""

from django.db import migrations

from lykta.infrastructure import triggers

_ACTS = ("INSERT", "UPDATE", "DELETE")
_NOTE = """
INSERT INTO changes_change ("table", mark) VALUES ('{table}', {drawn})
ON CONFLICT ("table") DO UPDATE SET mark = excluded.mark;
"""
_SQLITE = f"""
CREATE TRIGGER {{table}}_noted_{{act}} AFTER {{act}}{{of}} ON {{table}}
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
    return triggers.step(
        sqlite=[
            _SQLITE.format(table=table, act=act, of=of if act == "UPDATE" else "") for act in _ACTS
        ],
        postgresql=[_POSTGRESQL.format(table=table, of=of)],
        undo_sqlite=[f"DROP TRIGGER {table}_noted_{act}" for act in _ACTS],
        undo_postgresql=[_UNDO_POSTGRESQL.format(table=table)],
    )
