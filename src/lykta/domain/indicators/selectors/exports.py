"""A series as a file that can be read in again and changes nothing."""

import csv
import io
from datetime import date

from django.db.models import Q

from lykta.domain.indicators import rules
from lykta.domain.indicators.models import READ, Indicator
from lykta.domain.indicators.rules import Basis, Status, Theme
from lykta.domain.indicators.selectors.points import Point, points, rows_of
from lykta.infrastructure.access import Reach, Refused, require
from lykta.sources.key_figures import COLUMNS, SWEDISH_STATUSES

_STATUSES = {str(status): word for status, word in SWEDISH_STATUSES.items()}


def table(reach: Reach, code: str, *, as_of: date) -> bytes:
    """Return every value of a series that may be shown as CSV; small ones are left out."""
    require(reach, READ)
    series = Indicator.objects.visible_to(reach).filter(code=code).first()
    if series is None:
        raise Refused
    rows = rows_of(reach, Q(indicator=series), as_of=as_of)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(_line(point) for point in points(reach, rows) if not point.is_hidden)
    return text.getvalue().encode("utf-8-sig")


def _line(point: Point) -> dict[str, object]:
    row, series = point.row, point.row.indicator
    return {
        "nyckeltal": series.code,
        "titel": series.title,
        "period": row.period,
        "område": row.geo_code,
        "indelning": row.geo_version,
        "kön": "" if row.sex == "-" else row.sex,
        "värde": _number(row.value),
        "undre": _number(row.low),
        "övre": _number(row.high),
        "n": "" if row.n is None else row.n,
        "enhet": series.unit,
        "status": _STATUSES[Status(row.status).value],
        "källa": row.source,
        "hämtad": row.retrieved,
        "datamängd": series.dataset,
        "definition": series.definition,
        "tema": rules.SWEDISH_THEMES[Theme(series.theme)],
        "räknar": rules.SWEDISH_BASES[Basis(series.basis)],
        "sällsynt": "ja" if series.is_rare else "nej",
    }


def _number(value: float | None) -> str:
    """Return a number as Swedish Excel reads it, with all its decimals."""
    if value is None:
        return ""
    return f"{value:.0f}" if value.is_integer() else repr(value).replace(".", ",")
