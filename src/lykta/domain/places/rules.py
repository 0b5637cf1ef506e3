"""What areas and places are, and how the lists that areas stand on are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """Slag av område, the largest first."""

    MUNICIPALITY = "municipality"  # kommun
    DISTRICT = "district"  # kommundel
    REGSO = "regso"
    DESO = "deso"
    LISTED = "listed"  # an area that the police have put on a list
    LOCAL = "local"  # the municipality's own, such as an EST area


# How files name them.
SWEDISH_KINDS = {
    Kind.MUNICIPALITY: "kommun",
    Kind.DISTRICT: "kommundel",
    Kind.REGSO: "RegSO",
    Kind.DESO: "DeSO",
    Kind.LISTED: "listat område",
    Kind.LOCAL: "eget område",
}
# What a word in a file means, in Swedish and English.
KIND_WORDS = {
    **{word.casefold(): kind for kind, word in SWEDISH_KINDS.items()},
    **{kind.value: kind for kind in Kind},
    "stadsdel": Kind.DISTRICT,
}


class BorderOrigin(StrEnum):
    """Where a border comes from, which decides how it is drawn."""

    OFFICIAL = "official"  # as its owner publishes it
    APPROXIMATION = "approximation"  # our own reading: dashed, with a note
    NONE = "none"  # known by name only


ORIGIN_WORDS = {
    "officiell": BorderOrigin.OFFICIAL,
    "official": BorderOrigin.OFFICIAL,
    "lokal uppskattning": BorderOrigin.APPROXIMATION,
    "uppskattning": BorderOrigin.APPROXIMATION,
    "ungefärlig": BorderOrigin.APPROXIMATION,
    "approximation": BorderOrigin.APPROXIMATION,
}


class PlaceKind(StrEnum):
    """Slag av plats."""

    ADDRESS = "address"
    CENTRE = "centre"
    FACILITY = "facility"
    LANDMARK = "landmark"
    PARK = "park"
    SCHOOL = "school"
    SQUARE = "square"
    STOP = "stop"


SWEDISH_PLACE_KINDS = {
    PlaceKind.ADDRESS: "adress",
    PlaceKind.CENTRE: "centrum",
    PlaceKind.FACILITY: "anläggning",
    PlaceKind.LANDMARK: "landmärke",
    PlaceKind.PARK: "park",
    PlaceKind.SCHOOL: "skola",
    PlaceKind.SQUARE: "torg",
    PlaceKind.STOP: "hållplats",
}
PLACE_KIND_WORDS = {
    **{word: kind for kind, word in SWEDISH_PLACE_KINDS.items()},
    **{kind.value: kind for kind in PlaceKind},
    "station": PlaceKind.STOP,
}


def kind_of(word: str) -> Kind | None:
    """Return what a word for a kind of area means; None where it is unknown."""
    return KIND_WORDS.get(_plain(word))


def place_kind_of(word: str) -> PlaceKind | None:
    """Return what a word for a kind of place means; None where it is unknown."""
    return PLACE_KIND_WORDS.get(_plain(word))


def origin_of(word: str) -> BorderOrigin | None:
    """Return what a word for a border's origin means; None where it is unknown."""
    return ORIGIN_WORDS.get(_plain(word))


def _plain(word: str) -> str:
    return " ".join(word.replace("_", " ").casefold().split())


class Listed(StrEnum):
    """Whether an area stands on a list: not listed is not the same as not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Nivå på polisens lista."""

    VULNERABLE = "vulnerable"  # utsatt område
    RISK_AREA = "risk area"  # riskområde
    SPECIALLY_VULNERABLE = "specially vulnerable"  # särskilt utsatt område
    UNKNOWN = "unknown"


class Classifier(StrEnum):
    """Who classes areas. The lists of different makers are never laid together."""

    POLICE = "police"  # Noa, utsatta områden
    STATISTICS_SWEDEN = "statistics_sweden"  # utanförskapets karta
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one list says of one area."""

    list_year: int
    holds_from: date
    label: str
    listed: Listed
    split_from: tuple[str, ...] = ()  # names in the list before, of which this one is a part


@dataclass(frozen=True, slots=True)
class ListedCount:
    """How many areas stand on the list that holds on a day."""

    list_year: int | None  # None: no list held yet
    listed: int
    unknown: int  # areas of which it is not known
    from_splits: int  # how many of the listed are there only because an area was divided

    @property
    def comparable(self) -> int:
        """Return the count with the parts of a divided area taken as one, as the list before."""
        return self.listed - self.from_splits


def listed_count(entries: Iterable[Entry], *, as_of: date) -> ListedCount:
    """Return how many areas stand on the list that holds on a day."""
    held = [entry for entry in entries if entry.holds_from <= as_of]
    if not held:
        return ListedCount(None, 0, 0, 0)
    year = max(entry.list_year for entry in held)
    current = [entry for entry in held if entry.list_year == year]
    listed = [entry for entry in current if entry.listed is Listed.YES]
    origins = {entry.split_from or (entry.label,) for entry in listed}
    return ListedCount(
        list_year=year,
        listed=len(listed),
        unknown=sum(entry.listed is Listed.UNKNOWN for entry in current),
        from_splits=len(listed) - len(origins),
    )


def is_technical(before: ListedCount, now: ListedCount) -> bool:
    """Return whether a rise is there only because areas were divided."""
    return now.listed > before.listed and now.comparable <= before.listed
