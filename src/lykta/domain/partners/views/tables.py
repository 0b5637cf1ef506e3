"""The histories of the offices as tables, and what holds as a list of terms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.partners.models import (
    Assignment,
    CoordinationFunction,
    CouncilMember,
    Effort,
    LeadBody,
    Noted,
    StrategicCouncil,
)
from lykta.domain.partners.rules import NoteState
from lykta.domain.partners.selectors import Version

Pairs = list[tuple[str, str]]
STATES = {
    NoteState.CORRECTED: gettext_lazy("rättad"),
    NoteState.WITHDRAWN: gettext_lazy("tillbakatagen"),
    NoteState.OVERTAKEN: gettext_lazy("gällde aldrig"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a history as it is shown."""

    version: Version
    head: str
    cells: Pairs  # what each is called, and what it says
    state: str  # "" where the row stands
    holds: bool  # on the day that is asked about
    is_change: bool  # it may be put right or taken back


@dataclass(frozen=True, slots=True)
class Table:
    """A history as it is shown, and the names of the addresses where it is changed."""

    caption: str
    head: str
    labels: list[str]
    lines: list[Line]
    correct: str
    withdraw: str
    pass_on: str  # "" for all but assignments
    is_of_days: bool  # each row is of one day


def history(caption: str, versions: Iterable[Version], kind: str, *, on: date) -> Table:
    """Return a history as a table."""
    lines = [_line(each, on=on) for each in versions]
    return Table(
        caption=caption,
        head=_HEADS[kind](),
        labels=[label for label, _cell in lines[0].cells] if lines else [],
        lines=lines,
        correct=f"cooperation:correct-{kind}",
        withdraw=f"cooperation:withdraw-{kind}",
        pass_on="cooperation:pass-on" if kind == "assignment" else "",
        is_of_days=kind == "effort",
    )


def council_terms(row: StrategicCouncil) -> Pairs:
    """Return what the council is."""
    return [(_("Namn"), row.local_name), (_("Leds av"), str(row.chair))]


def function_terms(row: CoordinationFunction) -> Pairs:
    """Return what the function is."""
    return [(_("Befattning"), row.title), *_function(row)]


def lead_terms(row: LeadBody) -> Pairs:
    """Return which body leads, and by which decision."""
    return [(_("Leds av"), str(row)), *_lead(row)]


def _line(version: Version, *, on: date) -> Line:
    row = version.row
    stands = version.state is NoteState.STANDS
    ended = stands and getattr(row, "is_ended", False)
    return Line(
        version=version,
        head=_head(row),
        cells=_CELLS[type(row)](row),
        state=_("upphörde") if ended else str(STATES.get(version.state, "")),
        holds=version.holds(on) and not ended,
        is_change=version.state in (NoteState.STANDS, NoteState.OVERTAKEN),
    )


def _head(row: Noted) -> str:
    if isinstance(row, CouncilMember | Effort):
        return str(row.organisation)
    return str(row.held_by) if isinstance(row, Assignment) else str(row)


def _council(row: StrategicCouncil) -> Pairs:
    return [(_("Leds av"), str(row.chair))]


def _seat(row: CouncilMember) -> Pairs:
    leading = _("ja") if row.is_leading else _("nej")
    return [(_("Befattning"), row.title), (_("Ledande ställning"), leading)]


def _function(row: CoordinationFunction) -> Pairs:
    n = _number(row.full_time_equivalents)
    return [(_("Heltidstjänster"), n), (_("Kontaktväg"), row.contact)]


def _lead(row: LeadBody) -> Pairs:
    decided = _decision(row.registry_number, row.paragraph)
    return [(_("Fullmäktiges beslut"), decided)]


def _effort(row: Effort) -> Pairs:
    return [
        (_("Vad gjordes"), row.text),
        (_("Utfall"), row.get_outcome_display()),
        (_("Diarienummer"), row.registry_number or "–"),
    ]


def _assignment(row: Assignment) -> Pairs:
    decided = _decision(row.registry_number, row.paragraph)
    return [
        (_("Vad uppdraget omfattar"), row.mandate or "–"),
        (_("Ges av"), str(row.given_by)),
        (_("Beslut"), f"{row.decided_by}, {decided}" if decided != "–" else row.decided_by),
    ]


def _decision(*parts: str) -> str:
    return " ".join(part for part in parts if part) or "–"


def _number(value: Decimal) -> str:
    return number_format(f"{value:.2f}".rstrip("0").rstrip("."))


_CELLS: dict[type[Noted], Callable[[Any], Pairs]] = {
    StrategicCouncil: _council,
    CouncilMember: _seat,
    CoordinationFunction: _function,
    LeadBody: _lead,
    Effort: _effort,
    Assignment: _assignment,
}
_HEADS: dict[str, Callable[[], str]] = {
    "council": lambda: _("Namn"),
    "member": lambda: _("Organisation"),
    "function": lambda: _("Befattning"),
    "lead-body": lambda: _("Nämnd"),
    "effort": lambda: _("Organisation"),
    "assignment": lambda: _("Hos"),
}
