"""A figure and all that must be said with it, so that none is shown without."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its origin, or the reason why there is none. Missing is never zero."""

    value: float | None
    unit: str
    source: str
    period: str  # "2023", "2026-08"
    geography: str
    definition: str
    retrieved: str
    is_preliminary: bool = False
    missing: str = ""  # why there is no value, in words
    interval: tuple[float, float] | None = None  # 95 %, same unit
    rows: tuple[int, ...] = ()  # ids of what it was made from

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.missing):
            raise ValueError("a figure has a value, or the reason why it has none")


def none(why: str, *, unit: str, geography: str, definition: str) -> Figure:
    """Return the figure that is not there, and why."""
    return Figure(
        value=None,
        unit=unit,
        source="",
        period="",
        geography=geography,
        definition=definition,
        retrieved="",
        missing=why,
    )
