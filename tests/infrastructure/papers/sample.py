"""A whole paper about an invented town, with every kind of block, for the tests to lay out."""

from datetime import date
from functools import cache

import numpy as np
from tests.infrastructure.papers import figures, town

from lykta.infrastructure.papers import swedish
from lykta.infrastructure.papers.paper import (
    Cell,
    Column,
    Facts,
    Heading,
    Interval,
    Paper,
    Paragraph,
    Points,
    Side,
    Table,
    Verdict,
)

MARKING = "Exempeldata – syntetiska"


def _ratio(after: int, before: int) -> tuple[float, float, float]:
    """Return a ratio with a plausible interval."""
    ratio, spread = after / before, float(np.exp(1.96 * (1 / after + 1 / before) ** 0.5))
    return ratio, ratio / spread, ratio * spread


def _row(name: str, after: int, before: int) -> tuple[Cell, ...]:
    """Return a row of the table of districts."""
    ratio, low, high = _ratio(after, before)
    is_outside = low > 1 or high < 1
    verdict = Verdict("Ingen säkerställd förändring", "expected")
    if is_outside:
        verdict = Verdict("Fler än väntat", "outside")
    return (
        name,
        swedish.number(after),
        swedish.number(before),
        Interval(low, ratio, high, is_outside),
        swedish.interval(ratio, low, high, 2),
        verdict,
    )


def districts() -> Table:
    """Return the table of the opening: interval, verdict, total, a missing row."""
    missing = ("Skärgården", None, None, None, None, Verdict("Kan inte avgöras", "unknown"))
    rows = [_row(name, *pair) for name, pair in zip(town.NAMES, town.COUNTS, strict=True)]
    return Table(
        number="Tabell 1",
        caption="Godtagna rapporter per kommundel, kvot mot året före med 95\u00a0% intervall",
        columns=(
            Column("Kommundel"),
            Column("2025/26", "number"),
            Column("2024/25", "number"),
            Column("Kvot, 0,67–1,75", "interval", (0.67, 1, 1.75), is_log=True),
            Column("Värde (intervall)", "number"),
            Column("Förändring", "verdict"),
        ),
        rows=(*rows, missing),
        total=_row("Kommunen", sum(a for a, _ in town.COUNTS), sum(b for _, b in town.COUNTS)),
        note="Strecket i mitten är ingen förändring. Färre än fem visas inte.",
    )


def long_table() -> Table:
    """Return a table that runs over more than a page."""
    rng = np.random.default_rng(7)
    rows = tuple(
        (
            swedish.week(day),
            swedish.weekday(day),
            swedish.number(int(count)),
            swedish.interval(float(rate), float(rate) * 0.8, float(rate) * 1.25),
        )
        for day, count, rate in zip(
            (date.fromordinal(date(2025, 11, 3).toordinal() + 7 * n) for n in range(52)),
            rng.poisson(57, 52),
            rng.gamma(9, 0.3, 52),
            strict=True,
        )
    )
    columns = (Column("Vecka"), Column("Börjar"), Column("Antal", "number"))
    return Table("Rapporter per vecka", (*columns, Column("Per 1\u00a0000 inv.", "number")), rows,
                 number="Tabell 2")  # fmt: skip


def opening() -> Side:
    """Return what matters most."""
    return Side(
        "Det viktigaste",
        (
            Points(
                (
                    Paragraph(
                        "2\u00a0797 mot 2\u00a0678 året före, kvot 1,04 (95\u00a0% intervall "
                        f"{swedish.span(0.99, 1.10, 2)}).",
                        lead="Ingen säkerställd förändring av antalet rapporter.",
                    ),
                    Paragraph(
                        f", {swedish.percent_interval(0.31, 0.285, 0.335)} av rapporterna. Den är "
                        "samlad till tre platser och till torsdag–lördag.",
                        lead="Skadegörelse är vanligast",
                    ),
                    Paragraph(
                        f", {swedish.percent_interval(0.27, 0.25, 0.29)} i kommunen. "
                        "n\u00a0=\u00a0412 och 2\u00a0184.",
                        lead=f"{swedish.percent_interval(0.38, 0.33, 0.43)} är otrygga sent på "
                        "kvällen i Stationen",
                    ),
                    Paragraph(
                        "Rapporteringen har glapp under elva veckor.",
                        lead="Vi vet för lite om Skärgården.",
                    ),
                )
            ),
        ),
    )


def closing() -> tuple[Points | Paragraph | Heading | Facts, ...]:
    """Return the plain blocks of the end."""
    return (
        Heading("Tre problem i ordning", anchor="problem"),
        Points(
            (
                Paragraph("Skadegörelse och otrygg samling, Centrum"),
                Paragraph("Öppen narkotikahandel, stråken vid Stationen"),
                Paragraph("Buskörning med moped, sommarkvällar"),
            ),
            is_numbered=True,
        ),
        Heading("Så är den gjord"),
        Paragraph(
            "Fyra källor: rapporter i lykta, polisens sammanställning, trygghetsmätning 2025 "
            "och tolv vandringar. Rapporter är inte brott. De beror på vem som rapporterar."
        ),
        Heading("Vad siffrorna inte visar", level=3),
        Paragraph(
            "3 av 12 organisationer saknas för v. 47, två av dem i Skärgården.", tone="quiet"
        ),
        Facts(
            "Källpass",
            (
                ("Källa", "Rapporter i lykta, 12 organisationer"),
                ("Period", "nov 2025–okt 2026"),
                ("Geografi", "Hela kommunen, 7 kommundelar, rutor 0,6 km²"),
                ("Definition", "Godtagen rapport, en händelse räknas en gång"),
                ("Hämtat", "tis 24 nov 2026 07.00"),
                ("Status", "Preliminär. v. 47 fryses ons 25 nov"),
            ),
        ),
    )


@cache
def paper() -> Paper:
    """Return the whole paper."""
    return Paper(
        title="Brott och trygghet i Lyckeby, "
        + swedish.months(date(2025, 11, 1), date(2026, 10, 1)),
        eyebrow="Lägesbild enligt 4 § lag (2023:196) om kommuners ansvar för "
        "brottsförebyggande arbete",
        lede="Gäller hela kommunen. Utkast till kommunstyrelsen. Ersätter lägesbilden från "
        "december 2024.",
        organisation="Lyckeby kommun",
        registry_number="KS-2026/0000",
        blocks=(
            opening(),
            Heading("Rapporter per kommundel", anchor="kommundelar"),
            districts(),
            figures.area_map(),
            Heading("Utveckling, 52 veckor", anchor="utveckling"),
            Paragraph("Inom gränserna finns ingen säkerställd förändring.", tone="lede"),
            figures.weeks(),
            Heading("Vad och när"),
            figures.shares(),
            figures.hours(),
            figures.parts(),
            Heading("Förtätningar"),
            Paragraph("Tre platser prövade med rumslig skanning, 9\u00a0999 omkastningar."),
            figures.cell_map(),
            *closing(),
            Heading("Underlag"),
            long_table(),
        ),
        source_line="Källa: lykta, hämtat 24 nov 2026. Preliminärt. LB-2026-01.",
        made_at="2026-11-24T07:00:00+01:00",
        marking=MARKING,
        data={"total": {"after": 2797, "before": 2678, "ratio": 1.04}, "missing": float("nan")},
    )
