"""The truths that are planted in the demo municipality: what a tool that is any good must find.

Each has a kommundel of its own, so that they do not blur one another. Trångsund and Vårby hold
none: there, all is chance (but for the one week that the whole municipality shares).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of truth is planted."""

    HOT_SPOT = "anhopning"  # extra events close to one point
    CHANGE = "förändring"  # the rate is multiplied from a day on; by 1: nothing happens
    PEAK = "topp"  # extra events in one week
    GAP = "lucka"  # one organisation does not report


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted truth."""

    key: str
    kind: Kind
    place: str  # in Swedish, as the documents name it
    part: str  # code of the kommundel, "" for the whole municipality
    categories: tuple[str, ...]  # () for all
    starts_on: date
    ends_on: date  # last day, itself counted
    size: float  # HOT_SPOT and PEAK: extra events; CHANGE: factor; GAP: 0
    finding: str  # in Swedish: what must be found
    organisation: str = ""  # GAP: who is silent
    small_area: str = ""  # HOT_SPOT: the DeSO that it lies in
    radius_m: float = 0.0  # HOT_SPOT


PLANTED = (
    Planted(
        key="demotorget",
        kind=Kind.HOT_SPOT,
        place="Demotorget (påhittat) i Stuvsta-Snättringe",
        part="0126-STU",
        categories=("Ordningsstörning",),
        starts_on=date(2025, 11, 1),
        ends_on=date(2026, 10, 31),
        size=75,
        finding="En anhopning med omkring 75 extra händelser inom 150 meter det senaste året. "
        "Hela kommundelens ökning av ordningsstörningar kommer från den platsen.",
        small_area="0126C1410",
        radius_m=150,
    ),
    Planted(
        key="skadegorelse",
        kind=Kind.CHANGE,
        place="Sjödalen-Fullersta",
        part="0126-SJO",
        categories=("Skadegörelse",),
        starts_on=date(2025, 11, 1),
        ends_on=date(2026, 10, 31),
        size=1.7,
        finding="Skadegörelsen är omkring 70 procent högre det senaste året än året före, "
        "spridd över hela kommundelen.",
    ),
    Planted(
        key="belysning",
        kind=Kind.CHANGE,
        place="Belysning längs Exempelstråket (påhittat) i Flemingsberg",
        part="0126-FLE",
        categories=("Otrygg plats", "Ordningsstörning"),
        starts_on=date(2024, 11, 1),
        ends_on=date(2026, 10, 31),
        size=0.55,
        finding="Åtgärden hjälpte: omkring 45 procent färre året efter den 1 november 2024 "
        "än året före, medan övriga kommundelar är oförändrade.",
    ),
    Planted(
        key="ronder",
        kind=Kind.CHANGE,
        place="Extra ronder (påhittade) i Skogås",
        part="0126-SKO",
        categories=("Skadegörelse", "Tillgrepp"),
        starts_on=date(2025, 5, 1),
        ends_on=date(2026, 10, 31),
        size=1.0,
        finding="Åtgärden gjorde ingen skillnad: samma nivå efter den 1 maj 2025 som före. "
        "En skillnad som ändå syns är slump.",
    ),
    Planted(
        key="valborg",
        kind=Kind.PEAK,
        place="Hela kommunen",
        part="",
        categories=("Ordningsstörning",),
        starts_on=date(2026, 4, 27),
        ends_on=date(2026, 5, 3),
        size=60,
        finding="En enda vecka, vecka 18 år 2026, ligger långt över övre gränsen: "
        "omkring 60 extra händelser, flest valborgsmässoafton den 30 april.",
    ),
    Planted(
        key="tystnad",
        kind=Kind.GAP,
        place="Segeltorp",
        part="0126-SEG",
        categories=(),
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 8, 16),
        size=0,
        finding="Trygghetsvärdarna rapporterade inget från Segeltorp under elva veckor. "
        "Att händelserna är färre då är inte lugn utan en lucka i rapporteringen.",
        organisation="Trygghetsvärdarna",
    ),
)
