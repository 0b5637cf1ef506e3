"""The last two years of the demo's events as people reported them: in words, by an organisation.

What is written is put together from sentences of this program; it tells of places, never of anyone.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from lykta.demo import patterns
from lykta.demo.tables import rows_of
from lykta.demo.worlds import World

FIRST_DAY = np.datetime64("2024-11-01")
HEADER = (
    *("händelse", "mottagen", "organisation", "beskrivning", "hur_det_är_känt", "allvar"),
    "källa",
)
# Of ten reports seven tell of what the reporter saw.
BASES, _BASIS_SHARES = ("observed", "heard", "assessed"), (0.7, 0.18, 0.12)
_SEVERITIES, _SEVERITY_SHARES = ("", "1", "2", "3"), (0.45, 0.25, 0.22, 0.08)
# Most are sent the same day, some a few days late.
_MEAN_DELAY_H = 14
# The seed of the words: the same events are told in the same words.
_SEED = 7


def lines(world: World, *, after: int = 0) -> list[Sequence[str]]:
    """Return the reports of the last two years, one for each event, in the order of the events.

    The events are numbered on from so many others.
    """
    events, rng = world.events, np.random.default_rng(_SEED)
    chosen = np.flatnonzero(events.starts_at >= FIRST_DAY)
    said = _sentences()
    n = len(chosen)
    basis = rng.choice(BASES, size=n, p=_BASIS_SHARES)
    severity = rng.choice(_SEVERITIES, size=n, p=_SEVERITY_SHARES)
    delay = np.minimum(rng.exponential(_MEAN_DELAY_H * 60, size=n), 6 * 24 * 60).astype(int)
    received = events.ends_at[chosen] + delay.astype("timedelta64[m]")
    names = [category.name for category in patterns.CATEGORIES]
    reporters = [reporter.name for reporter in patterns.REPORTERS]
    return [
        (
            f"EX-{after + number + 1:05d}",
            str(at),
            reporters[events.reporter[number]],
            _told(rng, said, names[events.category[number]]),
            str(how),
            str(grave),
            patterns.SOURCE,
        )
        for number, at, how, grave in zip(chosen, received, basis, severity, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One report of the file."""

    event: str
    received_at: datetime
    organisation: str
    description: str
    basis: str
    severity: int | None

    @property
    def day(self) -> date:
        """Return the day it was received."""
        return self.received_at.date()


def read(path: Path) -> list[Line]:
    """Return the reports of a file that `lines` has been written to."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Line(
                event=row["händelse"],
                received_at=datetime.fromisoformat(row["mottagen"]),
                organisation=row["organisation"],
                description=row["beskrivning"],
                basis=row["hur_det_är_känt"],
                severity=int(row["allvar"]) if row["allvar"] else None,
            )
            for row in csv.DictReader(file, delimiter=";")
        ]


def _sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows_of("meningar.csv"):
        found.setdefault(row["kategori"], []).append(row["mening"])
    return found


def _told(rng: np.random.Generator, said: dict[str, list[str]], category: str) -> str:
    """Return what is said of one event: what happened, and sometimes what was done about it."""
    first = said[category][rng.integers(len(said[category]))]
    after = said["efter"]
    if rng.random() < 0.5:
        return first
    return f"{first} {after[rng.integers(len(after))]}"
