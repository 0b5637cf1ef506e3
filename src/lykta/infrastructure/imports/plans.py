"""What a room hands over so that its files can be read in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports.models import Run


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
    changes: tuple[Change, ...]
    n_unchanged: int
    rejected: Sequence[Fault] = ()
    n_outside: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of file is read in."""

    plan: Callable[[Path, dict[str, Any]], Plan]
    write: Callable[[Run, Sequence[Change]], None]  # one batch, in one transaction
    finish: Callable[[Run, Plan], None]  # in the transaction that makes the rows visible
    withdraw: Callable[[Run], None]  # takes away what an unfinished run wrote


class UnknownKind(LyktaError):
    """Files of this kind cannot be read in."""

    code = "unknown-import"


def importer_of(kind: str) -> Importer:
    """Return the importer that the project has named for a kind."""
    if kind not in settings.IMPORTERS:
        known = ", ".join(sorted(settings.IMPORTERS))
        raise UnknownKind(f"Slaget ”{kind}” kan inte läsas in. Välj bland {known}.")
    found: Importer = import_string(settings.IMPORTERS[kind])
    return found
