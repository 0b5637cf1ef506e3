"""Writing the demo municipality to a folder, as the files that a municipality would have."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lykta.demo import faults, lately, maps, patterns, reports
from lykta.demo.effects import site
from lykta.demo.landmarks import landmarks
from lykta.demo.planted import Kind, Planted
from lykta.demo.population import YEARS
from lykta.demo.tables import origin_of, rows_of, text_of
from lykta.demo.worlds import World

EVENT_HEADER = (
    *("id", "tidpunkt", "tidpunkt_till", "kategori", "x", "y"),
    *("område", "rapporterad_av", "källa"),
)
Line = Sequence[str]
MAPS = {
    "kommun.geojson": maps.write_border,
    "kommundelar.geojson": maps.write_parts,
    "regso.geojson": maps.write_regions,
    "smaomraden.gpkg": maps.write_small_areas,
    "polisens_omraden.geojson": maps.write_listed,
}


def write_all(folder: Path, world: World) -> list[Path]:
    """Write every file of one world and return their paths; the folder is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    events, since = event_lines(world), lately.world(world)
    tables = {
        "handelser.csv": (EVENT_HEADER, events),
        "rapporter.csv": (reports.HEADER, reports.lines(world)),
        "handelser_sedan.csv": (EVENT_HEADER, event_lines(since, after=len(events))),
        "rapporter_sedan.csv": (reports.HEADER, reports.lines(since, after=len(events))),
        "handelser_med_fel.csv": (EVENT_HEADER, faults.lines(events)),
        "befolkning.csv": population_table(world),
        "befolkning_kommundelar.csv": part_population_table(world),
        "kategorier.csv": category_table(),
        "tackning.csv": coverage_table(world),
        "facit.csv": truth_table(world),
        "polisens_listor.csv": published_table("polisens_listor.csv"),
        "polisens_listor_riket.csv": published_table("polisens_listor_riket.csv"),
        "bra_2021.csv": published_table("bra_2021.csv"),
        "nyckeltal.csv": indicator_table(),
        "platser.csv": place_table(world),
    }
    written = [_write_csv(folder / name, *table) for name, table in tables.items()]
    written += [write(folder / name, world.places) for name, write in MAPS.items()]
    installation = folder / "kommun.toml"
    installation.write_text(text_of("kommun.toml"), encoding="utf-8")
    readme = folder / "LÄS_MIG.txt"
    readme.write_bytes(readme_text(world).encode("utf-8"))
    return [*written, installation, readme]


def event_lines(world: World, *, after: int = 0) -> list[Line]:
    """Return the events as the lines of the file, in Swedish form, numbered on from others."""
    events = world.events
    is_exact = events.ends_at == events.starts_at
    columns = (
        [f"EX-{number:05d}" for number in range(after + 1, after + len(events) + 1)],
        _moments(events.starts_at),
        np.where(is_exact, "", _moments(events.ends_at)),
        np.array([category.name for category in patterns.CATEGORIES])[events.category],
        [decimal(value) for value in events.x_m],
        [decimal(value) for value in events.y_m],
        np.array([area.code for area in world.places.small_areas])[events.area],
        np.array([reporter.name for reporter in patterns.REPORTERS])[events.reporter],
        [patterns.SOURCE] * len(events),
    )
    return [[str(value) for value in line] for line in zip(*columns, strict=True)]


def population_table(world: World) -> tuple[Line, list[Line]]:
    """Return the published population per small area and year."""
    header = ("område", "namn", "regso", "kommundel", "kommundel_namn", "år", "folkmängd")
    names = {part.code: part.name for part in world.places.parts}
    lines = [
        [area.code, area.name, area.regso, area.part, names[area.part], str(year), str(people)]
        for year in YEARS
        for area, people in zip(world.places.small_areas, world.population[year], strict=True)
    ]
    return _with_origin(header, lines, *origin_of("deso.csv"))


def part_population_table(world: World) -> tuple[Line, list[Line]]:
    """Return the same summed per kommundel."""
    source, fetched = origin_of("deso.csv")
    lines = [
        [part.code, part.name, str(year), str(world.population[year][mask].sum())]
        for year in YEARS
        for part in world.places.parts
        for mask in [world.places.in_part(part.code)]
    ]
    source = f"Summa av: {source}. Vilka DeSO som hör till kommundelen är lyktas tolkning"
    return _with_origin(("område", "namn", "år", "folkmängd"), lines, source, fetched)


def category_table() -> tuple[Line, list[Line]]:
    """Return the categories: as they stand in the event file, what to call them, and the group."""
    lines: list[Line] = [[c.name, c.name, c.group, patterns.SOURCE] for c in patterns.CATEGORIES]
    return ("kategori", "namn", "grupp", "källa"), lines


def coverage_table(world: World) -> tuple[Line, list[Line]]:
    """Return for each organisation and kommundel when it reported, and when it did not."""
    header = ("rapporterad_av", "kommundel", "från", "till", "rapporterar", "källa")
    lines: list[Line] = []
    for reporter in patterns.REPORTERS:
        for part in world.places.parts:
            gap = _gap_of(world.planted, reporter.name, part.code)
            lines.extend(
                [reporter.name, part.code, str(since), str(until), answer, patterns.SOURCE]
                for since, until, answer in _periods(gap)
            )
    return header, lines


def truth_table(world: World) -> tuple[Line, list[Line]]:
    """Return what was planted, so that a reader can mark the tool's answers."""
    header = ("nyckel", "slag", "plats", "kommundel", "kategorier", "från", "till", "storlek")
    lines: list[Line] = []
    for truth in world.planted:
        point = site(world.places, truth) if truth.kind is Kind.HOT_SPOT else None
        lines.append(
            [
                *(truth.key, truth.kind.value, truth.place, truth.part),
                *(", ".join(truth.categories), str(truth.starts_on), str(truth.ends_on)),
                decimal(truth.size, places=2),
                *([decimal(value) for value in point] if point else ("", "")),
                *(truth.finding, patterns.SOURCE),
            ]
        )
    return (*header, "x", "y", "ska_hittas", "källa"), lines


def published_table(name: str) -> tuple[Line, list[Line]]:
    """Return a carried-over table as it stands, with its source and day on every row."""
    rows = rows_of(name)
    return _with_origin(tuple(rows[0]), [list(row.values()) for row in rows], *origin_of(name))


def indicator_table() -> tuple[Line, list[Line]]:
    """Return the indicators: invented ones that say so, and the published of ``bra_2021.csv``."""
    rows = rows_of("nyckeltal.csv")
    return tuple(rows[0]), [list(row.values()) for row in rows]


def place_table(world: World) -> tuple[Line, list[Line]]:
    """Return the invented landmarks and addresses."""
    header = ("kod", "namn", "slag", "andra_namn", "bostad", "x", "y", "källa")
    return header, [
        [
            *(f"PL-{number:03d}", place.name, place.kind, place.alias),
            *("ja" if place.is_dwelling else "nej", *map(decimal, place.point)),
            patterns.SOURCE,
        ]
        for number, place in enumerate(landmarks(world.places), start=1)
    ]


def readme_text(world: World) -> str:
    """Return the Swedish text on what is synthetic, what is published, and whence."""
    sources = "\n".join(
        f"- {row['gäller']}: {row['källa']}. {row['licens']}. Hämtad: {row['hämtad']}."
        for row in rows_of("kallor.csv")
    )
    truths = "\n".join(
        f"- {t.place}, {t.starts_on}–{t.ends_on}: {t.finding}" for t in world.planted
    )
    return text_of("las_mig.txt").format(
        count=len(world.events),
        first=patterns.FIRST_DAY,
        last=patterns.LAST_DAY,
        mark=patterns.SOURCE,
        sources=sources,
        truths=truths or "- Inga: detta är rent brus.",
        faults="\n".join(f"- {fault.id}: {fault.what}" for fault in faults.FAULTS),
    )


def decimal(value: float, *, places: int = 1) -> str:
    """Return a number with decimal comma; nothing for a missing one."""
    return "" if np.isnan(value) else f"{value:.{places}f}".replace(".", ",")


def _moments(moments: NDArray[np.datetime64]) -> NDArray[np.str_]:
    return np.char.replace(np.datetime_as_string(moments, unit="m"), "T", " ")


def _gap_of(planted: Iterable[Planted], organisation: str, part: str) -> Planted | None:
    gaps = (t for t in planted if t.kind is Kind.GAP)
    return next((t for t in gaps if (t.organisation, t.part) == (organisation, part)), None)


def _periods(gap: Planted | None) -> list[tuple[date, date, str]]:
    if gap is None:
        return [(patterns.FIRST_DAY, patterns.LAST_DAY, "ja")]
    one_day = np.timedelta64(1, "D")
    day_before = (np.datetime64(gap.starts_on) - one_day).item()
    day_after = (np.datetime64(gap.ends_on) + one_day).item()
    return [
        (patterns.FIRST_DAY, day_before, "ja"),
        (gap.starts_on, gap.ends_on, "nej"),
        (day_after, patterns.LAST_DAY, "ja"),
    ]


def _with_origin(
    header: Line, lines: Sequence[Line], source: str, fetched: str
) -> tuple[Line, list[Line]]:
    return (*header, "källa", "hämtad"), [[*line, source, fetched] for line in lines]


def _write_csv(path: Path, header: Line, lines: Iterable[Line]) -> Path:
    text = "".join(";".join(line) + "\r\n" for line in [header, *lines])
    path.write_bytes(text.encode("utf-8-sig"))
    return path
