"""The latest value of each series, by theme, for the municipality or another area."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from lykta.domain.indicators import rules
from lykta.domain.indicators.models import READ, THEMES, Citation, Indicator, Observation
from lykta.domain.indicators.rules import Basis, Theme
from lykta.domain.indicators.selectors.points import Point, points, rows_of
from lykta.domain.partners.rules import READ_PLACES
from lykta.infrastructure import collation
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.imports import selectors as imports

_ORDER = {theme: place for place, theme in enumerate(Theme)}
_NO_SEX = ("-", "T")


@dataclass(frozen=True, slots=True)
class Card:
    """One series in short: its latest value, the one before, and the country's the same period."""

    indicator: Indicator
    latest: Point
    before: Point | None  # same area, division and sex
    beside: Point | None  # the country


@dataclass(frozen=True, slots=True)
class Group:
    """The series of one theme."""

    theme: str
    label: str
    cards: tuple[Card, ...]


def dashboard(reach: Reach, theme: str = "", *, as_of: date) -> list[Group]:
    """Return the series of one theme, or of all, each with the municipality's latest value.

    No series is weighed together with another: what is good of one is not bad of another.
    """
    require(reach, READ)
    codes = (settings.INSTALLATION.code, rules.COUNTRY)
    cards = _known_cards(reach, codes, theme, as_of)
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.indicator.theme, []).append(card)
    ordered = sorted(found, key=lambda each: _ORDER[Theme(each)])
    return [Group(each, str(THEMES[Theme(each)]), tuple(found[each])) for each in ordered]


def latest_of(reach: Reach, geo_code: str, *, as_of: date) -> list[Card]:
    """Return the latest value of each series that has one for an area, by title."""
    require(reach, READ)
    cards = _known_cards(reach, (geo_code, rules.COUNTRY), "", as_of)
    return [card for card in cards if card.latest.geo_code == geo_code]


def citations(reach: Reach, *, as_of: date) -> list[Citation]:
    """Return what sources had said of the world outside by a day, the latest first."""
    require(reach, READ)
    series = Indicator.objects.visible_to(reach)
    rows = Citation.objects.filter(published_on__lte=as_of)
    return list(
        rows.filter(Q(indicator__isnull=True) | Q(indicator__in=series)).select_related("indicator")
    )


def search(reach: Reach, text: str, *, at_most: int = 20) -> list[Indicator]:
    """Return the series whose code, title or definition holds a text."""
    if not text.strip() or not reach.may(READ):
        return []
    rows = Indicator.objects.visible_to(reach)
    found = (
        rows.filter(title__mentions=text)
        | rows.filter(code__mentions=text)
        | rows.filter(definition__mentions=text)
    )
    return list(found.order_by(collation.in_swedish("title"), "code")[:at_most])


def _known_cards(reach: Reach, codes: tuple[str, str], theme: str, as_of: date) -> tuple[Card, ...]:
    known = imports.state(Observation)
    kept = reach.alike(READ, READ_PLACES)
    return _cards(kept, codes, theme, as_of, get_language() or "", known)


@lru_cache(maxsize=256)
def _cards(
    reach: Reach, codes: tuple[str, str], theme: str, as_of: date, _language: str, _known: object
) -> tuple[Card, ...]:
    """Return a card of each series that has values for the first of the areas, or the country."""
    # Where people are counted all areas must be looked at, so that none gives another away.
    asked = Q(geo_code__in=codes) | Q(indicator__basis=Basis.PEOPLE)
    asked |= Q(indicator__theme=Theme.OUTSIDE)
    rows = rows_of(reach, asked & Q(indicator__theme=theme) if theme else asked, as_of=as_of)
    series: dict[int, list[Point]] = {}
    for point in points(reach, rows):
        is_asked = point.geo_code in codes or point.row.indicator.theme == Theme.OUTSIDE
        if is_asked and point.row.sex in _NO_SEX:
            series.setdefault(point.row.indicator_id, []).append(point)
    cards = [_card(found, codes[0]) for found in series.values()]
    return tuple(sorted(cards, key=lambda card: collation.sort_key(card.indicator.title)))


def _card(found: list[Point], geo_code: str) -> Card:
    """Return a series in short: of the area if it has values, else of what there is."""
    mine = [point for point in found if point.geo_code == geo_code] or found
    latest = mine[-1]
    earlier = [point for point in mine if point.line == latest.line and point is not latest]
    is_ours = latest.geo_code != rules.COUNTRY
    beside = [
        point
        for point in found
        if is_ours and point.geo_code == rules.COUNTRY and point.row.period == latest.row.period
    ]
    return Card(
        indicator=latest.row.indicator,
        latest=latest,
        before=earlier[-1] if earlier else None,
        beside=beside[-1] if beside else None,
    )
