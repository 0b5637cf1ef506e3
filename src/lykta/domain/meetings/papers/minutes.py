"""The minutes of a meeting as a paper: organisations, decisions and actions, never persons."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lykta.domain.meetings import words
from lykta.domain.meetings.papers.titles import minutes_title
from lykta.domain.meetings.papers.weekly import SOURCE, picture_blocks
from lykta.domain.meetings.rules import week_named
from lykta.infrastructure.papers import (
    Block,
    Column,
    Heading,
    Paper,
    Paragraph,
    Table,
)
from lykta.infrastructure.papers.swedish import day, number

_HEADS = ("Åtgärd", "Gäller", "Slag", "Ansvarig", "Klart senast", "Läge", "Resultat")


def minutes_paper(said: Mapping[str, Any]) -> Paper:
    """Return the minutes, from what was kept of the meeting alone."""
    week = week_named(said["week"])
    if week is None:
        raise ValueError(f"week={said['week']!r} is no week")
    begins, ends = (datetime.fromisoformat(said[name]) for name in ("begins_at", "ends_at"))
    place = f", {said['place_of_meeting']}" if said["place_of_meeting"] else ""
    return Paper(
        title=minutes_title(week),
        eyebrow=f"{day(begins.date())} kl. {begins:%H.%M}–{ends:%H.%M}{place}",
        lede=_lede(said),
        organisation=said["organisation"],
        registry_number="",
        blocks=tuple(_blocks(said)),
        source_line=SOURCE,
        made_at=said["made_at"],
        marking=said["marking"],
        data=dict(said),
    )


def _lede(said: Mapping[str, Any]) -> str:
    n = len(said["decisions"])
    present = words.joined(said["present"]) or "Ingen organisation är antecknad"
    decided = {0: "Mötet fattade inget beslut", 1: "Mötet fattade ett beslut"}.get(
        n, f"Mötet fattade {number(n)} beslut"
    )
    return f"Närvarande: {present}. {decided}."


def _blocks(said: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("Förra veckornas åtgärder")
    yield from _actions(said["followed_up"], "Åtgärder att följa upp", "Inga att följa upp.")
    yield from picture_blocks(said["picture"])
    yield Heading("Beslut")
    yield from _actions(said["decisions"], "Beslut och åtgärder", "Inga beslut.")
    if said["note"]:
        yield Heading("Anteckningar")
        yield Paragraph(said["note"])
    yield Heading("Återkoppling")
    reason = f" Skäl där inget beslutades: {said['no_action']}" if said["no_action"] else ""
    yield Paragraph(
        f"{number(said['n_answered'])} rapporter besvarades när mötet avslutades.{reason}"
    )


def _actions(rows: Sequence[Mapping[str, Any]], caption: str, none: str) -> Iterator[Block]:
    if not rows:
        yield Paragraph(none)
        return
    yield Table(
        caption=caption,
        columns=tuple(map(Column, _HEADS)),
        rows=tuple(
            (
                f"{row['number']} {row['text']}",
                row["about"] or "–",
                row["kind"],
                row["organisation"],
                day(date.fromisoformat(row["due"])),
                _state(row),
                row["result"] or "–",
            )
            for row in rows
        ),
    )


def _state(row: Mapping[str, Any]) -> str:
    late = int(row["days_late"])
    return f"{row['state']}, {number(late)} dagar sen" if late else str(row["state"])
