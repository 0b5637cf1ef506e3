"""Small drawings of a page as finished numbers: a template only writes them out as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MARK_WIDTH, MARK_HEIGHT = 112, 20
_WIDEST = 4.0  # ratios beyond are drawn at the edge; the figures beside them are whole
_MARGIN = 5.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A ratio with its interval on a log scale, the line at 1 in the middle."""

    low: str
    middle: str
    high: str
    is_certain: bool
    one: str = f"{MARK_WIDTH / 2:.1f}"


@dataclass(frozen=True, slots=True)
class Span:
    """What was expected, as a bar, and what came, as a dot, on a scale from 0."""

    low: str
    width: str
    middle: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A place along an axis and what stands there."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a line that has something said about it."""

    x: str
    y: str
    text: str
    anchor: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of counts over weeks with limits, for one width."""

    width: int
    height: int
    left: str
    right: str
    path: str
    band: str  # the corners of what is expected, "" where that is not known
    mean: str
    points: tuple[Point, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    is_narrow: bool


def mark(ratio: float, low: float, high: float, *, is_certain: bool) -> Mark | None:
    """Return a ratio drawn, or None where there is none."""
    if math.isnan(ratio) or math.isnan(low) or math.isnan(high):
        return None
    return Mark(_along(low), _along(ratio), _along(high), is_certain)


def line(
    counts: Sequence[float], labels: Sequence[str], *, width: int, height: int,
    lower: Floats | None, upper: Floats | None, expected: Floats | None,
    is_outside: Sequence[bool], label_every: int,
) -> Line:  # fmt: skip
    """Return the counts of consecutive weeks as a line from 0, with what was expected of them."""
    left, right, top, bottom = 40.0, width - 12.0, 16.0, height - 26.0
    highest = max([*counts, *(upper if upper is not None else ()), 1.0])
    step = _step(highest)
    ceiling = step * math.ceil(highest / step)
    n = len(counts)

    def x(place: float) -> float:
        return left + (right - left) * (place / max(n - 1, 1))

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / ceiling

    def path(values: Sequence[float] | Floats) -> str:
        return " ".join(f"{x(k):.1f},{y(float(v)):.1f}" for k, v in enumerate(values))

    band = ""
    if lower is not None and upper is not None:
        back = " ".join(f"{x(k):.1f},{y(float(lower[k])):.1f}" for k in reversed(range(len(lower))))
        band = f"{path(upper)} {back}"
    last = n - 1
    told = [k for k in range(n) if is_outside[k] or k == last]
    points = tuple(
        Point(
            f"{x(k):.1f}", f"{y(counts[k]):.1f}", labels[k],
            "end" if x(k) > width - 110 else "start", is_outside[k],
        )
        for k in told
    )  # fmt: skip
    return Line(
        width=width,
        height=height,
        left=f"{left:.1f}",
        right=f"{right:.1f}",
        path=path(list(counts)),
        band=band,
        mean=path(expected) if expected is not None else "",
        points=points,
        x_ticks=tuple(
            Tick(f"{x(k):.1f}", labels[k]) for k in range(0, n, label_every) if n - k > 1 or k == 0
        ),
        y_ticks=tuple(
            Tick(f"{y(value):.1f}", f"{value:g}")
            for value in np.arange(0, ceiling + step / 2, step)
        ),
        is_narrow=width < 480,
    )


def span(count: float, low: float, high: float) -> Span:
    """Return what was expected and what came, on one scale from 0."""
    top = max(count, high, 1.0) * 1.1

    def at(value: float) -> float:
        return _MARGIN + (MARK_WIDTH - 2 * _MARGIN) * value / top

    return Span(
        f"{at(low):.1f}", f"{at(high) - at(low):.1f}", f"{at(count):.1f}", not low <= count <= high
    )


def _along(ratio: float) -> str:
    held = min(max(ratio, 1 / _WIDEST), _WIDEST)
    half = MARK_WIDTH / 2 - _MARGIN
    return f"{MARK_WIDTH / 2 + half * math.log(held) / math.log(_WIDEST):.1f}"


def _step(highest: float) -> float:
    """Return an even step that gives about five ticks."""
    rough = highest / 5
    size = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    return float(next(size * k for k in (1, 2, 5, 10) if size * k >= rough))
