"""The filter bar: what stands in the address, and what was chosen by it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lykta.domain.events import selectors as events
from lykta.domain.events.rules import Reliability
from lykta.domain.places.selectors import AreaRow

DIVISIONS = ("kommundelar", "smaomraden", "sexhorningar")
_WEEK = re.compile(r"(\d{4})-[vVwW]?(\d{1,2})")
PERIODS = (1, 4, 12, 52)
USUAL = 4
INDENT = "\N{EM SPACE}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """One list of the filter bar."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen, and the lists that it was chosen from."""

    asked: events.Asked
    division: str
    choosers: tuple[Chooser, ...]
    first: str  # as typed in the fields for own weeks
    last: str
    query: str  # the same choice as an address, without the division
    category: str  # the name of what was chosen, "" for all
    area: AreaRow | None
    source: Any | None
    wrong: str = ""  # what could not be understood of the address


def read(
    asked: QueryDict, *, rows: Sequence[AreaRow], categories: Sequence[Any],
    sources: Sequence[Any], known: events.Known, as_of: date,
) -> Filters:  # fmt: skip
    """Return what the address asks for; what it does not say, or says wrongly, is as usual."""
    last_known = last_whole_week(min(known.last_day or as_of, as_of))
    first, last, wrong = _weeks(asked, last_known, last_whole_week(as_of))
    category = next((row for row in categories if row.code == asked.get("kategori")), None)
    area = next((row for row in rows if row.code == asked.get("omrade")), None)
    source = next((row for row in sources if str(row.pk) == asked.get("kalla")), None)
    said = asked.get("tillforlitlighet", "")
    reliability = Reliability(said) if said in set(Reliability) else None
    is_last_year = asked.get("mot") == "fjol"
    division = asked.get("visa", "")
    n_weeks = (last - first).days // 7 + 1
    usual = str(n_weeks) if last == last_known and n_weeks in PERIODS else "egna"
    query = QueryDict(mutable=True)
    query["fran"], query["till"] = week_text(first), week_text(last)
    for name, value in (
        ("kategori", category and category.code), ("omrade", area and area.code),
        ("kalla", source and str(source.pk)), ("tillforlitlighet", reliability),
        ("mot", "fjol" if is_last_year else ""),
    ):  # fmt: skip
        if value:
            query[name] = str(value)
    return Filters(
        asked=events.Asked(
            first_week=first, last_week=last, category=category and category.pk,
            area=area.id if area else None, source=source and source.pk, reliability=reliability,
            is_against_last_year=is_last_year,
        ),
        division=division if division in DIVISIONS else DIVISIONS[0],
        choosers=(
            Chooser("tid", _("Tid"), tuple(_periods(usual, last_known))),
            Chooser("kategori", _("Kategori"), tuple(_kinds(categories, category))),
            Chooser("omrade", _("Område"), tuple(_areas(rows, area))),
            Chooser("kalla", _("Källa"), tuple(_sources(sources, source))),
            Chooser("tillforlitlighet", _("Tillförlitlighet"), tuple(_reliabilities(reliability))),
            Chooser("mot", _("Jämför med"), tuple(_comparisons(is_last_year))),
        ),
        first=week_text(first),
        last=week_text(last),
        query=query.urlencode(),
        category=name_of(category) if category else "",
        area=area,
        source=source,
        wrong=wrong,
    )  # fmt: skip


def name_of(category: Any) -> str:
    """Return what a category is called in the reader's language."""
    is_swedish = (get_language() or "sv").startswith("sv")
    return str(category.name if is_swedish else category.name_en or category.name)


def week_text(monday: date) -> str:
    """Return a week as it stands in an address: "2026-v44"."""
    year, week, _day = monday.isocalendar()
    return f"{year}-v{week:02d}"


def _weeks(asked: QueryDict, last_known: date, last_whole: date) -> tuple[date, date, str]:
    """Return the first and the last Monday, and what could not be understood."""
    n_weeks = next((n for n in PERIODS if str(n) == asked.get("tid")), None)
    usual = last_known - timedelta(weeks=(n_weeks or USUAL) - 1), last_known
    if n_weeks or not (asked.get("fran") or asked.get("till")):
        return *usual, ""
    said = [_monday(asked.get(name, "")) for name in ("fran", "till")]
    first, last = said[0] or said[1], said[1] or said[0]
    if first is None or last is None:
        return *usual, _("Veckan går inte att läsa. Skriv den som 2026-v44.")
    if first > last:
        return *usual, _("Den första veckan kommer efter den sista. Byt plats på dem.")
    if last > last_whole:
        return *usual, _("Veckan är inte slut än. Välj en tidigare.")
    if (last - first).days > 7 * 104:
        return *usual, _("Välj högst två år åt gången.")
    return first, last, ""


def _monday(text: str) -> date | None:
    found = _WEEK.fullmatch(text.strip())
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def last_whole_week(day: date) -> date:
    """Return the Monday of the last week that has ended on a day."""
    sunday = day - timedelta(days=day.isoweekday() % 7)
    return sunday - timedelta(days=6)


def _periods(chosen: str, last: date) -> list[Choice]:
    week = last.isocalendar().week
    words = {
        "1": _("Vecka {week}").format(week=week),
        "4": _("Fyra veckor"),
        "12": _("Tolv veckor"),
        "52": _("Ett år"),
        "egna": _("Egna veckor"),
    }
    return [Choice(value, label, value == chosen) for value, label in words.items()]


def _kinds(rows: Sequence[Any], chosen: Any | None) -> Iterator[Choice]:
    yield Choice("", _("Alla kategorier"), chosen is None)
    for row in rows:
        name = name_of(row)
        yield Choice(row.code, f"{INDENT}{name}" if row.parent_id else name, row == chosen)


def _areas(rows: Sequence[AreaRow], chosen: AreaRow | None) -> Iterator[Choice]:
    yield Choice("", _("Hela kommunen"), chosen is None)
    for row in rows:
        if row.depth:
            yield Choice(row.code, INDENT * (row.depth - 1) + row.name, row is chosen)


def _sources(rows: Sequence[Any], chosen: Any | None) -> Iterator[Choice]:
    yield Choice("", _("Alla källor"), chosen is None)
    for row in rows:
        yield Choice(str(row.pk), row.name, row == chosen)


def _reliabilities(chosen: Reliability | None) -> Iterator[Choice]:
    yield Choice("", _("Alla"), chosen is None)
    for key, label in events.RELIABILITIES.items():
        yield Choice(key.value, str(label).capitalize(), key == chosen)


def _comparisons(is_last_year: bool) -> Iterator[Choice]:  # noqa: FBT001 - what was chosen
    yield Choice("", _("veckorna före"), not is_last_year)
    yield Choice("fjol", _("samma veckor i fjol"), is_last_year)
