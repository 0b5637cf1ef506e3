"""The tables of the picture: the same columns for every area, in alphabetical order."""

from collections.abc import Sequence

import numpy as np

from lykta.analysis import change
from lykta.analysis.picture import Picture
from lykta.analysis.spans import year_before
from lykta.domain.events.papers import words
from lykta.domain.events.papers.subject import Subject
from lykta.infrastructure.papers.paper import Cell, Column, Table
from lykta.infrastructure.papers.swedish import interval, month, number, percent, span

# More rows than this are for the appendix; the body then shows the certain ones.
MOST_IN_BODY = 30
# Of many categories the body shows so many, and those that have changed for certain.
COMMONEST = 15
# More rows than this are for the file of figures, not for paper.
MOST_IN_APPENDIX = 300
RATIO_NOTE = (
    "Kvoten är antalet under perioden delat med antalet samma tid året före. Strecket visar "
    "95\N{NO-BREAK SPACE}procents intervall, linjen i mitten ingen förändring. När många rader "
    "prövas samtidigt räcker det inte att intervallet ligger vid sidan av linjen för att "
    "förändringen ska räknas som säkerställd."
)


def change_table(
    picture: Picture,
    table: change.Changes,
    names: Sequence[str],
    *,
    first: str,
    caption: str,
    rows: Sequence[int],
    total: change.Changes | None = None,
) -> Table:
    """Return counts now and before with their ratio, one row a name."""
    question, has_before = picture.question, picture.before_first_day is not None
    now = words.short_period(question.first_day, question.last_day)
    columns = [Column(first), Column(now, "number")]
    scale = words.widest(table.low[list(rows)], table.high[list(rows)])
    if has_before:
        columns += [
            Column(
                words.short_period(*year_before(question.first_day, question.last_day)), "number"
            ),
            Column(
                f"Kvot, {span(1 / scale, scale, 2)}",
                "interval",
                scale=(1 / scale, 1.0, scale),
                is_log=True,
            ),
            Column("Kvot (intervall)", "number"),
            Column("Förändring", "verdict"),
        ]

    def cells(name: str, part: change.Changes, i: int) -> tuple[Cell, ...]:
        shown = words.count(
            part.count[i],
            is_small=bool(part.is_count_small[i]),
            is_least=bool(part.is_count_least[i]),
        )
        if not has_before:
            return (name, shown)
        figures = (part.ratio[i], part.low[i], part.high[i])
        return (
            name,
            shown,
            words.count(
                part.before[i],
                is_small=bool(part.is_before_small[i]),
                is_least=bool(part.is_before_least[i]),
            ),
            words.drawn(*figures, widest=scale, is_certain=_is_certain(part.verdict[i])),
            words.ratio(*figures),
            words.verdict(part.verdict[i]),
        )

    return Table(
        caption,
        tuple(columns),
        tuple(cells(names[i], table, i) for i in rows),
        total=cells("Alla", total, 0) if total else None,
        note=RATIO_NOTE if has_before else "",
    )


def _is_certain(verdict: int) -> bool:
    return verdict in (change.MORE, change.FEWER)


def area_rows(picture: Picture, subject: Subject) -> list[int]:
    """Return the areas to show in the body: all, or the certain ones where there are many."""
    order = words.in_order(subject.area_names)
    if len(order) <= MOST_IN_BODY:
        return order
    verdict = picture.areas.changes.verdict
    certain = [i for i in order if _is_certain(verdict[i])]
    return certain[:MOST_IN_BODY]


def category_rows(picture: Picture) -> list[int]:
    """Return the categories that hold any event, the commonest first, hidden ones last."""
    counts = np.nan_to_num(picture.categories.count, nan=-1)
    return [int(i) for i in np.argsort(-counts, kind="stable") if counts[i] != 0]


def main_categories(picture: Picture) -> list[int]:
    """Return the categories for the body: all, or where many the commonest and the certain ones."""
    rows = category_rows(picture)
    if len(rows) <= MOST_IN_BODY:
        return rows
    verdict = picture.categories.verdict
    return [row for k, row in enumerate(rows) if k < COMMONEST or _is_certain(verdict[row])]


def category_table(picture: Picture, subject: Subject, rows: Sequence[int]) -> Table:
    """Return categories with their change."""
    return change_table(
        picture,
        picture.categories,
        subject.category_names,
        first="Kategori",
        caption=f"{words.capital(subject.noun.many)} per kategori",
        rows=rows,
        total=picture.total,
    )


def rate_table(picture: Picture, subject: Subject, rows: Sequence[int]) -> Table | None:
    """Return events per 1,000 inhabitants and year, as they are and steadied."""
    table = picture.areas
    if table.rates is None or table.populations is None or table.smoothed is None:
        return None
    rates, steady = table.rates, table.smoothed
    lines = []
    for i in rows:
        lines.append(
            (
                subject.area_names[i],
                number(table.populations[i]),
                words.rate(rates.rate[i], rates.low[i], rates.high[i]),
                words.rate(*(1000 * v[i] for v in (steady.rate, steady.low, steady.high))),
                _rank(picture, i),
            )
        )
    return Table(
        f"{words.capital(subject.noun.many)} per 1\N{NO-BREAK SPACE}000 invånare och år",
        (
            Column(words.capital(subject.area.one)),
            Column("Invånare", "number"),
            Column("Per 1\N{NO-BREAK SPACE}000 (intervall)", "number"),
            Column("Utjämnat (intervall)", "number"),
            Column("Möjlig plats i ordningen", "number"),
        ),
        tuple(lines),
        note=(
            "Utjämnat: områden med få invånare lutar sig mot helheten. Möjlig plats i ordningen, "
            "1 för högst tal: så brett är det intervall som uppgifterna medger. De som bor i ett "
            "område är inte de som vistas där."
        ),
    )


def recent_table(picture: Picture, subject: Subject) -> Table | None:
    """Return the last four weeks against the four before and the same weeks last year."""
    recent = picture.recent
    if recent is None:
        return None
    order = [0, *(i + 1 for i in words.in_order(subject.area_names))][: MOST_IN_BODY + 1]
    names = ("Alla", *subject.area_names)
    before, year = recent.against_before, recent.against_last_year
    lines = []
    for i in order:
        last_year: tuple[Cell, ...] = ()
        if year is not None:
            last_year = (
                number(year.before[i]),
                words.ratio(year.ratio[i], year.low[i], year.high[i]),
            )
        rest = words.verdict(recent.rest_verdict[i - 1]) if i else ""
        ratio = words.ratio(before.ratio[i], before.low[i], before.high[i])
        lines.append(
            (names[i], number(before.count[i]), number(before.before[i]), ratio, *last_year, rest)
        )
    columns = [
        Column(words.capital(subject.area.one)),
        Column("Fyra veckor", "number"),
        Column("Veckorna före", "number"),
        Column("Kvot (intervall)", "number"),
    ]
    if year is not None:
        columns += [Column("Samma i fjol", "number"), Column("Kvot (intervall)", "number")]
    first, last = (words.as_date(d) for d in (recent.first_day, recent.last_day))
    return Table(
        f"De fyra veckorna {words.weeks(first, last)}",
        (*columns, Column("Mot övriga", "verdict")),
        tuple(lines[1:]),
        total=lines[0],
        note="Mot övriga: om områdets förändring från veckorna före skiljer sig från de andras.",
    )


def cluster_table(picture: Picture, subject: Subject) -> Table | None:
    """Return the certain clusters: where, how many, against how many expected."""
    hot = picture.hot
    if hot is None or not hot.clusters:
        return None
    lines: list[tuple[Cell, ...]] = []
    for letter, one in zip(words.LETTERS, hot.clusters, strict=False):
        ratio = one.ratio
        figures = (float(ratio.ratio[0]), float(ratio.low[0]), float(ratio.high[0]))
        names = words.listed([subject.area_names[a] for a in one.areas])
        lines.append(
            (letter, names, number(one.count), number(one.expected), interval(*figures, 1))
        )
    return Table(
        "Säkerställda förtätningar",
        (
            Column("Märkt"),
            Column(f"Ligger i {subject.area.one}"),
            Column("Antal", "number"),
            Column("Väntat", "number"),
            Column("Kvot mot resten (intervall)", "number"),
        ),
        tuple(lines),
        note=(
            "Platserna är valda för att de är täta, så kvoten är något för hög. En förtätning av "
            f"{subject.noun.many} säger inget om dem som bor där."
        ),
    )


def finding_table(picture: Picture, subject: Subject) -> Table | None:
    """Return the certain changes of one category in one area."""
    found = picture.findings
    if not len(found.area):
        return None
    lines = []
    for i in range(min(len(found.area), MOST_IN_BODY)):
        figures = (found.ratio[i], found.low[i], found.high[i])
        lines.append(
            (
                subject.area_names[found.area[i]],
                subject.category_names[found.category[i]],
                number(found.count[i]),
                number(found.before[i]),
                words.ratio(*figures),
                words.verdict(change.MORE if found.ratio[i] > 1 else change.FEWER),
            )
        )
    question = picture.question
    return Table(
        f"Säkerställda förändringar per {subject.area.one} och kategori",
        (
            Column(words.capital(subject.area.one)),
            Column("Kategori"),
            Column(words.short_period(question.first_day, question.last_day), "number"),
            Column(
                words.short_period(*year_before(question.first_day, question.last_day)), "number"
            ),
            Column("Kvot (intervall)", "number"),
            Column("Förändring", "verdict"),
        ),
        tuple(lines),
        note=(
            f"{number(found.n_tried)} par är prövade; högst {percent(question.alpha)} av dem som "
            "visas väntas vara slump."
        ),
    )


def series_table(picture: Picture, subject: Subject) -> Table:
    """Return the period week by week or month by month, for the appendix."""
    series, limits = picture.series, picture.series.limits
    is_week = picture.unit == "week"
    lines: list[tuple[Cell, ...]] = []
    for k in range(series.periods.n - series.n_baseline):
        at = series.n_baseline + k
        start = words.as_date(series.periods.starts[at])
        name = words.week_of(start) if is_week else month(start)
        shown = words.count(series.count.counts[at], is_small=bool(series.count.is_small[at]))
        if limits is None:
            lines.append((name, shown))
        else:
            bounds = span(limits.lower[k], limits.upper[k], 0)
            outside = {1: "Över", -1: "Under", 0: "Inom"}[int(limits.kind[k])]
            lines.append((name, shown, number(limits.expected[k]), bounds, outside))
    columns = [Column("Vecka" if is_week else "Månad"), Column("Antal", "number")]
    if limits is not None:
        columns += [Column("Väntat", "number"), Column("Gränser", "number"), Column("Läge")]
    return Table(
        f"{words.capital(subject.noun.many)} per {'vecka' if is_week else 'månad'}"
        f"{words.lower_bound(picture)}",
        tuple(columns), tuple(lines),
    )  # fmt: skip


def _rank(picture: Picture, i: int) -> str:
    ranks = picture.areas.ranks
    if ranks is None or np.isnan(ranks.low[i]):
        return "–"
    return span(ranks.low[i], ranks.high[i], 0)
