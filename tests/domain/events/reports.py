"""Events made up for the tests: so many a week in each district, day by day and place by place."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

HEADER = "id;tidpunkt;tidpunkt_till;kategori;x;y;område;källa"
SOURCE = "Påhittade rapporter"
WEST_M, SOUTH_M = 600_000, 6_600_000
CATEGORIES = ("Skadegörelse", "Ordningsstörning", "Otrygg plats", "Våld och hot")
# Where the two districts of the made-up municipality lie, metres from its corner.
CORNERS = {"9999-ASA": (0, 0), "9999-OST": (2000, 0)}
LAST_WEEK = date(2026, 11, 16)  # a Monday: the last whole week on 24 November 2026


def weekly(
    n_weeks: int,
    per_week: Mapping[str, int],
    *,
    last: date = LAST_WEEK,
    category: str = "",
    prefix: str = "E",
) -> list[str]:
    """Return so many lines a week and district, up to a week; spread over days, kinds and spots."""
    return list(_lines(n_weeks, per_week, last, category, prefix))


def _lines(
    n_weeks: int, per_week: Mapping[str, int], last: date, category: str, prefix: str
) -> Iterator[str]:
    number = 0
    for week in range(n_weeks):
        monday = last - timedelta(weeks=n_weeks - 1 - week)
        for code, n in per_week.items():
            west, south = CORNERS[code]
            for _ in range(n):
                day = monday + timedelta(days=number % 7)
                x = WEST_M + west + 100 + (number * 337) % 1800
                y = SOUTH_M + south + 100 + (number * 211) % 1800
                kind = category or CATEGORIES[number % len(CATEGORIES)]
                hour = 8 + number % 12
                yield f"{prefix}{number};{day} {hour:02d}:15;;{kind};{x};{y};{code};{SOURCE}"
                number += 1


def line(
    id_: str = "E1",
    *,
    when: str = "2026-11-18 21:30",
    to: str = "",
    kind: str = "Klotter",
    at: tuple[float, float] | None = (500, 500),
    area: str = "",
    count: str | int | None = None,
) -> str:
    """Return one line; `at` is metres from the corner of the municipality, None for no point."""
    x, y = (WEST_M + at[0], SOUTH_M + at[1]) if at else ("", "")
    counted = () if count is None else (count,)
    return ";".join(str(cell) for cell in (id_, when, to, kind, x, y, area, SOURCE, *counted))


def as_file(lines: list[str]) -> str:
    """Return lines as the text of a file, with counts where they have them."""
    is_counted = lines[0].count(";") > HEADER.count(";")
    return "\n".join([f"{HEADER};antal" if is_counted else HEADER, *lines]) + "\n"
