"""The letter of a month to one organisation, as a paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from lykta.domain.meetings import words
from lykta.domain.meetings.papers.titles import letter_title
from lykta.domain.meetings.papers.weekly import SOURCE
from lykta.domain.meetings.rules import month_named
from lykta.infrastructure.papers import Block, Column, Heading, Paper, Paragraph, Points, Table
from lykta.infrastructure.papers.swedish import day, number

_HEADS = ("Åtgärd", "Ansvarig", "Klart senast", "Läge", "Resultat")


def letter_paper(said: Mapping[str, Any]) -> Paper:
    """Return the letter, from what was found for it alone."""
    month = month_named(said["month"])
    if month is None:
        raise ValueError(f"month={said['month']!r} is no month")
    return Paper(
        title=letter_title(month, said["organisation"]),
        eyebrow=f"{day(month.first)} – {day(month.last)}",
        lede=" ".join(words.letter(said)),
        organisation=said["from"],
        registry_number="",
        blocks=tuple(_blocks(said)),
        source_line=SOURCE,
        made_at=said["made_at"],
        marking=said["marking"],
        data=dict(said),
    )


def _blocks(said: Mapping[str, Any]) -> Iterator[Block]:
    if said["categories"]:
        yield Heading("Vad ni berättade om")
        told = (f"{name}: {number(n)}" for name, n in said["categories"])
        yield Points(tuple(map(Paragraph, told)))
    yield Heading("Vad era rapporter ledde till")
    yield from _actions(said["led_to"], "Åtgärder ur era rapporter", "Inget beslut gällde dem.")
    yield Heading("Era åtgärder")
    yield from _actions(said["own"], "Åtgärder som ni ansvarar för", "Ingen skulle vara klar.")
    if said["pictures"]:
        yield Heading("Veckorna i kommunen")
        yield Points(tuple(Paragraph(words.sentences(each)[0].text) for each in said["pictures"]))
    yield Paragraph("Tack för att ni berättar. Utan rapporterna finns ingen gemensam bild.")


def _actions(rows: Sequence[Mapping[str, Any]], caption: str, none: str) -> Iterator[Block]:
    if not rows:
        yield Paragraph(none)
        return
    yield Table(
        caption=caption,
        columns=tuple(map(Column, _HEADS)),
        rows=tuple(
            (
                row["text"],
                row["organisation"],
                day(date.fromisoformat(row["due"])),
                row["state"],
                row["result"] or "–",
            )
            for row in rows
        ),
    )
