"""What is reported, when and by whom in the demo municipality: invented, but plausible, tables."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

FIRST_DAY, LAST_DAY = date(2021, 11, 1), date(2026, 10, 31)
# 2 608 and not 2 600: with the seed of the written files it draws a typical world, in which no
# kommundel without a planted truth happens to change much.
EVENTS_PER_YEAR = 2608
DAYS_PER_YEAR = 365.25
# Variance over mean of the number of events in a week, per category: one wet week is wet
# everywhere, so the extra spread is shared by the whole municipality and says nothing of place.
DISPERSION = 1.3
SOURCE = "Syntetiska exempeldata (lykta)"


@dataclass(frozen=True, slots=True)
class Category:
    """One category of report: how often, and at what times."""

    name: str
    group: str
    share: float  # of all events
    peak_day: int  # day of the year with the most events
    swing: float  # 0.3 = 30 % above the mean at the peak, 30 % below half a year later
    weekend: float  # Friday to Sunday against Monday to Thursday
    clock: tuple[int, ...]  # weight of 00-03, 03-06, …, 21-24
    interval_share: float  # how often only an interval is known


@dataclass(frozen=True, slots=True)
class Reporter:
    """One invented organisation, and its weight in each category, in the order of CATEGORIES."""

    name: str
    weights: tuple[int, ...]


CATEGORIES = (
    Category(
        "Ordningsstörning", "Ordning", 0.24, 190, 0.25, 1.5, (9, 3, 1, 4, 9, 15, 28, 31), 0.02
    ),
    Category("Skadegörelse", "Egendom", 0.24, 120, 0.10, 1.2, (17, 8, 5, 7, 10, 15, 19, 19), 0.26),
    Category("Otrygg plats", "Plats", 0.17, 340, 0.35, 1.0, (3, 2, 9, 12, 15, 22, 24, 13), 0.0),
    Category("Tillgrepp", "Egendom", 0.15, 250, 0.12, 1.0, (12, 9, 6, 10, 16, 20, 16, 11), 0.30),
    Category("Våld och hot", "Våld", 0.08, 200, 0.10, 1.4, (16, 5, 3, 6, 13, 20, 18, 19), 0.02),
    Category("Narkotika", "Ordning", 0.08, 210, 0.15, 1.2, (9, 3, 2, 7, 15, 20, 23, 21), 0.02),
    Category("Brand", "Egendom", 0.04, 130, 0.30, 1.3, (19, 9, 3, 5, 9, 14, 19, 22), 0.08),
)

REPORTERS = (
    Reporter("Bostadsbolaget Exempel", (22, 30, 26, 26, 12, 18, 36)),
    Reporter("Fastighets AB Demo", (12, 18, 14, 20, 8, 10, 24)),
    Reporter("Trygghetsvärdarna", (38, 14, 28, 12, 34, 40, 12)),
    Reporter("Exempelskolan", (10, 14, 4, 12, 26, 14, 10)),
    Reporter("Kommunens park och gata", (6, 18, 22, 6, 2, 8, 12)),
    Reporter("Fritidsgården Exemplet", (12, 6, 6, 24, 18, 10, 6)),
)


def days() -> NDArray[np.datetime64]:
    """Return every day of the period."""
    after_last = np.datetime64(LAST_DAY) + np.timedelta64(1, "D")
    return np.arange(np.datetime64(FIRST_DAY), after_last, np.timedelta64(1, "D"))


def daily_rate(category: Category) -> NDArray[np.float64]:
    """Return the expected number of events per day in the whole municipality."""
    every = days()
    day_of_year = (every - every.astype("datetime64[Y]")).astype(int)
    season = 1 + category.swing * np.cos(2 * np.pi * (day_of_year - category.peak_day) / 365.25)
    shape = season * np.where(weekday(every) >= 4, category.weekend, 1.0)
    per_day = category.share * EVENTS_PER_YEAR / DAYS_PER_YEAR
    rate: NDArray[np.float64] = shape / shape.mean() * per_day
    return rate


def weekday(every: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return 0 for Monday to 6 for Sunday."""
    # 1 January 1970 was a Thursday.
    return (every.astype("datetime64[D]").astype(np.int64) + 3) % 7


def week(every: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the number of each day's week, Monday to Sunday, counted from 1970."""
    return (every.astype("datetime64[D]").astype(np.int64) + 3) // 7
