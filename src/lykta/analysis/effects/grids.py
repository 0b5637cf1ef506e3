"""Rows of a panel laid out as a grid of units by periods."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lykta.analysis.effects.twoway import Panel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = np.iinfo(np.int64).min  # periods since a start that never came


@dataclass(frozen=True, slots=True)
class Grid:
    """What was seen in each unit and period; exposure 0 where nothing was."""

    counts: Floats  # (units, periods)
    exposure: Floats
    treated: NDArray[np.int8]  # -1 where nothing was seen
    cluster: Ints  # (units,)
    times: NDArray[np.generic]  # (periods,), in order

    def first_treated(self) -> Ints:
        """Return the place of each unit's first treated period; the number of periods if none."""
        is_on = self.treated == 1
        return np.where(is_on.any(axis=1), is_on.argmax(axis=1), is_on.shape[1])

    def since_start(self) -> Ints:
        """Return the periods since each unit's start, NEVER where it never came."""
        try:
            times = self.times.astype(np.int64)
        except (TypeError, ValueError) as wrong:
            raise ValueError("time must be whole periods, numbered") from wrong
        if np.any(times != self.times):
            raise ValueError("time must be whole periods, numbered")
        first = self.first_treated()
        never = first == len(times)
        after = np.arange(len(times)) >= first[:, None]
        if np.any((self.treated == 0) & after):
            raise ValueError("treated goes back to 0; an event study needs measures that stay")
        start = times[np.where(never, 0, first)]
        return np.where(never[:, None], NEVER, times - start[:, None])


def lay_out(
    y: ArrayLike,
    unit: ArrayLike,
    time: ArrayLike,
    treated: ArrayLike,
    *,
    cluster: ArrayLike | None,
    exposure: ArrayLike | None,
) -> Grid:
    """Return the rows of a panel as a grid. Raises ValueError for what no panel can hold."""
    rows = {
        "y": np.asarray(y, float),
        "unit": np.asarray(unit),
        "time": np.asarray(time),
        "treated": np.asarray(treated),
        "cluster": np.asarray(unit if cluster is None else cluster),
        "exposure": np.asarray(np.ones(np.shape(y)) if exposure is None else exposure, float),
    }
    _check(rows)
    units, at_unit = _numbered(rows["unit"])
    times, at_time = _numbered(rows["time"])
    place = at_unit * len(times) + at_time
    shape = (len(units), len(times))
    if np.bincount(place).max() > 1:
        raise ValueError("a unit has more than one row in a period; add them up first")
    cells = {name: np.zeros(len(units) * len(times)) for name in ("y", "exposure")}
    cells["treated"] = np.full(len(units) * len(times), -1.0)
    for name, values in cells.items():
        values[place] = rows[name]
    return Grid(
        cells["y"].reshape(shape), cells["exposure"].reshape(shape),
        cells["treated"].reshape(shape).astype(np.int8),
        _clusters(rows["cluster"], at_unit, len(units)), times,
    )  # fmt: skip


def poisson_panel(grid: Grid, labels: Ints, n_labels: int) -> tuple[Panel, NDArray[np.bool_]]:
    """Return the part of a grid that a Poisson mean can be fitted to, and which labels are left.

    A unit, a period or a label without events fits with a mean of 0, and tells nothing of others.
    """
    there = grid.exposure > 0
    events = np.bincount(labels[there] + 1, grid.counts[there], minlength=n_labels + 1)[1:]
    kept = events > 0
    there = there & ((labels < 0) | kept[labels])
    counts = np.where(there, grid.counts, 0.0)
    units, periods = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    if units.sum() < 2 or periods.sum() < 2:
        raise ValueError(
            f"{units.sum()} units and {periods.sum()} periods with events; at least 2 of each "
            "are needed"
        )
    inside = np.ix_(units, periods)
    number = np.append(np.cumsum(kept) - 1, -1)  # the last stands for the label -1
    names, cluster = np.unique(grid.cluster[units], return_inverse=True)
    panel = Panel(
        counts[inside], np.where(there, grid.exposure, 0.0)[inside],
        np.where(there, number[labels], -1)[inside], int(kept.sum()), cluster, len(names),
    )  # fmt: skip
    return panel, kept


def _check(rows: dict[str, NDArray[np.generic]]) -> None:
    shapes = {name: values.shape for name, values in rows.items()}
    if len(set(shapes.values())) > 1 or len(rows["y"].shape) != 1 or not rows["y"].size:
        raise ValueError(f"the columns must be of one length, not empty; they have {shapes}")
    y, exposure = rows["y"].astype(float), rows["exposure"].astype(float)
    if not np.all(np.isfinite(y)) or np.any(y < 0):
        raise ValueError("y must hold counts, none of them negative, missing or infinite")
    if not np.all((exposure > 0) & np.isfinite(exposure)):
        raise ValueError("exposure must be above 0; leave out the rows where nobody was at risk")
    if not np.all((rows["treated"] == 0) | (rows["treated"] == 1)):
        raise ValueError("treated must be 0 or 1")
    if np.ptp(rows["treated"].astype(float)) == 0:
        raise ValueError("treated must hold both 0 and 1, or there is nothing to compare")
    for name in ("unit", "time", "cluster"):
        if np.any(rows[name] != rows[name]):  # only nan is not itself
            raise ValueError(f"{name} has missing values")


def _numbered(values: NDArray[np.generic]) -> tuple[NDArray[np.generic], Ints]:
    """Return the values there are, in order, and the place of each row's among them."""
    if np.issubdtype(values.dtype, np.signedinteger):
        least, largest = int(values.min()), int(values.max())
        if largest - least < len(values):  # marking those there are is cheaper than sorting
            place = values.astype(np.int64) - least
            is_there = np.zeros(largest - least + 1, bool)
            is_there[place] = True
            return np.flatnonzero(is_there) + least, (np.cumsum(is_there) - 1)[place]
    found, place = np.unique(values, return_inverse=True)
    return found, place


def _clusters(cluster: NDArray[np.generic], at_unit: Ints, n_units: int) -> Ints:
    """Return the cluster of each unit, numbered from 0."""
    number = _numbered(cluster)[1]
    of_unit = np.zeros(n_units, np.int64)
    of_unit[at_unit] = number
    if np.any(of_unit[at_unit] != number):
        raise ValueError("cluster changes within a unit; whole units must be clustered")
    return of_unit
