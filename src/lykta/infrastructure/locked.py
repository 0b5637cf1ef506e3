"""Rows that are never changed once they are written, by code or past it."""

from typing import Any, NoReturn

from django.db import migrations, models

from lykta.infrastructure import triggers

_SQLITE = """
CREATE TRIGGER {table}_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END;
"""
_POSTGRESQL = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is never changed'; END $$;
CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();
"""
_UNDO_POSTGRESQL = "DROP TRIGGER {table}_refuse ON {table}; DROP FUNCTION {table}_refuse();"
_ACTS = ("UPDATE", "DELETE")


class LockedRow(RuntimeError):
    """A row that is locked was about to be changed; a mistake in the program, not of a user."""


class Locked(models.Model):
    """Låst: a row that is added once and then stays as it is."""

    class Meta:
        """The base of tables, and no table itself."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; raise where it is there already."""
        if not self._state.adding:
            _refuse(self)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Raise: what is locked stays."""
        _refuse(self)


def refuse_changes(table: str) -> migrations.RunPython:
    """Return the step of a migration by which the database itself refuses to change a table."""
    return triggers.step(
        sqlite=[_SQLITE.format(table=table, act=act) for act in _ACTS],
        postgresql=[_POSTGRESQL.format(table=table)],
        undo_sqlite=[f"DROP TRIGGER {table}_{act}" for act in _ACTS],
        undo_postgresql=[_UNDO_POSTGRESQL.format(table=table)],
    )


def _refuse(row: models.Model) -> NoReturn:
    raise LockedRow(f"{row._meta.label_lower} {row.pk} is locked; add a row of its own")
