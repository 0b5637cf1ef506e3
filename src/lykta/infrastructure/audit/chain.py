"""How entries hang together: each holds the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from lykta.infrastructure.audit.models import Entry

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the chain is broken, and how it shows, in Swedish."""

    number: int
    what: str


def digest(entry: Entry) -> str:
    """Return the SHA-256 of all that an entry says, the hash before it included."""
    said = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.facts,
        entry.previous,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def faults(entries: Iterable[Entry], *, anchors: dict[int, str], last: int) -> list[Fault]:
    """Return where the entries do not hang together, or differ from what was anchored.

    `anchors` are hashes by number, written down outside the database; `last` is the number that
    the chain says it ends at.
    """
    found, previous, number = [], START, 0
    for entry in entries:
        if entry.number != number + 1:
            found.append(Fault(number + 1, f"post {number + 1} saknas"))
        if entry.previous != previous and entry.number == number + 1:
            found.append(Fault(entry.number, f"post {entry.number} hänger inte ihop med den före"))
        if digest(entry) != entry.hash:
            found.append(Fault(entry.number, f"post {entry.number} har ändrats"))
        if anchors.get(entry.number, entry.hash) != entry.hash:
            found.append(Fault(entry.number, f"post {entry.number} skiljer sig från ankarfilen"))
        previous, number = entry.hash, entry.number
    end = max([last, *anchors])
    if number < end:
        found.append(Fault(number + 1, f"post {number + 1} till {end} saknas i slutet"))
    return found


def anchors_in(folder: Path) -> dict[int, str]:
    """Return the hashes that have been anchored, by number."""
    lines = (path.read_text(encoding="utf-8").split() for path in sorted(folder.glob("*.txt")))
    return {int(line[0]): line[1] for line in lines if len(line) == 2}
