"""The common picture as a paper: what, where, when, compared with what, how sure, what not."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lykta.analysis.picture import Picture
from lykta.analysis.spans import year_before
from lykta.domain.events.papers import figures, limits, sentences, tables, words
from lykta.domain.events.papers.figures_data import figures_data
from lykta.domain.events.papers.subject import Subject
from lykta.infrastructure.papers.paper import (
    Block,
    Figure,
    Heading,
    Paper,
    Paragraph,
    Points,
    Side,
    Table,
)
from lykta.infrastructure.papers.swedish import day, number

# What a block is about, so that the opening can point to it; "" where nothing points.
Topical = tuple[str, Block | None]


def situation_paper(
    picture: Picture, subject: Subject, *, polygons: NDArray[np.object_] | None = None
) -> Paper:
    """Return the picture as a paper, ready to be laid out in any form.

    polygons : the areas' borders for the map, in metres; not needed for the figures.
    """
    question = picture.question
    when = words.period(question.first_day, question.last_day)
    source = _source_line(subject)
    body, numbers = _numbered(
        [
            *_areas(picture, subject),
            *_categories(picture, subject),
            *_time(picture, subject, source),
            *_places(picture, subject, source, polygons),
            *_recent(picture, subject),
            *_ground(picture, subject),
            *_appendix(picture, subject),
        ]
    )
    opening = Points(sentences.key_points(picture, subject, numbers))
    return Paper(
        title=f"{words.capital(subject.noun.many)} i {subject.place}, {when}",
        eyebrow=_eyebrow(subject),
        lede=_lede(picture, subject),
        organisation=subject.organisation,
        registry_number=subject.registry_number,
        blocks=(Side("Det viktigaste", (opening,)), *body),
        source_line=source,
        made_at=subject.made_at,
        marking=subject.marking,
        data=figures_data(picture, subject),
    )


def _eyebrow(subject: Subject) -> str:
    if subject.is_under_the_act:
        return (
            "Underlag till lägesbild enligt 4 § lag (2023:196) om kommuners ansvar för "
            "brottsförebyggande arbete"
        )
    return "Lägesbild"


def _lede(picture: Picture, subject: Subject) -> str:
    n = len(subject.area_names)
    parts = [f"Gäller {number(n)} {subject.area.many if n > 1 else subject.area.one}."]
    if picture.before_first_day is not None:
        before = year_before(picture.question.first_day, picture.question.last_day)
        parts.append(f"Jämförs med {words.period(*before)}.")
    parts.append(limits.fineness(picture, subject))
    return " ".join(parts)


def _source_line(subject: Subject) -> str:
    names = words.listed(list(dict.fromkeys(source.origin for source in subject.sources)))
    return f"Källa: {names}. Framtagen {day(words.date_of(subject.made_at))} med lykta."


def _areas(picture: Picture, subject: Subject) -> list[Topical]:
    """Return the areas: how each has changed, and how many events it has for its people."""
    n = len(subject.area_names)
    if n == 1:
        return []
    rows = tables.area_rows(picture, subject)
    blocks: list[Topical] = [("", Heading(words.capital(subject.area.the_many)))]
    if len(rows) < n:
        blocks.append(("", Paragraph(_which_shown(picture, subject, len(rows)))))
    if rows:
        blocks += [
            ("areas", _area_table(picture, subject, rows)),
            ("rates", tables.rate_table(picture, subject, rows)),
        ]
    return blocks


def _which_shown(picture: Picture, subject: Subject, n_shown: int) -> str:
    """Return which areas the table shows, when they are too many for the body."""
    n, area = number(len(subject.area_names)), subject.area
    if picture.before_first_day is None:
        return f"Talen för alla {n} {area.many} finns i bilagan."
    if not n_shown:
        return (
            f"{words.capital(area.none)} av {n} {area.many} har en säkerställd förändring. Talen "
            "finns i bilagan."
        )
    which = f"den enda {area.one}" if n_shown == 1 else f"de {number(n_shown)} {area.many}"
    if n_shown == 1 and area.is_neuter:
        which = f"det enda {area.one}"
    return f"Tabellen visar {which} som har en säkerställd förändring. Resten finns i bilagan."


def _area_table(picture: Picture, subject: Subject, rows: list[int]) -> Table:
    return tables.change_table(
        picture,
        picture.areas.changes,
        subject.area_names,
        first=words.capital(subject.area.one),
        caption=f"{words.capital(subject.noun.many)} per {subject.area.one}",
        rows=rows,
        total=picture.total,
    )


def _categories(picture: Picture, subject: Subject) -> list[Topical]:
    """Return what it is about: the categories, and which has changed where."""
    if len(subject.category_names) == 1:
        return []
    rows = tables.main_categories(picture)
    n = len(tables.category_rows(picture))
    cut = None
    if len(rows) < n:
        cut = Paragraph(
            f"Tabellen visar de {number(tables.COMMONEST)} vanligaste av {number(n)} kategorier, "
            "och dem som har en säkerställd förändring. Resten finns i bilagan."
        )
    return [
        ("", Heading("Vad det gäller")),
        ("", cut),
        ("categories", tables.category_table(picture, subject, rows)),
        ("pairs", tables.finding_table(picture, subject)),
    ]


def _time(picture: Picture, subject: Subject, source: str) -> list[Topical]:
    """Return when it happened: over the period, over the week."""
    sentence = sentences.over_time(picture)
    figure = figures.time_figure(picture, subject, source)
    hours = figures.hours_figure(picture, subject, source)
    if figure is None and hours is None:
        return []
    return [
        ("", Heading("När det händer")),
        ("", sentence),
        ("time", figure),
        ("", Paragraph(figures.busiest(picture)) if hours else None),
        ("hours", hours),
    ]


def _places(
    picture: Picture, subject: Subject, source: str, polygons: NDArray[np.object_] | None
) -> list[Topical]:
    """Return where it is dense for certain, with the notice that belongs to such a map."""
    sentence = sentences.places(picture, subject)
    if sentence is None:
        return []
    figure = figures.place_figure(picture, subject, source, polygons)
    return [
        ("", Heading("Var det är tätt")),
        ("", sentence),
        ("places", figure),
        ("clusters", tables.cluster_table(picture, subject)),
        ("", limits.reading(picture, is_mapped=figure is not None)),
    ]


def _recent(picture: Picture, subject: Subject) -> list[Topical]:
    table = tables.recent_table(picture, subject)
    return [] if table is None else [("", Heading("De senaste fyra veckorna")), ("recent", table)]


def _ground(picture: Picture, subject: Subject) -> list[Topical]:
    """Return what the figures do not show, whence they come, how they are made, who decides."""
    blocks: list[Block] = [
        Heading("Vad siffrorna inte visar"),
        limits.unseen(picture, subject),
        Heading("Källor"),
        *limits.sources(subject),
        limits.method(picture, subject),
    ]
    if subject.is_under_the_act:
        blocks += [Heading("Beslut"), limits.decision(subject)]
    return [("", block) for block in blocks]


def _appendix(picture: Picture, subject: Subject) -> list[Topical]:
    """Return the tables that the body has no room for."""
    blocks: list[Topical] = [
        ("", Heading("Bilaga: tabeller")),
        ("series", tables.series_table(picture, subject)),
    ]
    categories = tables.category_rows(picture)
    if len(categories) > tables.MOST_IN_BODY:
        blocks.append(("all categories", tables.category_table(picture, subject, categories)))
    n = len(subject.area_names)
    if n > tables.MOST_IN_BODY:
        rows = words.in_order(subject.area_names)[: tables.MOST_IN_APPENDIX]
        blocks.append(("all areas", _area_table(picture, subject, rows)))
        if n > tables.MOST_IN_APPENDIX:
            cut = f"De första {number(len(rows))} av {number(n)}; alla finns i JSON-filen."
            blocks.append(("", Paragraph(cut)))
    return blocks


def _numbered(blocks: list[Topical]) -> tuple[tuple[Block, ...], dict[str, str]]:
    """Return the blocks with tables and figures numbered through, and the number by topic."""
    numbered: list[Block] = []
    numbers: dict[str, str] = {}
    count = {Table: 0, Figure: 0}
    for topic, block in blocks:
        if isinstance(block, Table | Figure):
            count[type(block)] += 1
            word = "Tabell" if isinstance(block, Table) else "Figur"
            numbers[topic] = f"{word} {count[type(block)]}"
            numbered.append(replace(block, number=numbers[topic]))
        elif block is not None:
            numbered.append(block)
    return tuple(numbered), numbers
