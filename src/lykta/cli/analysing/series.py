"""Files of events as weekly counts: of each area, of each category, or of all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
import numpy as np
from numpy.typing import NDArray

from lykta.infrastructure.errors import BadPeriod, LyktaError

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
EPOCH = date(1970, 1, 1)
MONDAY = 4  # 1970-01-01 was a Thursday
WEEK_DAYS = 7
ALL = "Alla händelser"


@dataclass(frozen=True, slots=True)
class Series:
    """Whole weeks of events, a row for each area or category."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    mondays: tuple[date, ...]
    n_days: int
    counts: NDArray[np.int64]  # (series, week)
    polygons: NDArray[np.object_] | None  # metres in `crs`, one a series
    crs: str
    notes: tuple[str, ...]

    def place_of(self, code: str) -> int:
        """Return which series is called so, or raise with the names that there are."""
        wanted = code.casefold()
        for place, known in enumerate(zip(self.codes, self.names, strict=True)):
            if wanted in (each.casefold() for each in known):
                return place
        some = ", ".join(self.names[:8])
        raise LyktaError(f"”{code}” finns inte bland serierna: {some} …", code="unknown-series")

    def week_of(self, day: date) -> int:
        """Return the place of the week that a day falls in, or raise where it is not there."""
        monday = day - timedelta(days=day.weekday())
        if monday not in self.mondays:
            raise BadPeriod(
                f"Dagen {day} ligger utanför veckorna {self.mondays[0]}–{self.mondays[-1]}. "
                "Välj en annan dag."
            )
        return self.mondays.index(monday)


def counting(work: F) -> F:
    """Give a command the options of what is counted."""
    for option in reversed(
        (
            click.argument("events", type=FILE, nargs=-1, required=True, metavar="HÄNDELSER…"),
            click.option(
                "--areas",
                type=FILE,
                metavar="FIL",
                help="Områden med koder, namn och helst gränser.",
            ),
            click.option(
                "--map",
                "mapping",
                multiple=True,
                metavar="FÄLT=KOLUMN",
                help="Vilken kolumn som är vad, till exempel time=Datum. Kan anges flera gånger.",
            ),
            click.option("--crs", help="Händelsernas koordinatsystem, till exempel EPSG:3006."),
            click.option("--areas-crs", help="Områdenas koordinatsystem, om filen inte säger det."),
        )
    ):
        work = option(work)
    return work


divided = click.option(
    "--by",
    default="allt",
    show_default=True,
    type=click.Choice(["allt", "område", "kategori"]),
    help="Vad som räknas var för sig. Område kräver --areas.",
)


def read(
    events: Sequence[Path], *, areas: Path | None, by: str, mapping: Sequence[str],
    crs: str | None, areas_crs: str | None, is_weekly: bool = True,
) -> Series:  # fmt: skip
    """Return the weekly counts of files; weeks that the files do not hold whole are left out.

    is_weekly : False counts all of the time as one, also what is known only to a month or a year.
    """
    from lykta.infrastructure.imports.mapping import pairs
    from lykta.sources.reading import read_areas, read_events

    if by == "område" and areas is None:
        raise LyktaError("Ange områdena med --areas.", code="no-areas")
    shapes = read_areas(areas, crs=areas_crs) if areas else None
    records = read_events(
        events,
        mapping=pairs(mapping),
        crs=crs,
        metric_crs=shapes.metric_crs or None if shapes else None,
    )
    if not len(records.count):
        raise BadPeriod("Filen har inga händelser att räkna.")
    names, codes, row = _rows(records, shapes, by)
    first = records.starts_at.astype("M8[D]").astype(np.int64)
    last = records.ends_at.astype("M8[D]").astype(np.int64)
    is_dated = last - first < (WEEK_DAYS if is_weekly else np.inf)
    week, begin, end = np.zeros(len(first), np.int64), 0, 1
    if is_weekly:
        week = (first + (last - first) // 2 - MONDAY) // WEEK_DAYS
        begin, end = _whole_weeks(first[is_dated], last[is_dated])
    kept = is_dated & (week >= begin) & (week < end) & (row >= 0)
    place = row[kept] * (end - begin) + week[kept] - begin
    counts = np.bincount(
        place, weights=records.count[kept], minlength=len(names) * (end - begin)
    ).astype(np.int64)
    return Series(
        names=names,
        codes=codes,
        mondays=tuple(EPOCH + timedelta(days=MONDAY + WEEK_DAYS * w) for w in range(begin, end)),
        n_days=WEEK_DAYS * (end - begin) if is_weekly else int(last.max() - first.min()) + 1,
        counts=counts.reshape(len(names), end - begin),
        polygons=shapes.polygons if shapes is not None and by == "område" else None,
        crs=shapes.metric_crs if shapes else "",
        notes=tuple(_notes(records, is_dated, row)),
    )


def _whole_weeks(first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[int, int]:
    """Return the first whole week and the one after the last, numbered from 1970."""
    if not len(first):
        raise BadPeriod("Händelserna är kända bara till en längre tid än en vecka.")
    begin = int(-(-(int(first.min()) - MONDAY) // WEEK_DAYS))
    end = (int(last.max()) + 1 - MONDAY) // WEEK_DAYS
    if end <= begin:
        raise BadPeriod("Filen täcker ingen hel vecka. Ange en fil med en längre tid.")
    return begin, end


def _rows(
    records: Any, shapes: Any | None, by: str
) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int64]]:
    """Return what the series are called, their codes, and which each event belongs to."""
    if by == "kategori":
        return records.categories, records.categories, records.category.astype(np.int64)
    if by == "allt" or shapes is None:
        return (ALL,), ("",), np.zeros(len(records.category), np.int64)
    known = {name.casefold(): place for place, name in enumerate(shapes.names)}
    known |= {code.casefold(): place for place, code in enumerate(shapes.codes)}
    said = np.array([*(known.get(word.casefold(), -1) for word in records.area_codes), -1])
    row = said[records.area].astype(np.int64)
    if shapes.polygons is not None and not np.isnan(records.x_m).all():
        from lykta.analysis.geometry import assign_areas

        placed = assign_areas(records.x_m, records.y_m, shapes.polygons).area
        row = np.where(placed >= 0, placed, row)
    return shapes.names, shapes.codes, row


def _notes(records: Any, is_dated: NDArray[np.bool_], row: NDArray[np.int64]) -> list[str]:
    passport = records.passport
    told = [
        (passport.n_rejected, "rader är avvisade. Se dem med lykta import events --dry-run."),
        (int((~is_dated).sum()), "händelser är kända bara till en längre tid än en vecka."),
        (int((row < 0).sum()), "händelser hör inte till någon serie."),
        (passport.n_withheld, "antal lämnas inte ut av källan och räknas inte."),
    ]
    return [f"{n} {text}" for n, text in told if n]


def week_text(monday: date) -> str:
    """Return a week: "2026-v44"."""
    year, week, _day = monday.isocalendar()
    return f"{year}-v{week:02d}"
