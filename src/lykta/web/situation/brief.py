"""The situation in a few sentences, for the first page and for the page of one area."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lykta.analysis import change
from lykta.domain.events import selectors as events
from lykta.domain.events.selectors import Division, Situation
from lykta.domain.places.selectors import AreaRow
from lykta.infrastructure.access import Reach
from lykta.infrastructure.drawing import Mark, mark
from lykta.web.situation import layers, page, words
from lykta.web.situation.filters import last_whole_week, name_of, week_text
from lykta.web.templatetags.swedish import number


@dataclass(frozen=True, slots=True)
class Sentence:
    """One computed sentence: what it says, how sure, and what it was computed from."""

    verdict: str
    ring: str
    text: str
    figures: str
    mark: Mark | None
    query: str  # the same question on Läget


@dataclass(frozen=True, slots=True)
class Week:
    """The last whole week that the events reach."""

    title: str
    monday: date
    sentences: tuple[Sentence, ...]
    lines: list[words.Line]
    early: words.Early | None
    layers: dict[str, Any]
    last_day: date
    is_behind: bool
    query: str


@dataclass(frozen=True, slots=True)
class AreaEvents:
    """The events of one area."""

    recent: Sentence
    year: Sentence
    categories: list[words.Line]
    trend: Any
    trend_text: str
    early: words.Early | None
    query: str


def week(reach: Reach, rows: Sequence[AreaRow], *, as_of: date) -> Week | None:
    """Return the last whole week in three sentences; None where no events are known."""
    known = events.known(reach, as_of=as_of)
    if known.first_day is None or known.last_day is None:
        return None
    monday = last_whole_week(min(known.last_day, as_of))
    categories = {row.pk: row for row in events.categories(reach)}
    one, four = (
        events.situation(
            reach, events.Asked(monday - timedelta(weeks=n - 1), monday), as_of=as_of,
            rows=rows, there=known, hexes="dense" if n == 4 else None, has_early=n == 1,
        )
        for n in (1, 4)
    )  # fmt: skip
    by_id = {row.id: row for row in rows}
    return Week(
        title=words.week(monday),
        monday=monday,
        sentences=(_whole(one), _outstanding(one, by_id, categories), _dense(four, rows)),
        lines=page.area_lines(one.districts, by_id),
        early=words.early(one, by_id, list(categories.values())),
        layers=layers.layers(one, "kommundelar", by_id),
        last_day=known.last_day,
        is_behind=monday < last_whole_week(as_of),
        query=_query(one),
    )


def area(reach: Reach, row: AreaRow, rows: Sequence[AreaRow], *, as_of: date) -> AreaEvents | None:
    """Return the events of one area; None where none are known."""
    known = events.known(reach, as_of=as_of)
    if known.first_day is None or known.last_day is None:
        return None
    monday = last_whole_week(min(known.last_day, as_of))
    recent, year = (
        events.situation(
            reach, events.Asked(monday - timedelta(weeks=n - 1), monday, area=row.id),
            as_of=as_of, rows=rows, there=known, has_early=n == 4,
        )
        for n in (4, 52)
    )  # fmt: skip
    return AreaEvents(
        recent=_whole(recent),
        year=_whole(year),
        categories=page.category_lines(year.categories, events.categories(reach)),
        trend=page.trend(year.weeks),
        trend_text=page.trend_text(year.weeks),
        early=words.early(recent, {r.id: r for r in rows}, events.categories(reach)),
        query=f"{_query(year)}&omrade={row.code}",
    )


def side_by_side(
    reach: Reach, listed: Sequence[AreaRow], rows: Sequence[AreaRow], *, as_of: date
) -> list[tuple[str, list[str]]]:
    """Return the same measures of the listed areas, a row each; never one figure of them all."""
    known = events.known(reach, as_of=as_of)
    if known.first_day is None or known.last_day is None or not listed:
        return []
    monday = last_whole_week(min(known.last_day, as_of))
    found = []
    for n, label in ((4, _("Händelser, fyra veckor")), (52, _("Händelser, ett år"))):
        asked = events.Asked(monday - timedelta(weeks=n - 1), monday)
        division = events.situation(reach, asked, as_of=as_of, rows=rows, there=known).listed
        place = {key: k for k, key in enumerate(division.keys)}
        lines = [words.line(division, place[row.id], key="", name="") for row in listed]
        found.append((label, [line.count for line in lines]))
        found.append((_("kvot mot väntat, 95 %"), [line.ratio for line in lines]))
    return found


def _whole(found: Situation) -> Sentence:
    changes, kind = found.total.changes, int(found.total.changes.verdict[0])
    texts = {
        change.MORE: _("{weeks} kom {n} händelser. Det är fler än väntat."),
        change.FEWER: _("{weeks} kom {n} händelser. Det är färre än väntat."),
        change.NOT_SURE: _("{weeks} kom {n} händelser. Det är ingen säkerställd förändring."),
        change.CANNOT_TELL: _("{weeks} kom {n} händelser. Det går inte att avgöra om det är en "
                              "förändring."),
        change.HIDDEN: _("{weeks}: antalet visas inte."),
    }  # fmt: skip
    weeks = words.weeks(found.asked.first_week, found.asked.last_week)
    text = texts[kind].format(weeks=_capital(weeks), n=words.count(changes, 0))
    return _sentence(found.total, 0, text, found)


def _outstanding(
    found: Situation, by_id: Mapping[int, AreaRow], categories: Mapping[int, Any]
) -> Sentence:
    """Return the district or category that stands out most; tried with regard to how many."""
    named = [
        *((found.districts, n, by_id[key].name) for n, key in enumerate(found.districts.keys)),
        *(
            (found.categories, n, name_of(categories[key]))
            for n, key in enumerate(found.categories.keys)
        ),
    ]
    tried = [each for each in named if not math.isnan(float(each[0].changes.q[each[1]]))]
    if not tried:
        text = _("Det finns för lite före för att säga vilken kommundel eller kategori som "
                 "sticker ut.")  # fmt: skip
        return _sentence(found.total, 0, text, found, kind=change.CANNOT_TELL, has_figures=False)
    division, n, name = min(tried, key=lambda each: float(each[0].changes.q[each[1]]))
    kind = int(division.changes.verdict[n])
    count, expected = words.count(division.changes, n), number(float(division.expected[n]), 1)
    texts = {
        change.MORE: _("{name} sticker ut: {n} händelser mot {expected} väntade."),
        change.FEWER: _("{name} sticker ut: bara {n} händelser mot {expected} väntade."),
    }
    usual = _("Ingen kommundel och ingen kategori sticker ut. Störst är skillnaden för {name}: "
              "{n} händelser mot {expected} väntade.")  # fmt: skip
    text = texts.get(kind, usual).format(name=name, n=count, expected=expected)
    is_sure = kind in texts
    return _sentence(division, n, text, found, kind=kind if is_sure else change.NOT_SURE)


def _dense(found: Situation, rows: Sequence[AreaRow]) -> Sentence:
    """Return the dense places of the last four weeks."""
    weeks = _capital(words.weeks(found.asked.first_week, found.asked.last_week))
    if found.hot is None:
        text = _("{weeks}: för få händelser med läge för att säga var det är tätt.")
        return _sentence(
            found.total, 0, text.format(weeks=weeks), found, kind=change.CANNOT_TELL,
            has_figures=False,
        )  # fmt: skip
    size = number(found.cell_m)
    if not found.hot.clusters:
        text = _("{weeks}: ingen plats är säkerställt tätare än de andra.").format(weeks=weeks)
        figures = _("n = {n}. Sexhörningar om {size} meter.").format(
            n=words.count(found.total.changes, 0), size=size
        )
        query = f"{_query(found)}&visa=sexhorningar"
        return Sentence(words.verdict(change.NOT_SURE), "", text, figures, None, query)
    dense = page.clusters(found, rows)
    first = dense[0]
    text = ngettext(
        "{weeks}: en säkerställt tät plats, i {where}, med {n} händelser mot {expected} väntade.",
        "{weeks}: {dense} säkerställt täta platser. Den största, i {where}, har {n} händelser mot "
        "{expected} väntade.",
        len(dense),
    ).format(weeks=weeks, dense=len(dense), where=first.names, n=first.count,
             expected=first.expected)  # fmt: skip
    figures = _("Kvot mot resten: {ratio}. Sexhörningar om {size} meter.").format(
        ratio=first.ratio, size=size
    )
    return Sentence(
        _("säkerställt tätt"), "outside", text, figures, first.mark,
        f"{_query(found)}&visa=sexhorningar",
    )  # fmt: skip


def _sentence(
    division: Division, n: int, text: str, found: Situation, *, kind: int | None = None,
    has_figures: bool = True,
) -> Sentence:  # fmt: skip
    changes = division.changes
    said = int(changes.verdict[n]) if kind is None else kind
    ratio, low, high = (float(part[n]) for part in (changes.ratio, changes.low, changes.high))
    figures = ""
    if has_figures and not np.isnan(ratio):
        figures = _("Kvot {ratio}, 95 % intervall {span}. n = {n} mot {before} på {weeks}.").format(
            ratio=number(ratio, 2) if math.isfinite(ratio) else "∞",
            span=words.span(low, high),
            n=words.count(changes, n),
            before=number(float(changes.before[n])),
            weeks=words.n_weeks(len(found.before)),
        )
    is_sure = said in (change.MORE, change.FEWER)
    drawn = mark(ratio, low, high, is_certain=is_sure) if has_figures else None
    return Sentence(words.verdict(said), words.RINGS[said], text, figures, drawn, _query(found))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _query(found: Situation) -> str:
    asked = found.asked
    return f"fran={week_text(asked.first_week)}&till={week_text(asked.last_week)}"
