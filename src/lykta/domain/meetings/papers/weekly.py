"""The picture of a week as a paper, and its counts as a table."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal, cast

from lykta.domain.meetings import words
from lykta.domain.meetings.papers.titles import title_of
from lykta.domain.meetings.rules import Week
from lykta.infrastructure.papers import (
    Block,
    Column,
    Facts,
    Figure,
    Heading,
    Paper,
    Paragraph,
    Points,
    Table,
    Verdict,
    charts,
)
from lykta.infrastructure.papers.swedish import day, number, week

Ring = Literal["expected", "outside", "unknown"]
_HEADER = ("tabell", "namn", "antal", "väntat", "veckan_före", "medel_fyra_veckor",
           "samma_vecka_i_fjol", "kvot", "kvot_låg", "kvot_hög", "förändring")  # fmt: skip
_MEASURES = ("count", "expected", "previous", "mean_4", "year_ago", "ratio", "low", "high")
SOURCE = "Källa: händelser i lykta, så som samverkansparter får se dem."


def weekly_paper(found: Mapping[str, Any], *, sha256: str) -> Paper:
    """Return the picture of a week as a paper, from its figures alone."""
    said = words.sentences(found)
    return Paper(
        title=title_of(Week(date.fromisoformat(found["monday"]))),
        eyebrow=_days(found),
        lede=said[0].text,
        organisation=found["organisation"],
        registry_number="",
        blocks=tuple(picture_blocks(found)) + tuple(_proof(found, sha256)),
        source_line=SOURCE,
        made_at=found["made_at"],
        marking=found["marking"],
        data=dict(found),
    )


def picture_blocks(found: Mapping[str, Any], *, level: int = 2) -> Iterator[Block]:
    """Yield what the week says, its tables, who has reported, and what is coming."""
    yield Heading("Det här säger veckan", level)
    yield Points(
        tuple(
            Paragraph(f"{each.text} {each.figures}", lead=f"{_capital(each.verdict)}.")
            for each in words.sentences(found)
        )
    )
    if found["narrative"]:
        yield Paragraph(found["narrative"], lead="Samordningens text.")
    yield from _tables(found)
    if figure := _over_time(found):
        yield figure
    for title, told, none in (
        ("Tätt senaste fyra veckorna", words.dense(found), "Ingen plats är säkerställt tätare."),
        ("Återkommande tider, åtta veckor", words.hours(found), "Inga tider sticker ut."),
        ("På gång", words.planned(found), "Ingenting är planerat."),
        ("Sena rapporter", words.late(found), "Inga sena rapporter."),
    ):
        yield Heading(title, level + 1)
        yield Points(tuple(Paragraph(each) for each in told)) if told else Paragraph(none)


def table(found: Mapping[str, Any]) -> bytes:
    """Return the counts of a week as CSV, as Swedish Excel opens it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADER)
    parts = (
        ("alla", [found["total"] | {"name": "alla"}]),
        ("kommundel", found["areas"]),
        ("kategori", found["categories"]),
    )
    for kind, lines in parts:
        for line in lines:
            cells = [_cell(line[measure]) for measure in _MEASURES]
            verdict = str(words.VERDICTS[line["verdict"]][0])
            writer.writerow([kind, line["name"], *cells, verdict])
    return text.getvalue().encode("utf-8-sig")


def _tables(found: Mapping[str, Any]) -> Iterator[Block]:
    areas, kinds, whole = words.lines(found)
    columns = (
        *(Column(name, "number") for name in ("Antal", "Väntat", "Veckan före", "I fjol")),
        Column("Kvot, 95 %", "number"),
        Column("Vad det säger", "verdict"),
    )
    for caption, first, lines in (
        ("Per kommundel", "Kommundel", areas),
        ("Per kategori", "Kategori", kinds),
    ):
        if lines:
            yield Table(
                caption=caption,
                columns=(Column(first), *columns),
                rows=tuple(map(_row, lines)),
                total=_row(whole) if lines is areas else None,
                note=f"Väntat: medel av {number(found['n_weeks_before'])} veckor före.",
            )
    said = words.regularity(found)
    if said:
        heads = ("Organisation", "Rapporter", "Den här veckan", "Hördes förut")
        yield Table(
            caption="Vilka som har rapporterat",
            columns=(Column(heads[0]), Column(heads[1], "number"), *map(Column, heads[2:])),
            rows=tuple((r["name"], r["n"], r["this"], r["before"]) for r in said),
            note="Färre rapporter kan bero på att färre rapporterar.",
        )


def _row(line: words.Line) -> tuple[Any, ...]:
    ring = cast(Ring, line.ring or "expected")
    verdict = Verdict(_capital(line.verdict), ring)
    return (line.name, line.count, line.expected, line.previous, line.year_ago, line.ratio, verdict)


def _over_time(found: Mapping[str, Any]) -> Figure | None:
    series = found["series"]
    counts, mondays = series["count"], [date.fromisoformat(each) for each in series["mondays"]]
    if len(counts) < 2:
        return None
    outside = None
    if series["lower"]:
        limits = zip(counts, series["lower"], series["upper"], strict=True)
        outside = [not low <= n <= high for n, low, high in limits]
    drawn = charts.at_two_widths(
        charts.control_chart,
        [week(each) for each in mondays],
        counts,
        expected=series["expected"] or sum(counts) / len(counts),
        lower=series["lower"],
        upper=series["upper"],
        is_outside=outside,
        last_note=f"{week(mondays[-1])}: {number(counts[-1])}",
        label_every=4,
    )
    n_outside = f"{number(sum(outside))} utanför gränserna" if outside else "inga gränser finns"
    return Figure(
        caption="Händelser per vecka",
        alt=f"Linje med {len(counts)} veckor, från {number(min(counts))} till "
        f"{number(max(counts))} händelser, {n_outside}.",
        source=SOURCE,
        spec=drawn["spec"],
        narrow_spec=drawn["narrow_spec"],
    )


def _proof(found: Mapping[str, Any], sha256: str) -> Iterator[Block]:
    made = date.fromisoformat(found["made_at"][:10])
    yield Facts(
        "Fryst bild",
        (
            ("Fryst", day(made)),
            ("Program", f"lykta {found['version']}"),
            ("Underlagets kontrollsumma", f"{sha256} (SHA-256)"),
        ),
    )
    yield Paragraph(
        "Siffrorna är frysta. Rapporter om veckan som kommer senare finns i nästa bild, märkta "
        "som sena."
    )


def _days(found: Mapping[str, Any]) -> str:
    monday = date.fromisoformat(found["monday"])
    return f"{day(monday)} – {day(monday + timedelta(days=6))}"


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
