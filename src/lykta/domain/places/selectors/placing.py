"""In which areas points lie, by the borders that hold on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.geometry import AreaIndex, area_index, assign_areas
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors.areas import shapes
from lykta.infrastructure.access import SYSTEM

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
NOWHERE = -1
# The parts of the municipality, the smallest first; where one kind has a gap the next is asked.
PARTS = (Kind.DESO, Kind.REGSO, Kind.DISTRICT, Kind.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Layer:
    """The areas of one kind that have a border."""

    ids: Ids
    index: AreaIndex

    def at(self, x_m: Floats, y_m: Floats) -> Ids:
        """Return the id of the area that holds each point, `NOWHERE` for none."""
        found = assign_areas(x_m, y_m, self.index).area
        return np.append(self.ids, NOWHERE)[found]


@dataclass(frozen=True, slots=True)
class Borders:
    """Every border that points are placed by."""

    parts: tuple[Layer, ...]
    listed: Layer | None
    local: Layer | None
    municipality: Layer | None

    def place(self, x_m: Floats, y_m: Floats) -> tuple[Ids, Ids, Ids]:
        """Return the part, the listed and the local area that hold each point."""
        part = np.full(len(x_m), NOWHERE, np.int64)
        for layer in self.parts:
            open_ = np.flatnonzero(part == NOWHERE)
            if not len(open_):
                break
            part[open_] = layer.at(x_m[open_], y_m[open_])
        nowhere = np.full(len(x_m), NOWHERE, np.int64)
        listed = nowhere if self.listed is None else self.listed.at(x_m, y_m)
        local = nowhere if self.local is None else self.local.at(x_m, y_m)
        return part, listed, local

    def is_outside(self, x_m: Floats, y_m: Floats) -> NDArray[np.bool_]:
        """Return which points lie outside the municipality; none where its border is not known."""
        known = ~np.isnan(x_m)
        if self.municipality is None:
            return np.zeros(len(x_m), bool)
        return known & (self.municipality.at(x_m, y_m) == NOWHERE)


def borders(on: date) -> Borders:
    """Return the borders that hold on a day."""
    known = shapes(SYSTEM, as_of=on)
    layers = {kind: _layer(known.get(kind, [])) for kind in Kind}
    return Borders(
        parts=tuple(layer for kind in PARTS if (layer := layers[kind])),
        listed=layers[Kind.LISTED],
        local=layers[Kind.LOCAL],
        municipality=layers[Kind.MUNICIPALITY],
    )


def or_none(ids: Ids) -> list[int | None]:
    """Return the ids as a table holds them, None for `NOWHERE`."""
    return [None if each == NOWHERE else each for each in ids.tolist()]


def _layer(found: Sequence[tuple[int, Any]]) -> Layer | None:
    if not found:
        return None
    polygons = np.array([shape for _, shape in found], dtype=object)
    return Layer(np.array([key for key, _ in found], np.int64), area_index(polygons))
