"""What events are, and how fine a picture of them may be, by reader."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reliability(StrEnum):
    """Tillförlitlighet: how it is known that something happened."""

    OBSERVED = "observed"
    HEARD = "heard"
    ASSESSED = "assessed"
    REGISTERED = "registered"  # as it stands in another register


RELIABILITIES = {
    Reliability.OBSERVED: "observerat",
    Reliability.HEARD: "hörsägen",
    Reliability.ASSESSED: "bedömt",
    Reliability.REGISTERED: "registrerat",
}


class Subject(StrEnum):
    """What an event may tell of, which decides how small counts of it are shown."""

    PLACE = "place"  # things and places: a lamp, graffiti, litter
    EVENT = "event"  # there may be a victim or a suspect
    GRAVE = "grave"  # rare, grave and known to all: shootings, explosions, deaths


# What an exported event's id begins with where its source has none for it.
OWN_ID = "lykta:"
# A word that no list of categories knows is taken for the kind that is shown most carefully.
UNKNOWN_SUBJECT = Subject.EVENT


@dataclass(frozen=True, slots=True)
class Fineness:
    """How fine a picture one kind of reader may see."""

    audience: str  # "public", "partners" or "staff"
    valid_from: date
    finest_unit: str  # "week" or "month"
    smallest_shown: int  # smaller counts of areas as large as a kommundel are hidden; 0: none
    smallest_shown_finer: int  # the same for finer areas
    finest_cell_m: float  # hexagons are at least this wide, metres
    source: str


# Until the room of statutes holds rows of its own, these are they.
FINENESS = (
    Fineness(
        audience="public",
        valid_from=date(2023, 7, 1),
        finest_unit="month",
        smallest_shown=5,
        smallest_shown_finer=5,
        finest_cell_m=200.0,
        source="lyktas regel för publicering: hellre för lite än något om någon enskild",
    ),
    Fineness(
        audience="partners",
        valid_from=date(2023, 7, 1),
        finest_unit="week",
        smallest_shown=0,
        smallest_shown_finer=5,
        finest_cell_m=200.0,
        source="lyktas regel för samverkansparter: som publicering, men veckor och större områden",
    ),
    Fineness(
        audience="staff",
        valid_from=date(2023, 7, 1),
        finest_unit="week",
        smallest_shown=0,
        smallest_shown_finer=0,
        finest_cell_m=200.0,
        source="lyktas regel för dem som får se raderna: allt visas, och små antal sägs",
    ),
)

# A municipality has at most some tens of kommundelar; a finer division has more areas.
MOST_LARGE_AREAS = 30


def fineness(audience: str, *, on: date) -> Fineness:
    """Return the rule that holds for a kind of reader on a day."""
    rows = [row for row in FINENESS if row.audience == audience and row.valid_from <= on]
    if not rows:
        raise ValueError(
            f"audience={audience!r} has no rule on {on}; choose public, partners or staff"
        )
    return max(rows, key=lambda row: row.valid_from)


def smallest_shown(rule: Fineness, *, n_areas: int) -> int:
    """Return the smallest count that may be shown of areas as many, and so as small, as these."""
    return rule.smallest_shown_finer if n_areas > MOST_LARGE_AREAS else rule.smallest_shown
