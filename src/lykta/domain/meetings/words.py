"""The figures of a week in words, in the reader's language: the same on the page and on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lykta.domain.meetings.rules import Week, week_named, week_of
from lykta.infrastructure.drawing import Mark, mark

DASH = "\N{WORD JOINER}\N{EN DASH}\N{WORD JOINER}"
NBSP = "\N{NO-BREAK SPACE}"
# What may be said of a change, and the ring beside it; never by hue alone.
VERDICTS = {
    "more": (gettext_lazy("fler än väntat"), "outside"),
    "fewer": (gettext_lazy("färre än väntat"), "outside"),
    "not_sure": (gettext_lazy("ingen säkerställd förändring"), ""),
    "cannot_tell": (gettext_lazy("kan inte avgöras"), "unknown"),
}
WEEKDAYS = (
    *(gettext_lazy("måndag"), gettext_lazy("tisdag"), gettext_lazy("onsdag")),
    *(gettext_lazy("torsdag"), gettext_lazy("fredag"), gettext_lazy("lördag")),
    gettext_lazy("söndag"),
)
HEARD = {
    "reported": gettext_lazy("rapporterade"),
    "quiet": gettext_lazy("hade inget att rapportera"),
    "silent": gettext_lazy("hördes inte"),
}
# So many of what stands out are told in a sentence of their own; the tables have all.
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """One computed sentence: what it says, how sure, and what it was computed from."""

    verdict: str
    ring: str
    text: str
    figures: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what came, what was set against it, and what may be said of it."""

    name: str
    count: str
    expected: str
    previous: str
    mean_4: str
    year_ago: str
    ratio: str
    verdict: str
    ring: str
    mark: Mark | None


def week_words(week: Week) -> str:
    """Return a week: "v. 47 2026"."""
    return _("v.{space}{week} {year}").format(space=NBSP, week=week.number, year=week.year)


def sentences(found: Mapping[str, Any]) -> list[Sentence]:
    """Return what the week says: the whole first, then what stands out and what cannot be told."""
    told = list(_outstanding(found))
    usual = [] if told else [_nothing(found)]
    return [_whole(found), *told[:MOST_TOLD], *usual]


def line(found: Mapping[str, Any], name: str) -> Line:
    """Return one line of the figures in words."""
    words, ring = VERDICTS[found["verdict"]]
    return Line(
        name=name,
        count=number(found["count"]),
        expected=number(found["expected"], 1),
        previous=number(found["previous"]),
        mean_4=number(found["mean_4"], 1),
        year_ago=number(found["year_ago"]),
        ratio=interval(found),
        verdict=str(words),
        ring=ring,
        mark=_mark(found),
    )


def lines(found: Mapping[str, Any]) -> tuple[list[Line], list[Line], Line]:
    """Return the lines of the areas, those of the categories, and that of the whole."""
    areas, kinds = (
        [line(each, each["name"]) for each in found[part]] for part in ("areas", "categories")
    )
    return areas, kinds, line(found["total"], _("Hela kommunen"))


def hours(found: Mapping[str, Any]) -> list[str]:
    """Return at which hours what happened lay close together in the last eight weeks."""
    return [
        _("{day} kl. {first}{dash}{last}: {n} av {all}, jämnt fördelat vore {expected}.")
        .format(
            day=WEEKDAYS[each["weekday"]],
            first=f"{each['first_hour']:02d}",
            last=f"{each['first_hour'] + 4:02d}",
            dash=DASH,
            n=number(each["count"]),
            all=number(each["n"]),
            expected=number(each["expected"], 1),
        )
        .capitalize()
        for each in found["hours"]
    ]


def dense(found: Mapping[str, Any]) -> list[str]:
    """Return the places where the last four weeks lie closer than elsewhere."""
    return [
        _("{areas}: {n} händelser på fyra veckor mot {expected} väntade, kvot {ratio}.").format(
            areas=", ".join(each["areas"]),
            n=number(each["count"]),
            expected=number(each["expected"], 1),
            ratio=interval(each),
        )
        for each in found["dense"]
    ]


def planned(found: Mapping[str, Any]) -> list[str]:
    """Return what is planned for the week and the two that come."""
    return [
        _("{name}{where}, {days}").format(
            name=each["name"],
            where=f", {each['area']}" if each["area"] else "",
            days=days(date.fromisoformat(each["first_day"]), date.fromisoformat(each["last_day"])),
        )
        for each in found["planned"]
    ]


def late(found: Mapping[str, Any]) -> list[str]:
    """Return how many reports of each earlier week came after it was frozen."""
    counted: dict[str, int] = {}
    for each in found["late"]:
        counted[each["week"]] = counted.get(each["week"], 0) + 1
    return [
        ngettext("En sen rapport om {week}.", "{n} sena rapporter om {week}.", n).format(
            n=number(n), week=_week(key)
        )
        for key, n in sorted(counted.items())
    ]


def missing(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return those who usually report and have not, with when they were last heard of."""
    monday = date.fromisoformat(found["monday"])
    return [
        {
            "name": each["name"],
            "last": _("inte på åtta veckor")
            if each["last_heard"] is None
            else _("senast {week}").format(week=_short(week_of(monday), each["last_heard"])),
        }
        for each in found["regularity"]
        if each["is_missing"]
    ]


def regularity(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return for each organisation how often it was heard in the weeks before, and this week.

    Those who usually report and have not come first, then those who have reported most.
    """
    rows = sorted(found["regularity"], key=lambda each: (not each["is_missing"], -each["n"]))
    return [
        {
            "name": each["name"],
            "n": number(each["n"]) if each["weeks"][-1] == "reported" else "–",
            "this": str(HEARD[each["weeks"][-1]]),
            "before": _("{n} av {all} veckor").format(
                n=sum(week != "silent" for week in each["weeks"][:-1]), all=len(each["weeks"]) - 1
            ),
            "is_missing": each["is_missing"],
        }
        for each in rows
    ]


def letter(found: Mapping[str, Any]) -> list[str]:
    """Return what the letter of a month says of the reports of its organisation."""
    n, days = found["n"], found["days_to_answer"]
    if not n:
        return [_("Ni skickade inga rapporter."), _heard(found)]
    told = [
        ngettext("Ni skickade en rapport.", "Ni skickade {n} rapporter.", n).format(n=number(n)),
        _heard(found),
        ngettext(
            "En av dem har fått svar.", "{n} av dem har fått svar.", found["n_answered"]
        ).format(n=number(found["n_answered"]))
        if found["n_answered"]
        else _("Ingen av dem har fått svar än."),
    ]
    if days is not None:
        told.append(_("Hälften av svaren kom inom {n} dygn.").format(n=number(days, 1)))
    if found["n_rejected"]:
        told.append(
            ngettext("En avvisades.", "{n} avvisades.", found["n_rejected"]).format(
                n=number(found["n_rejected"])
            )
        )
    return told


def _heard(found: Mapping[str, Any]) -> str:
    return _("Ni hördes {n} av {all} veckor.").format(n=found["weeks_heard"], all=found["weeks"])


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number with its decimals; a dash where there is none to compare with."""
    if value is None:
        return "–"
    decimals = 0 if float(value).is_integer() and abs(value) >= 10 else decimals
    return formats.number_format(round(value, decimals), decimal_pos=decimals, force_grouping=True)


def interval(found: Mapping[str, Any]) -> str:
    """Return a ratio with its interval: "1,03 (0,90–1,18)"; a dash where there is none."""
    if found["ratio"] is None or found["low"] is None:
        return "–"
    high = "∞" if found["high"] is None else number(found["high"], 2)
    return f"{number(found['ratio'], 2)}{NBSP}({number(found['low'], 2)}{DASH}{high})"


def days(first: date, last: date) -> str:
    """Return a day, or the days from one to another: "29 nov", "29–30 nov"."""
    one, other = _day(first), _day(last)
    if first == last:
        return one
    return f"{first.day}{DASH}{other}" if first.month == last.month else f"{one}{DASH}{other}"


def _day(day: date) -> str:
    """Return a day without its year; months are written small in Swedish."""
    said = formats.date_format(day, "j M")
    return said.lower() if (get_language() or "").startswith("sv") else said


def _whole(found: Mapping[str, Any]) -> Sentence:
    total = found["total"]
    texts = {
        "more": _("{week} kom {n} händelser. Det är fler än väntat."),
        "fewer": _("{week} kom {n} händelser. Det är färre än väntat."),
        "not_sure": _("{week} kom {n} händelser. Det är ingen säkerställd förändring."),
        "cannot_tell": _(
            "{week} kom {n} händelser. Det går inte att avgöra om det är en förändring."
        ),
    }
    week = _week(found["week"])
    text = texts[total["verdict"]].format(
        week=week[:1].upper() + week[1:], n=number(total["count"])
    )
    return _sentence(total, f"{text}{_because(total)}")


def _outstanding(found: Mapping[str, Any]) -> Iterator[Sentence]:
    for each in found["risen"]:
        yield _sentence(
            each,
            _("{category} i {area}: {n} händelser mot {expected} väntade.").format(
                category=each["category_name"], area=each["area_name"], **_numbers(each)
            ),
        )
    for part in ("areas", "categories"):
        for each in found[part]:
            if each["verdict"] == "more":
                text = _("{name}: {n} händelser mot {expected} väntade.")
            elif each["verdict"] == "fewer":
                text = _("{name}: bara {n} händelser mot {expected} väntade.")
            elif each.get("missing") and each["verdict"] == "cannot_tell":
                text = _("{name}: {n} händelser mot {expected} väntade.")
            else:
                continue
            yield _sentence(each, text.format(name=each["name"], **_numbers(each)) + _because(each))


def _because(found: Mapping[str, Any]) -> str:
    """Return who has not reported, where that is why nothing can be told."""
    n = found.get("missing", 0)
    if not n or found["verdict"] != "cannot_tell":
        return ""
    return " " + ngettext(
        "En organisation som brukar rapportera har inte gjort det.",
        "{n} organisationer som brukar rapportera har inte gjort det.",
        n,
    ).format(n=number(n))


def _nothing(found: Mapping[str, Any]) -> Sentence:
    n = len(found["areas"]) + len(found["categories"])
    text = _("Ingen kommundel och ingen kategori sticker ut.")
    words, ring = VERDICTS["not_sure"]
    figures = _("Prövat: {n} rader, med hänsyn till att de är många.").format(n=number(n))
    return Sentence(str(words), ring, text, figures, None)


def _sentence(found: Mapping[str, Any], text: str) -> Sentence:
    words, ring = VERDICTS[found["verdict"]]
    parts = [_("n = {n}.").format(n=number(found["count"]))]
    if found["ratio"] is not None:
        parts.insert(0, _("Kvot {ratio}.").format(ratio=interval(found)))
    if found["previous"] is not None:
        parts.append(_("Veckan före {n}.").format(n=number(found["previous"])))
    if found["mean_4"] is not None:
        parts.append(_("Medel av fyra veckor {n}.").format(n=number(found["mean_4"], 1)))
    if found["year_ago"] is not None:
        parts.append(_("Samma vecka i fjol {n}.").format(n=number(found["year_ago"])))
    return Sentence(str(words), ring, text, " ".join(parts), _mark(found))


def _numbers(found: Mapping[str, Any]) -> dict[str, str]:
    return {"n": number(found["count"]), "expected": number(found["expected"], 1)}


def _mark(found: Mapping[str, Any]) -> Mark | None:
    if found["ratio"] is None or found["low"] is None or found["high"] is None:
        return None
    is_certain = found["verdict"] in ("more", "fewer")
    return mark(found["ratio"], found["low"], found["high"], is_certain=is_certain)


def _week(key: str) -> str:
    week = week_named(key)
    return week_words(week) if week else key


def _short(week: Week, weeks_ago: int) -> str:
    for _n in range(weeks_ago):
        week = week.before
    return _("v.{space}{week}").format(space=NBSP, week=week.number)


def joined(names: Sequence[str]) -> str:
    """Return names as a sentence has them: "A, B och C"."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} och {last}").format(first=", ".join(names[:-1]), last=names[-1])
