"""A frozen picture as a paper and as a table, and its parameters in words."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lykta.domain.events.papers import AREAS, NOUNS, Audience, SourceNote, Subject, words
from lykta.infrastructure.papers import Facts, Paper, Paragraph
from lykta.infrastructure.papers.swedish import day

_VERDICTS = {
    "more": "fler",
    "fewer": "färre",
    "not_sure": "ingen säkerställd",
    "cannot_tell": "kan inte avgöras",
    "hidden": "visas inte",
}
_MEASURES = ("count", "before", "ratio", "low", "high")
_HEADER = ("tabell", "namn", "antal", "året_före", "kvot", "kvot_låg", "kvot_hög", "förändring")


def period_in_words(first: date, last: date) -> str:
    """Return a period as it is said: "2025", "nov 2025–okt 2026"."""
    return words.period((first - words.EPOCH).days, (last - words.EPOCH).days)


def title_of(
    first: date, last: date, *, audience: str, selection: Sequence[tuple[str, str]] = ()
) -> str:
    """Return what a picture is called where nobody has said so."""
    period = period_in_words(first, last).replace("\N{WORD JOINER}", "")
    title = f"Lägesbild {period}".replace("\N{NO-BREAK SPACE}", " ")
    chosen = "; ".join(text for _term, text in selection)
    whole = f"{title}, {chosen}" if chosen else title
    return f"{whole} för allmänheten" if audience == "public" else whole


def subject_of(parameters: Mapping[str, Any], *, version: str) -> Subject:
    """Return what a picture is of, in words, as it was when it was frozen."""
    nouns = {source["noun"] for source in parameters["sources"]}
    noun = nouns.pop() if len(nouns) == 1 else ""
    return Subject(
        place=parameters["place"],
        organisation=parameters["organisation"],
        area_names=tuple(area["name"] for area in parameters["areas"]),
        category_names=tuple(parameters["category_names"]),
        sources=tuple(_sources(parameters)),
        made_at=parameters["made_at"],
        noun=NOUNS.get(noun, NOUNS["händelser"]),
        area=AREAS[parameters["area_noun"]],
        audience=Audience(parameters["audience"]),
        is_under_the_act=True,
        marking=parameters["marking"],
        seed=parameters["seed"],
        version=version,
    )


def frozen_paper(
    paper: Paper, parameters: Mapping[str, Any], *, number: int, sha256: str, version: str
) -> Paper:
    """Return the paper of a picture with what it leaves out, and by what it can be checked."""
    lede = paper.lede
    if parameters["selection"]:
        chosen = "; ".join(f"{term.lower()} {text}" for term, text in parameters["selection"])
        lede = f"{lede} Räknar bara ett urval: {chosen}."
    made = date.fromisoformat(parameters["made_at"][:10])
    facts = Facts(
        "Fryst lägesbild",
        (
            ("Titel", parameters["title"]),
            ("Version", str(number)),
            ("Fryst", day(made)),
            ("Program", f"lykta {version}"),
            ("Frö", str(parameters["seed"])),
            ("Underlagets kontrollsumma", f"{sha256} (SHA-256)"),
        ),
    )
    why = Paragraph(
        "Talen är frysta: det som läses in eller rättas senare ändrar dem inte, och de kan räknas "
        "om ur underlaget."
    )
    return replace(paper, lede=lede, blocks=(*paper.blocks, facts, why))


def table(figures: Mapping[str, Any]) -> bytes:
    """Return the counted table as CSV, as Swedish Excel opens it; what is hidden is blank."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADER)
    writer.writerows(_lines(figures))
    return text.getvalue().encode("utf-8-sig")


def _lines(figures: Mapping[str, Any]) -> Iterator[list[str]]:
    named = (
        ("alla", ["alla"], figures["total"]),
        ("område", figures["areas"]["name"], figures["areas"]),
        ("kategori", figures["categories"]["name"], figures["categories"]),
    )
    for kind, names, columns in named:
        for n, name in enumerate(names):
            values = [_cell(columns[measure][n]) for measure in _MEASURES]
            yield [kind, name, *values, _VERDICTS[columns["verdict"][n]]]
    series, kind = figures["series"], "vecka" if figures["unit"] == "week" else "månad"
    for start, count in zip(series["starts"], series["count"], strict=True):
        yield [f"{kind} från", start, _cell(count), *[""] * 5]


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    text = str(int(value)) if value == int(value) else f"{value:.4f}"
    return text.replace(".", ",")


def _sources(parameters: Mapping[str, Any]) -> Iterator[SourceNote]:
    for source in parameters["sources"]:
        name = source["name"]
        pairs = (("Källa", name), ("Räknar", source["noun"]))
        yield SourceNote("Händelser", name, pairs, tuple(source["notes"]))
    if parameters["population"]:
        origin = parameters["population"]
        yield SourceNote("Folkmängd", "kommunens folkmängd", (("Källa", origin),), ())
