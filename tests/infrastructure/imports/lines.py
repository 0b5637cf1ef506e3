"""An importer made up for the tests: each line of a file is a name; a line of "!" is rejected."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.imports.plans import Change, Importer, Plan
from lykta.sources.records import RowError

KIND = "lines"


def plan(path: Path, options: dict[str, Any]) -> Plan:
    """Return the names that are not known from a run that is done."""
    lines = path.read_text(encoding="utf-8").split()
    if "unreadable" in options:
        raise LyktaError("Filen går inte att läsa.")
    known = set(names())
    good = [(row, line) for row, line in enumerate(lines, start=1) if line != "!"]
    new = [(row, line) for row, line in good if line not in known]
    return Plan(
        n_read=len(lines),
        changes=tuple(
            Change(line, is_new=True, what=(), row=row, values=line) for row, line in new
        ),
        n_added=len(new),
        n_unchanged=len(good) - len(new),
        rejected=[RowError(lines.index("!") + 1, "namn", "!", "Ett namn saknas.")]
        if "!" in lines
        else [],
    )


def write(run: Run, changes: Sequence[Change]) -> None:
    """Write one batch of names."""
    for change in changes:
        ContentType.objects.create(app_label=f"{KIND}-{run.pk}", model=change.values)


def withdraw(run: Run) -> None:
    """Take away the names of a run."""
    written().filter(app_label=f"{KIND}-{run.pk}").delete()


def written() -> QuerySet[ContentType]:
    """Return every name that is written, seen or not, in a table that happens to be at hand."""
    return ContentType.objects.filter(app_label__startswith=f"{KIND}-")


def names() -> list[str]:
    """Return the names that are visible: those of runs that are done."""
    done = set(Run.objects.filter(state=State.DONE).values_list("pk", flat=True))
    rows = written().order_by("id")
    return [row.model for row in rows if int(row.app_label.removeprefix(f"{KIND}-")) in done]


LINES = Importer(
    right="write lines", options=frozenset(), plan=plan, write=write, withdraw=withdraw
)
