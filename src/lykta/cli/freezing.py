"""`lykta freeze` and `lykta recompute`: pictures that stay as they are, and the proof of it."""

import json
import sys
from datetime import date, timedelta
from typing import Any

import click

from lykta.cli.periods import EPOCH, parse_period
from lykta.cli.ready import ready
from lykta.infrastructure.errors import LyktaError


@click.command(options_metavar="[VAL]")
@click.option("--year", type=click.IntRange(1990, 2200), metavar="ÅR", help="Ett helt år.")
@click.option("--period", help="2025-11..2026-10, 2026-v44..2026-v47 eller annan period.")
@click.option("--title", default="", metavar="TEXT", help="Titel. Annars efter perioden.")
@click.option(
    "--audience",
    default="partners",
    show_default=True,
    type=click.Choice(["partners", "public"]),
    help="partners: för samverkansparter, veckor. public: kan publiceras.",
)
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def freeze(
    *, year: int | None, period: str | None, title: str, audience: str, is_json: bool
) -> None:
    """Frys en lägesbild av en period som är över."""
    if (year is None) == (period is None):
        raise click.UsageError("Ange antingen --year eller --period.")
    days = parse_period(period or str(year))
    ready()
    from django.utils import timezone

    from lykta.domain.plans import services
    from lykta.infrastructure.access import SYSTEM

    row = services.freeze(
        SYSTEM,
        title,
        period=(_date(days[0]), _date(days[1])),
        audience=audience,
        today=timezone.localdate(),
    )
    services.write_forms(row.pk)
    said = _said(row)
    if is_json:
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        click.echo(f"Fryst: {said['title']}, version {said['number']} (nummer {row.pk}).")
        click.echo(f"Underlagets SHA-256: {said['sha256']}")


@click.command(options_metavar="[VAL]")
@click.argument("pk", metavar="[NUMMER]", type=int, required=False)
@click.option("--all", "is_all", is_flag=True, help="Räkna om alla frysta lägesbilder.")
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def recompute(pk: int | None, *, is_all: bool, is_json: bool) -> None:
    """Räkna om en fryst lägesbild ur dess underlag, och säg om siffrorna är desamma."""
    if (pk is None) != is_all:
        raise click.UsageError("Ange antingen ett nummer eller --all.")
    ready()
    from lykta.domain.plans import selectors
    from lykta.infrastructure.access import SYSTEM

    rows = selectors.pictures(SYSTEM)
    chosen = list(rows if pk is None else rows.filter(pk=pk))
    if not chosen and not is_all:
        raise LyktaError(f"Ingen fryst lägesbild har nummer {pk}.", code="no-picture")
    results = [_recomputed(row) for row in chosen]
    if is_json:
        click.echo(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _show(result)
    if not all(result["is_same"] for result in results):
        sys.exit(1)


def _recomputed(row: Any) -> dict[str, Any]:
    from lykta.domain.plans import services
    from lykta.infrastructure.access import SYSTEM

    try:
        found = services.recompute(SYSTEM, row.pk)
    except LyktaError as error:  # one that is damaged must not hide how the others are
        return _said(row) | {"is_same": False, "error": str(error), "differences": []}
    differences = [
        {"path": each.path, "before": each.before, "after": each.after} for each in found
    ]
    return _said(row) | {"is_same": not found, "error": "", "differences": differences}


def _said(row: Any) -> dict[str, Any]:
    document = row.document
    return {
        "id": row.pk,
        "title": document.title,
        "number": document.number,
        "period": [str(row.period_from), str(row.period_to)],
        "audience": row.audience,
        "sha256": document.sha256,
        "version": document.version,
    }


def _show(result: dict[str, Any]) -> None:
    name = f"{result['title']}, version {result['number']}"
    if result["error"]:
        click.echo(f"{name}: {result['error']}")
    elif result["is_same"]:
        click.echo(f"{name}: samma siffror.")
    else:
        click.echo(f"{name}: {len(result['differences'])} tal skiljer sig.")
    for each in result["differences"]:
        click.echo(f"  {each['path']}: {each['before']} när den frystes, {each['after']} nu")


def _date(day: int) -> date:
    return EPOCH + timedelta(days=day)
