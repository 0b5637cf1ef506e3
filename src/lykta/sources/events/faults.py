"""Why a row of events is not accepted, in words that say what to do."""

from enum import IntEnum


class Fault(IntEnum):
    """What is wrong with a row; the first that holds is the one that is told."""

    NONE = 0
    SET_APART = 1
    TIME_MISSING = 2
    TIME_BAD = 3
    END_BAD = 4
    ENDS_BEFORE_START = 5
    X_BAD = 6
    Y_BAD = 7
    HALF_POINT = 8
    COUNT_BAD = 9
    DEGREES = 10
    SWAPPED = 11
    OUTSIDE = 12
    PERSONAL_CATEGORY = 13
    PERSONAL_AREA = 14
    FUTURE = 15
    REPEATED = 16


# For each fault: which of the fields picked from the row is at fault, and the sentence.
TOLD: dict[Fault, tuple[str, str]] = {
    Fault.TIME_MISSING: (
        "started",
        "Tidpunkten saknas; fyll i den, till exempel 2026-11-24 21:30.",
    ),
    Fault.TIME_BAD: (
        "started",
        "Tidpunkten finns inte eller går inte att läsa; skriv den som 2026-11-24 21:30.",
    ),
    Fault.END_BAD: (
        "finished",
        "Sluttiden finns inte eller går inte att läsa; skriv den som 2026-11-24 21:30.",
    ),
    Fault.ENDS_BEFORE_START: (
        "finished",
        "Händelsen slutar innan den börjar; kontrollera båda tiderna.",
    ),
    Fault.X_BAD: ("x", "Koordinaten är inget tal; rätta den eller lämna båda tomma."),
    Fault.Y_BAD: ("y", "Koordinaten är inget tal; rätta den eller lämna båda tomma."),
    Fault.HALF_POINT: ("x", "Bara den ena koordinaten finns; fyll i båda eller lämna båda tomma."),
    Fault.COUNT_BAD: ("count", "Antalet är inget helt tal från 0 och uppåt; rätta det."),
    Fault.DEGREES: (
        "x",
        "Koordinaterna är grader men de andra raderna har meter; räkna om dem till meter.",
    ),
    Fault.SWAPPED: ("x", "x och y har bytt plats i raden; byt tillbaka dem."),
    Fault.OUTSIDE: ("x", "Koordinaterna ligger utanför referenssystemet; kontrollera dem."),
    Fault.PERSONAL_CATEGORY: (
        "category",
        "Fältet liknar ett personnummer; ta bort uppgiften ur filen.",
    ),
    Fault.PERSONAL_AREA: ("area", "Fältet liknar ett personnummer; ta bort uppgiften ur filen."),
    Fault.FUTURE: ("started", "Tidpunkten ligger i framtiden; kontrollera årtalet."),
}
# Which of our fields a picked field came from, to find the file's own name of the column.
ORIGIN = {
    "started": ("from", "time"),
    "finished": ("to",),
    "x": ("x", "lon"),
    "y": ("y", "lat"),
    "count": ("count",),
    "category": ("category",),
    "area": ("area",),
    "id": ("id",),
}
