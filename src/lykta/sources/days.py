"""A column of days: what each row says, and how exactly."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from lykta.infrastructure.errors import LyktaError
from lykta.sources import times
from lykta.sources.choosing import Plan
from lykta.sources.cleaning import is_given
from lykta.sources.files.table import Table

# A week is none of these: nobody dates a border or a list so.
_PRECISIONS = {times.MINUTE: "day", times.DAY: "day", times.MONTH: "month", times.YEAR: "year"}


@dataclass(frozen=True, slots=True)
class Day:
    """What one row says of a day."""

    text: str = ""  # as it stands in the file, "" where it says nothing
    last: date | None = None  # the last day that may be meant, None where none can be read
    precision: str = ""  # "day", "month" or "year"

    @property
    def is_unclear(self) -> bool:
        """Whether the row says something that is no day, month or year."""
        return bool(self.text) and self.last is None


def days_of(table: Table, how: Plan, field: str) -> list[Day]:
    """Return what each row says of a day in one of our fields."""
    text = how.sql(field)
    said = f"SELECT CASE WHEN {is_given(text)} THEN trim({text}) END AS said FROM source"
    counts = table.ask(f"SELECT {', '.join(times.order_counts('said'))} FROM ({said})")[0]
    order = is_day_first(table, how.mapping.get(field, ""), counts)
    typed = times.in_layers(said, "said", is_day_first=order)
    rows = table.ask(
        f"SELECT coalesce(said, ''), CASE WHEN NOT {times.is_bad('said')} THEN said_at END, "
        f"said_level FROM ({typed})"
    )
    return [_day(*row) for row in rows]


def is_day_first(table: Table, column: str, counts: tuple[int, ...]) -> bool:
    """Return the order of dates such as 3/4/2026, decided by the whole column.

    The `counts` are of dates that must be day first, must be month first, and may be either.
    """
    n_day_first, n_month_first, n_either = counts
    is_mixed = n_day_first > 0 and n_month_first > 0
    is_open = n_either > 0 and not (n_day_first or n_month_first)
    if is_mixed or is_open:
        raise LyktaError(
            f"Datumen i kolumnen ”{column}” i filen {table.name} kan läsas både som dag/månad och "
            "som månad/dag. Skriv dem som ÅÅÅÅ-MM-DD i filen och försök igen.",
            code="ambiguous-date",
        )
    return n_month_first == 0


def _day(text: str, at: datetime | None, level: int) -> Day:
    precision = _PRECISIONS.get(level)
    if at is None or precision is None:
        return Day(text)
    if precision == "day":
        return Day(text, at.date(), precision)
    month = 12 if precision == "year" else at.month
    return Day(text, date(at.year, month, monthrange(at.year, month)[1]), precision)
