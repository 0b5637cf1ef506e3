"""What a picture is counted from, as plain values: all that its numbers need, and nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.cells import People
from lykta.analysis.picture import Areas
from lykta.analysis.spans import Events, Question

# Where no event has a category, there is one that holds them all.
ALL_CATEGORIES = ("Alla",)
NONE = -1


@dataclass(frozen=True, slots=True)
class PictureFilters:
    """Urval: which events a picture is to count; empty for all."""

    categories: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    area: int | None = None
    reliabilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedArea:
    """An area as it was counted: its name, its inhabitants and its border then."""

    code: str
    name: str
    population: float | None
    polygon: Any = None  # SWEREF 99 TM, whole centimetres; None without a border


@dataclass(frozen=True, slots=True)
class CountedSource:
    """A source of what was counted, as it was described then."""

    name: str
    noun: str
    has_rates: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureInput:
    """Everything that a picture is made from.

    columns : first_day and last_day since 1970-01-01; minute of the day, -1 where not known;
        x_m and y_m, nan where not known; area and category, positions, -1 for none; count, the
        least that it may be where the source withholds it; unseen, how many more it may be at
        most; source, a position.
    """

    columns: Mapping[str, NDArray[Any]]
    question: Question
    areas: tuple[CountedArea, ...]
    people: tuple[CountedArea, ...]  # smaller areas, where it is known how many live in each
    category_names: tuple[str, ...]
    sources: tuple[CountedSource, ...]
    area_noun: str
    population: str  # of which year and from whom the inhabitants are, "" where not known

    def events(self) -> Events:
        """Return the events as the analysis takes them."""
        held = self.columns
        minute, unseen = held["minute"].astype(float), held["unseen"].astype(np.int64)
        return Events(
            first_day=held["first_day"].astype(np.int64),
            last_day=held["last_day"].astype(np.int64),
            hour=np.where(minute >= 0, minute / 60, np.nan),
            x_m=held["x_m"].astype(float),
            y_m=held["y_m"].astype(float),
            area=held["area"].astype(np.int32),
            category=held["category"].astype(np.int32),
            count=held["count"].astype(np.int64),
            unseen=unseen if unseen.any() else None,
        )

    def placed(self) -> Areas:
        """Return the areas as the analysis takes them."""
        people = None
        if self.people:
            lived_in = np.array([_number(each.population) for each in self.people])
            people = People(lived_in, _polygons(self.people))
        population = np.array([_number(each.population) for each in self.areas])
        return Areas(
            n=len(self.areas),
            polygons=_polygons(self.areas),
            population=None if np.isnan(population).all() else population,
            people=people,
        )


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _polygons(areas: tuple[CountedArea, ...]) -> NDArray[np.object_] | None:
    """Return the borders; None where one is lacking, for then a point says less than the tree."""
    found = np.empty(len(areas), dtype=object)
    found[:] = [each.polygon for each in areas]
    return None if any(each is None for each in found) else found
