"""Steps of migrations that each database says in its own words."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

Said = Sequence[str]


def step(
    *, sqlite: Said, postgresql: Said, undo_sqlite: Said, undo_postgresql: Said
) -> migrations.RunPython:
    """Return the step that runs the statements of the database at hand, and how it is undone."""

    def forwards(_apps: Any, editor: Any) -> None:
        _run(editor, sqlite, postgresql)

    def backwards(_apps: Any, editor: Any) -> None:
        _run(editor, undo_sqlite, undo_postgresql)

    return migrations.RunPython(forwards, backwards)


def _run(editor: Any, sqlite: Said, postgresql: Said) -> None:
    for said in sqlite if editor.connection.vendor == "sqlite" else postgresql:
        editor.execute(said)
