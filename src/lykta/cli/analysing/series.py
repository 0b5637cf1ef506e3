"""Files of events as weekly counts: of each area, of each category, or of all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import numpy as np
from numpy.typing import NDArray

from lykta.cli.periods import EPOCH
from lykta.infrastructure.errors import BadPeriod, LyktaError

if TYPE_CHECKING:
    from lykta.analysis.aggregation import Periods
    from lykta.sources.records import AreaRecords, EventRecords

Longs = NDArray[np.int64]
F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
WEEK_DAYS = 7
ALL = "Alla händelser"


@dataclass(frozen=True, slots=True)
class Series:
    """Whole weeks of events, a row for each area or category."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    mondays: tuple[date, ...]
    n_days: int
    counts: Longs  # (series, week)
    areas: "AreaRecords | None"  # one a series, where they are counted by area
    notes: tuple[str, ...]

    @property
    def polygons(self) -> "NDArray[np.object_] | None":
        """The borders, one a series, metres in `crs`; None where there are none."""
        return self.areas.polygons if self.areas is not None else None

    @property
    def crs(self) -> str:
        """The reference system of the borders."""
        return self.areas.metric_crs if self.areas is not None else ""

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
    from lykta.analysis.aggregation import Periods, tally
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
    periods = Periods("all", np.array([first.min(), last.max() + 1]))
    if is_weekly:
        periods = _whole_weeks(first[is_dated], last[is_dated])
    counts = tally(
        np.where(is_dated, row, -1), len(names), weights=records.count,
        second=periods.index(first + (last - first) // 2), n_second=periods.n,
    )  # fmt: skip
    return Series(
        names=names,
        codes=codes,
        mondays=tuple(EPOCH + timedelta(days=day) for day in periods.starts[:-1].tolist()),
        n_days=int(periods.starts[-1] - periods.starts[0]),
        counts=counts,
        areas=shapes if by == "område" else None,
        notes=tuple(_notes(records, is_dated, row)),
    )


def _whole_weeks(first: Longs, last: Longs) -> "Periods":
    """Return the weeks that the files hold whole."""
    from lykta.analysis.aggregation import whole_periods

    if not len(first):
        raise BadPeriod("Händelserna är kända bara till en längre tid än en vecka.")
    weeks = whole_periods(int(first.min()), int(last.max()), "week")
    if not weeks.n:
        raise BadPeriod("Filen täcker ingen hel vecka. Ange en fil med en längre tid.")
    return weeks


def _rows(
    records: "EventRecords", shapes: "AreaRecords | None", by: str
) -> tuple[tuple[str, ...], tuple[str, ...], Longs]:
    """Return what the series are called, their codes, and which each event belongs to."""
    if by == "kategori":
        return records.categories, records.categories, records.category.astype(np.int64)
    if by == "allt" or shapes is None:
        return (ALL,), ("",), np.zeros(len(records.category), np.int64)
    from lykta.cli.inputs import positions

    row = positions(records.area_codes, shapes)[records.area].astype(np.int64)
    if shapes.polygons is not None and not np.isnan(records.x_m).all():
        from lykta.analysis.geometry import assign_areas

        placed = assign_areas(records.x_m, records.y_m, shapes.polygons).area
        row = np.where(placed >= 0, placed, row)
    return shapes.names, shapes.codes, row


def _notes(records: "EventRecords", is_dated: NDArray[np.bool_], row: Longs) -> list[str]:
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
