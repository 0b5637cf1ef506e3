"""What stands on Läget: every number and word of it, ready to be written out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from lykta.analysis import change
from lykta.domain.events.selectors import Division, Situation, Weeks
from lykta.domain.places.rules import Kind
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.drawing import Line as Drawing
from lykta.infrastructure.drawing import line as drawn
from lykta.infrastructure.drawing import mark
from lykta.web.situation import layers, words
from lykta.web.situation.filters import Filters, name_of
from lykta.web.templatetags.swedish import number

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_ROWS = 12
# More than these stand in the file only.
MOST_MORE = 48
WIDE, NARROW = (880, 300), (340, 230)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A dense place: which it is, and how dense."""

    letter: str
    names: str
    count: str
    expected: str
    ratio: str
    mark: Any


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    title: str
    lede: str
    weeks: str
    rows: list[words.Line]
    more_rows: list[words.Line]
    n_rows: int
    has_rates: bool
    row_word: str
    layers: dict[str, Any]
    classes: list[str]
    clusters: list[Cluster]
    hot_size: str
    hot_basis: str
    categories: list[words.Line]
    listed: list[words.Line]
    trend: tuple[Drawing, Drawing] | None
    trend_text: str
    trend_rows: list[tuple[str, str, str, str]]
    early: words.Early | None
    limits: list[str]
    compared: str


_ROW_WORDS = {
    "kommundelar": lambda: _("Kommundel"),
    "smaomraden": lambda: _("Område"),
    "sexhorningar": lambda: _("Ruta"),
}


def page(
    found: Situation, filters: Filters, rows: Sequence[AreaRow], categories: Sequence[Any]
) -> Page:
    """Return the page of what was found."""
    by_id = {row.id: row for row in rows}
    order = in_order(found, filters.division)
    shown = lines(found, filters.division, by_id, order[: MOST_ROWS + MOST_MORE])
    listed = area_lines(found.listed, by_id)
    return Page(
        title=_title(found, filters),
        lede=_lede(found),
        weeks=words.weeks(found.asked.first_week, found.asked.last_week),
        rows=shown[:MOST_ROWS],
        more_rows=shown[MOST_ROWS:],
        n_rows=len(order),
        has_rates=any(line.rate for line in shown) and _has_rates(filters),
        row_word=_ROW_WORDS[filters.division](),
        layers=layers.layers(found, filters.division, by_id),
        classes=layers.class_labels(found),
        clusters=clusters(found, rows),
        hot_size=number(found.cell_m) if found.hot else "",
        hot_basis=_("invånarna") if found.hot and found.hot.is_by_people else _("medelvärdet"),
        categories=category_lines(found.categories, categories),
        listed=listed,
        trend=trend(found.weeks),
        trend_text=trend_text(found.weeks),
        trend_rows=_trend_rows(found.weeks),
        early=words.early(found, by_id, categories),
        limits=_limits(found),
        compared=_compared(found),
    )


def _title(found: Situation, filters: Filters) -> str:
    where = filters.area.name if filters.area else _("kommunen")
    kind = int(found.total.changes.verdict[0])
    return {
        change.MORE: _("Fler händelser än väntat i {where}"),
        change.FEWER: _("Färre händelser än väntat i {where}"),
        change.NOT_SURE: _("Ingen säkerställd förändring i {where}"),
        change.CANNOT_TELL: _("Det går inte att avgöra om något har ändrats i {where}"),
        change.HIDDEN: _("Antalet visas inte för {where}"),
    }[kind].format(where=where)


def _lede(found: Situation) -> str:
    changes, expected = found.total.changes, float(found.total.expected[0])
    n, how_long = words.count(changes, 0), words.n_weeks(len(found.asked.weeks))
    if math.isnan(expected):
        return _("{n} händelser på {weeks}. Det finns för lite före att jämföra med.").format(
            n=n, weeks=how_long
        )
    said = _("{n} händelser på {weeks} mot {expected} väntade.").format(
        n=n, weeks=how_long, expected=number(expected)
    )
    if math.isnan(float(changes.ratio[0])):
        return said
    ratio, low, high = (float(p[0]) for p in (changes.ratio, changes.low, changes.high))
    return f"{said} " + _("Kvoten är {ratio}, med 95 % intervall {interval}.").format(
        ratio=number(ratio, 2) if math.isfinite(ratio) else "∞", interval=words.span(low, high)
    )


def in_order(found: Situation, division: str) -> list[int]:
    """Return the rows that hold an event now, in the order of the page: districts by name."""
    divided = _divided(found, division)
    if divided is None:
        return []
    if division == "kommundelar":
        return list(range(len(divided.keys)))
    counts = np.nan_to_num(divided.changes.count, nan=0.5)  # hidden ones among the small
    order = np.argsort(-counts, kind="stable")
    return [int(n) for n in order if counts[n] > 0]


def lines(
    found: Situation, division: str, by_id: Mapping[int, AreaRow], order: Sequence[int]
) -> list[words.Line]:
    """Return some rows of the table in words."""
    divided = _divided(found, division)
    if divided is None:
        return []
    if division != "sexhorningar":
        return area_lines(divided, by_id, order)
    named = layers.names_of_cells(found, by_id, order)
    return [
        words.line(divided, n, key=f"h{divided.keys[n]}", name=name, where=where)
        for n, (name, where) in zip(order, named, strict=True)
    ]


def _divided(found: Situation, division: str) -> Division | None:
    return {
        "kommundelar": found.districts,
        "smaomraden": found.small_areas,
        "sexhorningar": found.cells,
    }[division]


def area_lines(
    division: Division, by_id: Mapping[int, AreaRow], order: Sequence[int] | None = None
) -> list[words.Line]:
    """Return areas in words, all or some."""
    found = []
    for n in range(len(division.keys)) if order is None else order:
        row = by_id[division.keys[n]]
        where, url = layers.district_of(row, by_id), reverse("area", args=[row.code])
        found.append(words.line(division, n, key=row.code, name=row.name, where=where, url=url))
    return found


def category_lines(division: Division, categories: Sequence[Any]) -> list[words.Line]:
    by_id = {row.pk: row for row in categories}
    return [
        words.line(division, n, key=by_id[key].code, name=name_of(by_id[key]))
        for n, key in enumerate(division.keys)
    ]


def clusters(found: Situation, rows: Sequence[AreaRow]) -> list[Cluster]:
    if found.hot is None:
        return []
    districts = [row.name for row in rows if row.kind == Kind.DISTRICT]
    made = []
    for letter, one in zip(LETTERS, found.hot.clusters, strict=False):
        ratio, low, high = (float(p[0]) for p in (one.ratio.ratio, one.ratio.low, one.ratio.high))
        made.append(
            Cluster(
                letter=letter,
                names=", ".join(districts[a] for a in one.areas if a < len(districts)),
                count=number(one.count),
                expected=number(one.expected, 1 if one.expected < 10 else 0),
                ratio=words.interval(ratio, low, high, 1),
                mark=mark(ratio, low, high, is_certain=True),
            )
        )
    return made


def trend(weeks: Weeks) -> tuple[Drawing, Drawing] | None:
    if len(weeks.counts) < 2:
        return None
    limits, counts = weeks.limits, weeks.counts.astype(float).tolist()
    labels = [words.week(monday) for monday in weeks.mondays]
    outside = (limits.kind != 0).tolist() if limits else [False] * len(counts)
    named = [
        f"{label}: {number(count)}" if is_out or n == len(counts) - 1 else label
        for n, (label, count, is_out) in enumerate(zip(labels, counts, outside, strict=True))
    ]

    def made(width: int, height: int, every: int) -> Drawing:
        return drawn(
            counts, named, width=width, height=height, is_outside=outside, label_every=every,
            lower=limits.lower if limits else None, upper=limits.upper if limits else None,
            expected=limits.expected if limits else None,
        )  # fmt: skip

    return made(*WIDE, 4), made(*NARROW, 13)


def trend_text(weeks: Weeks) -> str:
    if weeks.limits is None:
        return _("Tiden före är för kort, eller har luckor, så inga gränser kan räknas fram.")
    outside = [
        f"{words.week(weeks.mondays[n])} ({number(float(weeks.counts[n]))})"
        for n in np.flatnonzero(weeks.limits.kind)
    ]
    if not outside:
        return _("Alla veckor ligger inom gränserna för det väntade.")
    return _("Utanför gränserna: {weeks}.").format(weeks=", ".join(outside))


def _trend_rows(weeks: Weeks) -> list[tuple[str, str, str, str]]:
    limits = weeks.limits
    said = {1: _("över"), -1: _("under"), 0: _("inom")}
    return [
        (
            f"{words.week(monday)} {monday.isocalendar().year}",
            number(float(weeks.counts[n])),
            words.span(float(limits.lower[n]), float(limits.upper[n]), 0) if limits else "–",
            said[int(limits.kind[n])] if limits else "–",
        )
        for n, monday in reversed(list(enumerate(weeks.mondays)))
    ]


def _limits(found: Situation) -> list[str]:
    """Return what the numbers do not show, only what is true of these."""
    told = [
        _("Det som räknas är vad som har rapporterats, registrerats eller publicerats, inte allt "
          "som har hänt. En ökning kan bero på att fler rapporterar."),
    ]  # fmt: skip
    if n := found.n_undated:
        told.append(
            _("{n} händelser är kända bara till en längre tid än en vecka och räknas inte här.")
            .format(n=number(n))
        )  # fmt: skip
    if n := found.n_without_area:
        told.append(
            _("{n} händelser saknar område. De räknas bara för hela kommunen.").format(n=number(n))
        )
    if n := found.n_unseen:
        told.append(
            _("Källan lämnar inte ut alla antal. Det kan vara upp till {n} fler.").format(
                n=number(n)
            )
        )
    if found.audience != "staff":
        told.append(_("Antal under fem i små områden visas inte."))
    if found.hot is not None and found.hot.clusters:
        told.append(_("En tät plats säger något om platsen och inget om dem som bor där."))
    return told


def _compared(found: Situation) -> str:
    if not len(found.before):
        return _("Händelserna går inte tillräckligt långt tillbaka för att jämföras.")
    if found.asked.is_against_last_year:
        return _("Väntat: lika många som samma veckor ett år tidigare.")
    return _("Väntat: medel av {n} veckor före.").format(n=len(found.before))


def _has_rates(filters: Filters) -> bool:
    return filters.source is None or filters.source.has_rates
