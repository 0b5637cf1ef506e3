"""An area as one row of a file has it, or why the row is not accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lykta.domain.places import rules
from lykta.domain.places.arrays import Border, border_of
from lykta.domain.places.models import Area
from lykta.domain.places.rules import BorderOrigin, Kind
from lykta.domain.places.services.known import Known
from lykta.infrastructure.imports.doors import BadOption
from lykta.sources.records import AreaRecords


@dataclass(frozen=True, slots=True)
class Wanted:
    """An area as one row of a file has it."""

    code: str
    kind: Kind
    name: str
    parent: str  # code, "" for none
    valid_from: date
    border: Border | None  # None: the file has no border, and what is known stays
    border_origin: BorderOrigin | None
    border_note: str
    is_ended: bool
    row: int


class Rejected(Exception):
    """Why one row is not accepted; never leaves the reading in of areas."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


@dataclass(frozen=True, slots=True)
class File:
    """A file of areas, and what was said about it."""

    records: AreaRecords
    options: Mapping[str, Any]
    known: Known

    def check(self) -> None:
        """Raise where what was said about the file cannot be used."""
        kind = self.options.get("kind", "")
        if kind and rules.kind_of(kind) is None:
            allowed = ", ".join(rules.SWEDISH_KINDS.values())
            raise BadOption(f"Slaget ”{kind}” finns inte. Välj bland {allowed}.")
        _ = self.day

    @property
    def _said_day(self) -> str:
        return str(self.options.get("valid_from") or self.options["read_on"])

    @property
    def day(self) -> date:
        """Return the day that the areas hold from where their rows do not say."""
        try:
            return date.fromisoformat(self._said_day)
        except ValueError:
            raise BadOption(
                f"Dagen ”{self._said_day}” går inte att läsa. Skriv den som 2020-01-01."
            ) from None

    @property
    def municipality(self) -> str:
        """Return the code of the municipality, known already or by this very file."""
        said = (
            code
            for code, word in zip(self.records.codes, self.records.kinds, strict=True)
            if rules.kind_of(word) is Kind.MUNICIPALITY
        )
        return self.known.municipality or next(said, "")


def wanted(file: File, place: int) -> Wanted:
    """Return the area of one row, or raise why it is not accepted."""
    records, code = file.records, file.records.codes[place]
    kind = _kind(records.kinds[place], file.options, file.known.areas.get(code))
    origin, note = _origin(file, place, kind)
    polygon = records.polygons[place] if records.polygons is not None else None
    return Wanted(
        code=code,
        kind=kind,
        name=records.names[place],
        parent=_parent(file, place, kind),
        valid_from=records.valid_from[place] or file.day,
        border=border_of(polygon) if polygon is not None else None,
        border_origin=origin,
        border_note=note,
        is_ended=bool(file.options.get("is_ended")),
        row=int(records.rows[place]),
    )


def _kind(word: str, options: Mapping[str, Any], known: Area | None) -> Kind:
    kind = rules.kind_of(word or options.get("kind", ""))
    if word and kind is None:
        allowed = ", ".join(rules.SWEDISH_KINDS.values())
        raise Rejected("slag", word, f"Slaget är okänt. Välj bland {allowed}.")
    if known is None and kind is None:
        raise Rejected("slag", "", "Slag av område saknas. Ange det i filen eller med --kind.")
    if known is not None and kind not in (None, Kind(known.kind)):
        raise Rejected(
            "slag", word, "Koden används redan av ett område av annat slag. Välj en annan kod."
        )
    return kind or Kind(known.kind if known else "")


def _parent(file: File, place: int, kind: Kind) -> str:
    code, parent = file.records.codes[place], file.records.parents[place]
    if kind is Kind.MUNICIPALITY:
        return ""
    if not parent:
        held = file.known.held(code)
        return held.parent.code if held and held.parent else file.municipality
    if parent == code:
        raise Rejected("ingår_i", parent, "Området kan inte ingå i sig självt.")
    if parent not in file.known.areas and parent not in file.records.codes:
        raise Rejected(
            "ingår_i", parent, "Området som det ska ingå i finns inte. Läs in det först."
        )
    return parent


def _origin(file: File, place: int, kind: Kind) -> tuple[BorderOrigin | None, str]:
    records = file.records
    word = records.border_origins[place] or file.options.get("border_origin", "")
    note = records.border_notes[place] or file.options.get("border_note", "")
    origin = rules.origin_of(word) if word else None
    if word and origin is None:
        raise Rejected(
            "gränsens_ursprung", word, "Välj officiell eller lokal uppskattning som ursprung."
        )
    if origin is None and records.polygons is not None:
        origin = _usual_origin(kind, records)
    if origin is BorderOrigin.APPROXIMATION and not note:
        raise Rejected(
            "gränsens_anmärkning",
            "",
            "En lokal uppskattning ska ha en anmärkning om hur gränsen drogs.",
        )
    return origin, note


def _usual_origin(kind: Kind, records: AreaRecords) -> BorderOrigin:
    """Return what a border is where the file does not say: a listed area's only if the police's."""
    is_by_police = records.passport.layout == "police-vulnerable-areas"
    if kind is Kind.LISTED and not is_by_police:
        return BorderOrigin.APPROXIMATION
    return BorderOrigin.OFFICIAL
