"""Indicators for machines: the same selectors, the same reach."""

from datetime import date
from typing import Any

from ninja import Router, Schema

from lykta.domain.indicators import selectors
from lykta.domain.indicators.rules import Theme
from lykta.infrastructure.access import Request
from lykta.infrastructure.refusals import REFUSALS

router = Router(tags=["nyckeltal"])


class ValueOut(Schema):
    """A value with its origin; it is null where it is missing, and `missing` says why."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    unit: str
    period: str
    area: str
    area_version: str
    sex: str
    source: str
    retrieved: str
    is_preliminary: bool
    missing: str
    warning: str


class IndicatorOut(Schema):
    """One series with its latest value for the municipality, or for what there is."""

    code: str
    title: str
    definition: str
    unit: str
    theme: str
    is_rare: bool
    latest: ValueOut


class SeriesOut(Schema):
    """One series with all its values for one area, the oldest first."""

    code: str
    title: str
    definition: str
    unit: str
    theme: str
    is_rare: bool
    values: list[ValueOut]


@router.get("", response={200: list[IndicatorOut], **REFUSALS}, summary="Nyckeltal, det senaste")
def list_indicators(
    request: Request, tema: Theme | None = None, datum: date | None = None
) -> list[dict[str, Any]]:
    """Return the series within reach, each with its latest value."""
    groups = selectors.dashboard(request.reach, tema or "", as_of=datum or request.today)
    return [
        {**_described(card.indicator), "latest": _value(card.latest)}
        for group in groups
        for card in group.cards
    ]


@router.get(
    "{indicator}", response={200: SeriesOut, **REFUSALS}, summary="Ett nyckeltal för ett område"
)
def one_indicator(
    request: Request, indicator: str, omrade: str = "", datum: date | None = None
) -> dict[str, Any]:
    """Return one series for one area; the municipality where none is asked for."""
    day = datum or request.today
    found = selectors.series(request.reach, indicator, geo_code=omrade, as_of=day)
    values = [_value(point) for line in found.lines for point in line.points]
    return {**_described(found.indicator), "values": values}


def _described(row: Any) -> dict[str, Any]:
    names = ("code", "title", "definition", "unit", "theme", "is_rare")
    return {name: getattr(row, name) for name in names}


def _value(point: selectors.Point) -> dict[str, Any]:
    figure = point.figure
    low, high = figure.interval or (None, None)
    return {
        "value": figure.value,
        "low": low,
        "high": high,
        "n": point.n,
        "unit": figure.unit,
        "period": point.row.period,
        "area": point.geo_code,
        "area_version": point.geo_version,
        "sex": point.sex,
        "source": point.row.source,
        "retrieved": point.row.retrieved,
        "is_preliminary": figure.is_preliminary,
        "missing": figure.missing,
        "warning": point.warning,
    }
