"""`lykta picture`: from files that a municipality already has to a common picture."""

import json
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from lykta.cli.asked import Asked

FILE = click.Path(path_type=Path)
MAP_HELP = "Vilken kolumn som är vad, till exempel {}. Kan anges flera gånger."


@click.command(options_metavar="[VAL]")
@click.argument("events", type=FILE, nargs=-1, required=True, metavar="HÄNDELSER…")
@click.argument("areas", type=FILE, metavar="OMRÅDEN")
@click.option(
    "-o",
    "--output",
    "outputs",
    type=FILE,
    metavar="FIL",
    multiple=True,
    required=True,
    help="Fil att skriva: .pdf, .docx, .html eller .json. Kan anges flera gånger.",
)
@click.option(
    "--population", type=FILE, metavar="FIL", help="Folkmängd per område, delområde eller punkt."
)
@click.option(
    "--categories", type=FILE, metavar="FIL", help="Lista över kategorier: kod, namn, grupp."
)
@click.option("--period", help="2026, 2026-05, 2025-11..2026-10 eller 2026-v44..2026-v47.")
@click.option(
    "--map", "mapping", multiple=True, metavar="FÄLT=KOLUMN", help=MAP_HELP.format("time=Datum")
)
@click.option(
    "--areas-map", multiple=True, metavar="FÄLT=KOLUMN", help=MAP_HELP.format("code=KKOD")
)
@click.option(
    "--population-map",
    multiple=True,
    metavar="FÄLT=KOLUMN",
    help=MAP_HELP.format("population=antal"),
)
@click.option("--crs", help="Händelsernas koordinatsystem, till exempel EPSG:3006.")
@click.option("--areas-crs", help="Områdenas koordinatsystem, om filen inte säger det.")
@click.option("--population-crs", help="Folkmängdens koordinatsystem, om filen inte säger det.")
@click.option("--municipality", help="Läs bara rader om denna kommun.")
@click.option("--place", default="", help="Namnet i rubriken, till exempel Huddinge.")
@click.option("--organisation", default="", help="Namnet i sidhuvudet.")
@click.option("--registry-number", default="", help="Diarienummer, om ärendet har ett.")
@click.option(
    "--area-noun",
    default="område",
    show_default=True,
    type=click.Choice(["område", "kommundel", "kommun"]),
    help="Vad områdena kallas.",
)
@click.option(
    "--audience",
    default="public",
    show_default=True,
    type=click.Choice(["public", "partners"]),
    help="public: kan publiceras. partners: för samverkansparter, veckor.",
)
@click.option(
    "--cell",
    "cell_m",
    type=click.FloatRange(min=200),
    metavar="METER",
    help="Sexhörningarnas bredd, minst 200.",
)
@click.option("--seed", default=1, show_default=True, help="Frö för omkastningarna.")
@click.option(
    "--made-at",
    default="",
    metavar="TIDPUNKT",
    help="När bilden är gjord, för den som vill upprepa den.",
)
@click.option("--json", "is_json", is_flag=True, help="Skriv sammanfattningen som JSON.")
def picture(*, is_json: bool, **asked: Any) -> None:
    """Gör en lägesbild av en eller flera filer med händelser och en fil med områden."""
    asked["made_at"] = asked["made_at"] or _now()
    started = time.monotonic()
    if is_json or not sys.stderr.isatty():
        summary = make(Asked(**asked), tell=lambda _step: None)
    else:
        summary = _with_progress(Asked(**asked))
    summary["seconds"] = round(time.monotonic() - started, 2)
    if is_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        _show(summary)


def make(asked: Asked, *, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make the picture, write its files, and return what was read and written."""
    # The numbers and the typesetting take seconds to load; `lykta picture --help` need not wait.
    from lykta.analysis import picture as analysis
    from lykta.cli import inputs, subjects
    from lykta.domain.events.papers import situation_paper
    from lykta.infrastructure import papers
    from lykta.infrastructure.imports.rejected import write_rejected

    read = inputs.read(asked, tell)
    tell("Räknar")
    question = inputs.question(asked, read, on=date.fromisoformat(asked.made_at[:10]))
    made = analysis.picture(read.events, read.areas, question, rng=asked.seed)
    paper = situation_paper(
        made, subjects.subject(asked, read), polygons=read.area_records.polygons
    )
    links = {path.suffix.removeprefix(".").upper(): path.name for path in asked.outputs}
    for path in asked.outputs:
        tell(f"Skriver {path.name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        others = {form: name for form, name in links.items() if name != path.name}
        papers.write(paper, path, links=others)
    rejected = asked.outputs[0].with_suffix(".avvisade.csv") if read.errors else None
    if rejected:
        write_rejected(read.errors, rejected)
    return subjects.summary(asked, read, question, rejected)


def _with_progress(asked: Asked) -> dict[str, Any]:
    """Make the picture with a line in the terminal that says what is going on."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Läser") as status:
        return make(asked, tell=lambda step: status.update(step))


def _show(summary: dict[str, Any]) -> None:
    """Print what was read and written."""
    for file in summary["files"]:
        columns = ", ".join(f"{field} = {column}" for field, column in file["mapping"].items())
        click.echo(
            f"{file['path']}: {file['n_read']} rader lästa, {file['n_accepted']} godtagna, "
            f"{file['n_rejected']} avvisade. Läst som {file['layout']}: {columns or 'utan val'}."
        )
        for column in file["refused_columns"]:
            click.echo(f"  Kolumnen ”{column}” är inte läst. Sådana uppgifter används inte.")
    click.echo(f"Period: {summary['period'][0]}–{summary['period'][1]}.")
    if summary["rejected_file"]:
        click.echo(f"Avvisade rader med orsak: {summary['rejected_file']}")
    for path in summary["outputs"]:
        click.echo(f"Skrev {path}")


def _now() -> str:
    """Return the time now, to the minute: the one place where the clock is read."""
    return datetime.now().astimezone().isoformat(timespec="minutes")  # noqa: TID251 - the door
