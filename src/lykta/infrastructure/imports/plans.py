"""What a room hands over so that its files can be read in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.models import Run

Cells = Mapping[int, Mapping[str, str]]  # number of a row -> column -> text


class Fault(Protocol):
    """A row that is not accepted, as the readers of files say it."""

    @property
    def row(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to write: new, or new in part."""

    key: str  # what it is about, for the reader
    is_new: bool
    what: tuple[str, ...]  # the names of what differs; empty for what is new
    row: int
    values: Any  # as the room's `write` takes it


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change, found without changing anything; the same each time it is asked."""

    n_read: int
    changes: Sequence[Change]  # may be made as they are asked for: a file may have a million
    n_added: int  # of the changes; the others change what is known
    n_unchanged: int
    rejected: Sequence[Fault] = ()
    n_rejected: int | None = None  # where more are rejected than are listed
    n_outside: int = 0
    notes: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)  # which column was read as what
    kept_columns: tuple[str, ...] = ()  # of a rejected row; () for all that lykta may hold


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of file is read in."""

    right: str  # what it takes to read such a file in
    options: frozenset[str]  # what can be said of a file where it does not say it itself
    plan: Callable[[Path, dict[str, Any]], Plan]
    write: Callable[[Run, Sequence[Change]], None]  # one batch, in one transaction
    withdraw: Callable[[Run], None]  # takes away what an unfinished run wrote
    # In the transaction that makes the rows visible.
    finish: Callable[[Run, Plan], None] = lambda _run, _plan: None
    columns: Callable[[Path], tuple[str, ...]] | None = None  # None: columns are not remembered
    # The texts of some rows and columns, so that what is rejected can be mended without the file.
    cells: Callable[[Path, Sequence[int], Sequence[str]], Cells] | None = None


class UnknownKind(LyktaError):
    """Files of this kind cannot be read in."""

    code = "unknown-import"


def lengths_of(*models: type[Model]) -> dict[str, int]:
    """Return how many letters each field of free text holds; SQLite would hold more."""
    return {
        each.name: each.max_length
        for model in models
        for each in model._meta.concrete_fields
        if each.max_length and not each.choices
    }


def too_long(values: Mapping[str, Any], lengths: Mapping[str, int]) -> tuple[str, str, str] | None:
    """Return the name of a value that does not fit, its text, and why; None where all do."""
    for name, longest in lengths.items():
        text = str(values.get(name) or "")
        if len(text) > longest:
            return name, text, f"Texten är längre än {longest} tecken; korta den."
    return None


def importer_of(kind: str) -> Importer:
    """Return the importer that the project has named for a kind."""
    if kind not in settings.IMPORTERS:
        known = ", ".join(sorted(settings.IMPORTERS))
        raise UnknownKind(f"Slaget ”{kind}” kan inte läsas in. Välj bland {known}.")
    found: Importer = import_string(settings.IMPORTERS[kind])
    return found
