"""What matters most, made from the results: "no certain change" as often as it is true."""

from dataclasses import replace

import numpy as np

from lykta.analysis import change
from lykta.analysis.alarms.limits import ControlLimits
from lykta.analysis.picture import Picture
from lykta.analysis.timeline import Series
from lykta.domain.events.papers import words
from lykta.domain.events.papers.subject import Subject
from lykta.infrastructure.papers.paper import Paragraph
from lykta.infrastructure.papers.swedish import (
    NBSP,
    interval,
    is_missing,
    month,
    number,
    percent,
    percent_interval,
    span,
)

# More names than this in one sentence are a table, not a sentence.
MOST_NAMED = 4
# A smaller share of events without a place changes nothing that matters most.
WORTH_TELLING = 0.01


def key_points(
    picture: Picture, subject: Subject, numbers: dict[str, str]
) -> tuple[Paragraph, ...]:
    """Return the opening points of the paper: each a finding, its figures, and where they stand.

    numbers : the number of the table or figure on each topic.
    """
    points = [
        (total(picture, subject), ("areas", "series")),
        (commonest(picture, subject), ("categories",)),
        (areas(picture, subject), ("areas", "all areas")),
        (largest_pair(picture, subject), ("pairs",)),
        (over_time(picture), ("time",)),
        (places(picture, subject), ("places", "clusters")),
        (unknowns(picture, subject), ()),
    ]
    return tuple(_pointing(point, topics, numbers) for point, topics in points if point)


def _pointing(point: Paragraph, topics: tuple[str, ...], numbers: dict[str, str]) -> Paragraph:
    """Return a point that ends with where its figures stand, if they stand anywhere."""
    for topic in topics:
        if topic in numbers:
            where = numbers[topic].replace(" ", NBSP)
            return replace(point, text=f"{point.text} {where}.")
    return point


def total(picture: Picture, subject: Subject) -> Paragraph:
    """Return what may be said of the whole."""
    row, many = picture.total, subject.noun.many
    here = words.period(picture.question.first_day, picture.question.last_day)
    counted, before = (
        words.count(part[0], is_least=bool(least[0]))
        for part, least in ((row.count, row.is_count_least), (row.before, row.is_before_least))
    )
    now = subject.noun.counted(int(row.count[0]), counted)
    if picture.before_first_day is None:
        return Paragraph(
            f"{now} under {here}. Uppgifter från samma tid året före saknas, så det går inte att "
            "säga om antalet har ändrats.",
            lead="Ingen jämförelse bakåt.",
        )
    leads = {
        change.MORE: f"Fler {many} än året före.",
        change.FEWER: f"Färre {many} än året före.",
        change.NOT_SURE: f"Ingen säkerställd förändring av antalet {many}.",
        change.CANNOT_TELL: f"För få {many} för att säga om antalet har ändrats.",
        change.HIDDEN: f"Antalet {many} visas inte.",
    }
    figures = (
        f"{words.capital(now)} mot {before} samma tid året före, "
        f"kvot {number(row.ratio[0], 2)} (95{NBSP}% intervall {span(row.low[0], row.high[0], 2)})."
    )
    return Paragraph(figures, lead=leads[int(row.verdict[0])])


def commonest(picture: Picture, subject: Subject) -> Paragraph | None:
    """Return the commonest category and the ones that have changed."""
    names, table = subject.category_names, picture.categories
    share, low, high = picture.category_share
    if len(names) < 2 or np.all(np.isnan(share)):
        return None
    top = int(np.nanargmax(share))
    amount = percent_interval(share[top], low[top], high[top])
    text = f", {amount} av {subject.noun.the_many}."
    more = [names[i] for i in np.flatnonzero(table.verdict == change.MORE)]
    fewer = [names[i] for i in np.flatnonzero(table.verdict == change.FEWER)]
    for changed, word in ((more, "Fler"), (fewer, "Färre")):
        if changed:
            text += f" {word} än året före i {_named(changed, 'kategorier')}."
    if not more and not fewer and picture.before_first_day is not None:
        text += " I ingen kategori är en förändring säkerställd."
    return Paragraph(text, lead=f"{names[top]} är vanligast")


def areas(picture: Picture, subject: Subject) -> Paragraph | None:
    """Return which areas have changed, and of how many nothing can be said."""
    table, names, area = picture.areas.changes, subject.area_names, subject.area
    if picture.before_first_day is None or len(names) < 2:
        return None
    certain = np.flatnonzero(np.isin(table.verdict, (change.MORE, change.FEWER)))
    unknown = int(np.isin(table.verdict, (change.CANNOT_TELL, change.HIDDEN)).sum())
    rest = f" För {number(unknown)} går det inte att avgöra." if unknown else ""
    if not len(certain):
        text = (
            f"Av {number(len(names))} {area.many} har {area.none} en förändring som är större "
            "än slumpen förklarar."
        )
        none = words.capital(area.none)
        return Paragraph(text + rest, lead=f"{none} {area.one} sticker ut mot året före.")
    figures = [
        f"{names[i]} {words.count(table.count[i], is_least=bool(table.is_count_least[i]))} mot "
        f"{words.count(table.before[i], is_least=bool(table.is_before_least[i]))}, "
        f"kvot {interval(table.ratio[i], table.low[i], table.high[i], 2)}"
        for i in certain[:MOST_NAMED]
    ]
    more = len(certain) - MOST_NAMED
    tail = f"; och {number(more)} till" if more > 0 else ""
    return Paragraph(
        "; ".join(figures) + tail + "." + rest,
        lead=(
            f"Säkerställd förändring i {number(len(certain))} av {number(len(names))} {area.many}:"
        ),
    )


def largest_pair(picture: Picture, subject: Subject) -> Paragraph | None:
    """Return the largest certain change of one category in one area, if there is any."""
    found = picture.findings
    if not len(found.area) or len(subject.category_names) == 1:
        return None
    i = 0
    word = "fler" if found.ratio[i] > 1 else "färre"
    category = subject.category_names[found.category[i]]
    place = subject.area_names[found.area[i]]
    text = (
        f"{number(found.count[i])} mot {number(found.before[i])}, kvot "
        f"{interval(found.ratio[i], found.low[i], found.high[i], 2)}. "
        f"{number(found.n_tried)} par av {subject.area.one} och kategori är prövade, och "
        f"{_certain_of(len(found.area))}."
    )
    return Paragraph(text, lead=f"{category} i {place}: {word} än året före.")


def over_time(picture: Picture) -> Paragraph | None:
    """Return whether any week or month lies outside its limits."""
    series = picture.series
    unit, the_unit = ("vecka", "veckor") if picture.unit == "week" else ("månad", "månader")
    if series.limits is None:
        return None
    outside = np.flatnonzero(series.limits.kind)
    if not len(outside):
        text = (
            f"Alla {number(len(series.limits.kind))} {the_unit} ligger inom det som tidigare år "
            "ger skäl att vänta."
        )
        return Paragraph(text, lead=f"Ingen {unit} sticker ut.")
    figures = [outside_point(series, series.limits, int(i)) for i in outside[:MOST_NAMED]]
    more = f" och {number(len(outside) - MOST_NAMED)} till" if len(outside) > MOST_NAMED else ""
    counted = f"{number(len(outside))} {unit if len(outside) == 1 else the_unit}"
    return Paragraph(
        "; ".join(figures) + more + ".",
        lead=f"{words.capital(counted)} utanför det väntade:",
    )


def outside_point(series: Series, limits: ControlLimits, i: int) -> str:
    """Return a week or month outside its limits in words: "v. 18: 84, väntat 57 (34–80)"."""
    start = words.as_date(series.periods.starts[series.n_baseline + i])
    is_week = series.periods.unit == "week"
    name = words.week_of(start) if is_week else month(start)
    at = series.count.counts[series.n_baseline + i]
    if is_missing(at):
        return name
    expected = number(limits.expected[i])
    return f"{name}: {number(at)}, väntat {expected} ({span(limits.lower[i], limits.upper[i], 0)})"


def places(picture: Picture, subject: Subject) -> Paragraph | None:
    """Return whether events gather anywhere for certain."""
    hot = picture.hot
    if hot is None:
        return None
    of = "än folkmängden ger skäl att vänta" if hot.is_by_people else "än ett jämnt utspritt antal"
    if not hot.clusters:
        return Paragraph(
            f"Ingenstans är {subject.noun.the_many} så mycket tätare {of} att det sticker ut från "
            "den vanliga variationen mellan platser.",
            lead="Ingen säkerställd förtätning.",
        )
    first = hot.clusters[0]
    named = [subject.area_names[a] for a in first.areas[:MOST_NAMED]]
    if n_more := len(first.areas) - len(named):
        named.append(f"{number(n_more)} till")
    names = words.listed(named)
    text = (
        f"{'Den största ligger' if len(hot.clusters) > 1 else 'Den ligger'} i {names}: "
        f"{number(first.count)} {subject.noun.many} mot {number(first.expected)} väntade."
    )
    n = len(hot.clusters)
    lead = f"{number(n)} säkerställda förtätningar." if n > 1 else "En säkerställd förtätning."
    return Paragraph(text, lead=words.capital(lead))


def unknowns(picture: Picture, subject: Subject) -> Paragraph:
    """Return the most important thing that the figures cannot tell."""
    if words.is_sway_unknown(picture):
        return Paragraph(
            "Perioden är för kort för att visa hur mycket antalen brukar svänga, så intervallen "
            "räknar med ren slump. Det som kallas säkerställt kan vara vanlig variation.",
            lead="Intervallen är troligen för smala.",
        )
    seen = picture.coverage
    lost = seen.n_without_place + seen.n_outside_areas
    if lost >= WORTH_TELLING * seen.n_period:
        share = percent(lost / seen.n_period)
        return Paragraph(
            f"{subject.noun.counted(lost, number(lost))}, {share}, saknar plats i "
            f"{subject.area.some} {subject.area.one} och syns bara i summan.",
            lead="Det finns luckor.",
        )
    return Paragraph(
        "De visar vad som rapporterats och registrerats. Fler rapporter kan bero på att fler "
        "rapporterar.",
        lead=f"{words.capital(subject.noun.the_many)} är inte allt som händer.",
    )


def _named(names: list[str], noun: str) -> str:
    """Return a few names, or how many they are."""
    return words.listed(names) if len(names) <= MOST_NAMED else f"{number(len(names))} {noun}"


def _certain_of(n: int) -> str:
    return "detta är det enda säkerställda" if n == 1 else f"{number(n)} är säkerställda"
