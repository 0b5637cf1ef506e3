"""The figures of the sample paper: every chart and both maps, of invented numbers."""

import numpy as np
from tests.infrastructure.papers import town

from lykta.infrastructure.papers import charts, swedish
from lykta.infrastructure.papers.charts import CellGroup, Circle
from lykta.infrastructure.papers.paper import Figure

SOURCE = "Källa: rapporter i lykta, nov 2025–okt 2026. Preliminärt, hämtat 24 nov 2026."


def weeks() -> Figure:
    """Return the control chart."""
    rng = np.random.default_rng(3)
    values: list[float | None] = [float(count) for count in rng.poisson(57, 52)]
    values[23], values[30] = 86, None
    labels = [f"v.\u00a0{(43 + n) % 52 + 1}" for n in range(52)]
    return Figure(
        number="Figur 1",
        caption="Ingen säkerställd förändring över året: en vecka av 52 låg utanför gränsen",
        alt="Styrdiagram, 52 veckor. Väntat 57 per vecka, gränser 34 och 80. v. 15 hade 86.",
        source=SOURCE,
        **charts.at_two_widths(
            charts.control_chart,
            labels,
            values,
            expected=57,
            lower=34,
            upper=80,
            is_outside=[value == 86 for value in values],
            notes={23: "v.\u00a015: 86 – utanför gränsen. Valborg."},
            last_note=f"v.\u00a043: {values[-1]:.0f}",
        ),
    )


def shares() -> Figure:
    """Return the bars with intervals."""
    names = (
        "Skadegörelse", "Buskörning och trafik", "Öppen narkotikahandel", "Otrygg samling",
        "Stöld och inbrott", "Våld och hot på allmän plats",
    )  # fmt: skip
    values = (0.31, 0.19, 0.16, 0.14, 0.12, 0.08)
    low, high = [v - 0.025 for v in values], [v + 0.025 for v in values]
    return Figure(
        number="Figur 2",
        caption="Skadegörelse är vanligast",
        alt="Sex kategorier som andel av rapporterna: skadegörelse 31 %, övriga under 20 %.",
        source=SOURCE,
        **charts.at_two_widths(
            charts.bar_with_interval,
            names,
            values,
            low,
            high,
            texts=[swedish.percent_interval(*t) for t in zip(values, low, high, strict=True)],
            is_emphasised=[True, *[False] * 5],
            reference=1 / 6,
            reference_text="jämnt fördelat",
        ),
    )


def counts(columns: int) -> list[list[float | None]]:
    """Return counts by weekday and part of the day; one is missing."""
    rng = np.random.default_rng(columns)
    weight = np.array([1, 1, 1, 2, 3, 3, 1])[:, None] * np.linspace(0.3, 2.4, columns)[None, :]
    found: list[list[float | None]] = rng.poisson(weight * 3.2).tolist()
    found[6][0] = None
    return found


def shown(found: list[list[float | None]]) -> list[list[str]]:
    """Return the counts in words, those under five left out."""
    return [["" if c is None or c < 5 else swedish.number(c) for c in row] for row in found]


def hours() -> Figure:
    """Return the grid of days and hours."""
    found = counts(24)
    return Figure(
        number="Figur 3",
        caption="Rapporterna är samlade till torsdag–lördag kväll",
        alt="Rutnät med veckans dagar mot dygnets timmar; flest torsdag till lördag efter kl. 18.",
        source=SOURCE,
        **charts.at_two_widths(
            charts.day_hour_grid, found, cell_texts=shown(found), legend_lead="Rapporter:"
        ),
    )


def parts() -> Figure:
    """Return the grid of days and parts of the day, drawn for one width only."""
    found = counts(4)
    return Figure(
        number="Figur 4",
        caption="Samma rapporter i fyra delar av dygnet",
        alt="Rutnät med veckans dagar mot fyra delar av dygnet; flest fredag och lördag kväll.",
        source=SOURCE,
        spec=charts.day_hour_grid(
            found,
            cell_texts=shown(found),
            column_labels=("00–06", "06–12", "12–18", "18–24"),
            legend_lead="Rapporter:",
        ),
    )


def area_map() -> Figure:
    """Return the map of circles."""
    circles = [
        Circle(x * town.KM, y * town.KM, count, name, is_incomplete=name == "Lillskog")
        for (x, y), name, (count, _) in zip(town.SEEDS, town.NAMES, town.COUNTS, strict=True)
    ]
    circles.append(Circle(1500, 6300, 3, "Skärgården", count_text="1–4"))
    return Figure(
        number="Figur 5",
        caption="Rapporter per kommundel",
        alt="Karta över sju kommundelar. Cirkelns yta är antalet; siffrorna står i tabell 1.",
        source=SOURCE,
        **charts.at_two_widths(charts.area_map, town.districts(), circles),
    )


def cell_map() -> Figure:
    """Return the map of hexagons."""
    cells, centres = town.hexagons()
    near = [np.hypot(*(centres - np.array(seed) * town.KM).T) for seed in town.SEEDS]
    heat = sum(w * np.exp(-d / 700) for w, d in zip((1, 2, 4.5, 3, 1, 1.6, 2), near, strict=True))
    classes = [
        int(level) if level >= 0 else None for level in np.floor(np.minimum(heat, 4.9) - 0.3)
    ]
    groups = [
        CellGroup(letter, tuple(int(i) for i in np.argsort(near[seed])[:7]), is_sure)
        for letter, seed, is_sure in (("A", 2, True), ("B", 3, False), ("C", 6, False))
    ]
    names = [
        (x * town.KM, (y + 0.9) * town.KM, n)
        for (x, y), n in zip(town.SEEDS, town.NAMES, strict=True)
    ]
    return Figure(
        number="Figur 6",
        caption="En säkerställd förtätning, i Centrum",
        alt="Karta med sexhörningar i fem klasser. A i Centrum är säkerställd, inte B och C.",
        source=SOURCE,
        **charts.at_two_widths(
            charts.cell_map,
            town.districts(),
            cells,
            classes,
            groups=groups,
            names=names,
            legend_lead="Rapporter per ruta:",
        ),
    )
