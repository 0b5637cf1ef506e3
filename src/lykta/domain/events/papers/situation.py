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


def situation_paper(
    picture: Picture, subject: Subject, *, polygons: NDArray[np.object_] | None = None
) -> Paper:
    """Return the picture as a paper, ready to be laid out in any form.

    polygons : the areas' borders for the map, in metres; not needed for the figures.
    """
    question = picture.question
    when = words.period(question.first_day, question.last_day)
    source = _source_line(subject)
    blocks: list[Block | None] = [
        Side("Det viktigaste", (Points(sentences.key_points(picture, subject)),)),
        *_areas(picture, subject),
        *_categories(picture, subject),
        *_time(picture, subject, source),
        *_places(picture, subject, source, polygons),
        *_recent(picture, subject),
        Heading("Vad siffrorna inte visar"),
        limits.unseen(picture, subject),
        Heading("Källor"),
        *limits.sources(subject),
        limits.method(picture, subject),
        *_appendix(picture, subject),
    ]
    return Paper(
        title=f"{words.capital(subject.noun.many)} i {subject.place}, {when}",
        eyebrow=_eyebrow(subject),
        lede=_lede(picture, subject),
        organisation=subject.organisation,
        registry_number=subject.registry_number,
        blocks=tuple(_numbered([block for block in blocks if block is not None])),
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
    parts.append(limits.fineness(subject))
    return " ".join(parts)


def _source_line(subject: Subject) -> str:
    names = words.listed(list(dict.fromkeys(source.origin for source in subject.sources)))
    return f"Källa: {names}. Framtagen {day(words.date_of(subject.made_at))} med lykta."


def _areas(picture: Picture, subject: Subject) -> list[Block | None]:
    """Return the areas: how each has changed, and how many events it has for its people."""
    if len(subject.area_names) == 1:
        return []
    rows = tables.area_rows(picture, subject)
    title = words.capital(subject.area.the_many)
    blocks: list[Block | None] = [Heading(title)]
    if len(rows) < len(subject.area_names):
        blocks.append(Paragraph(_which_shown(picture, subject, len(rows))))
    if rows:
        blocks.append(_area_table(picture, subject, rows))
        blocks.append(tables.rate_table(picture, subject, rows))
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


def _categories(picture: Picture, subject: Subject) -> list[Block | None]:
    if len(subject.category_names) == 1:
        return []
    return [
        Heading("Vad det gäller"),
        tables.category_table(picture, subject),
        tables.finding_table(picture, subject),
    ]


def _time(picture: Picture, subject: Subject, source: str) -> list[Block | None]:
    """Return when it happened: over the period, over the week."""
    sentence = sentences.over_time(picture)
    figure = figures.time_figure(picture, subject, source)
    hours = figures.hours_figure(picture, subject, source)
    if figure is None and hours is None:
        return []
    return [
        Heading("När det händer"),
        Paragraph(sentence.text, lead=sentence.lead) if sentence else None,
        figure,
        Paragraph(figures.busiest(picture)) if hours else None,
        hours,
    ]


def _places(
    picture: Picture, subject: Subject, source: str, polygons: NDArray[np.object_] | None
) -> list[Block | None]:
    """Return where it is dense for certain, with the notice that belongs to such a map."""
    sentence = sentences.places(picture, subject)
    if sentence is None:
        return []
    return [
        Heading("Var det är tätt"),
        Paragraph(sentence.text, lead=sentence.lead),
        figures.place_figure(picture, subject, source, polygons),
        tables.cluster_table(picture, subject),
        limits.reading(picture),
    ]


def _recent(picture: Picture, subject: Subject) -> list[Block | None]:
    table = tables.recent_table(picture, subject)
    return [] if table is None else [Heading("De senaste fyra veckorna"), table]


def _appendix(picture: Picture, subject: Subject) -> list[Block | None]:
    """Return the tables that the body has no room for."""
    blocks: list[Block | None] = [
        Heading("Bilaga: tabeller"),
        tables.series_table(picture, subject),
    ]
    n = len(subject.area_names)
    if n > tables.MOST_IN_BODY:
        rows = words.in_order(subject.area_names)[: tables.MOST_IN_APPENDIX]
        blocks.append(_area_table(picture, subject, rows))
        if n > tables.MOST_IN_APPENDIX:
            blocks.append(
                Paragraph(f"De första {number(len(rows))} av {number(n)}; alla finns i JSON-filen.")
            )
    return blocks


def _numbered(blocks: list[Block]) -> list[Block]:
    """Return the blocks with tables and figures numbered through."""
    numbered: list[Block] = []
    n_tables = n_figures = 0
    for block in blocks:
        if isinstance(block, Table):
            n_tables += 1
            numbered.append(replace(block, number=f"Tabell {n_tables}"))
        elif isinstance(block, Figure):
            n_figures += 1
            numbered.append(replace(block, number=f"Figur {n_figures}"))
        else:
            numbered.append(block)
    return numbered
