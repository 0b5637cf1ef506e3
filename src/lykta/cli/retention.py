"""`lykta retention`: what is due to be deleted, and deleting it."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from lykta.cli.ready import ready

if TYPE_CHECKING:
    from lykta.infrastructure.retention.selectors import Line


@click.command(options_metavar="[VAL]")
@click.option("--dry-run", "is_trial", is_flag=True, help="Säg bara vad som skulle tas bort.")
@click.option(
    "--again",
    "is_again",
    is_flag=True,
    help="Ta också bort det som en återlagd kopia har fört med sig.",
)
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def retention(*, is_trial: bool, is_again: bool, is_json: bool) -> None:
    """Gallra: ta bort det vars tid är ute enligt reglerna. Görs annars varje natt."""
    if is_trial and is_again:
        raise click.UsageError("--dry-run och --again går inte att förena.")
    ready()
    from django.utils import timezone

    from lykta.infrastructure.retention import selectors, services

    lines = selectors.lines(today=timezone.localdate())
    done = None if is_trial else services.run_again() if is_again else services.run()
    counts = done.counts if done else {}
    rows = [(line, counts.get((line.key, line.field_key), 0)) for line in lines]
    if is_json:
        answer = {
            "is_trial": is_trial,
            "is_swept": done.is_swept if done else None,
            "n_deleted": sum(counts.values()),
            "fields": [_as_data(line, n_deleted) for line, n_deleted in rows],
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for line, n_deleted in rows:
            _show(line, n_deleted, is_trial=is_trial)
        click.echo("Prövat. Inget har tagits bort." if done is None else _said(done.n))
    if done and not done.is_swept:
        click.echo(
            "Databasens filer kunde inte rensas nu, för andra använder dem. Det görs nästa gång.",
            err=True,
        )
        sys.exit(1)


def _as_data(line: "Line", n_deleted: int) -> dict[str, Any]:
    """Return a field, its rule, and what is due or was deleted, as plain data."""
    from lykta.infrastructure.retention import words

    rule, due = line.rule, line.due
    return {
        "dataset": line.key,
        "field": line.field_key,
        "name": str(line.dataset.name),
        "what": str(line.field.name),
        "rule": words.said(rule),
        "keep_days": rule.keep_days if rule else None,
        "valid_from": rule.valid_from.isoformat() if rule else None,
        "basis": rule.basis if rule else None,
        "is_proposal": rule.is_proposal if rule else None,
        "is_by_hand": line.is_by_hand,
        "n_due": due.n,
        "oldest": due.first_day.isoformat() if due.first_day else None,
        "n_deleted": n_deleted,
    }


def _show(line: "Line", n_deleted: int, *, is_trial: bool) -> None:
    """Print a field as a layman reads it: what, by which rule, and how many."""
    from lykta.infrastructure.papers.swedish import number
    from lykta.infrastructure.retention import words

    rule, due = line.rule, line.due
    click.echo(f"{line.dataset.name}: {line.field.name}")
    click.echo(f"  Regel: {words.said(rule)}.")
    if rule:
        click.echo(f"  Gäller från {rule.valid_from}. Grund: {rule.basis}.")
    if line.is_by_hand:
        click.echo("  lykta når dem inte. Den som sköter driften tar bort dem.")
    elif is_trial and due.n:
        click.echo(f"  Att ta bort nu: {number(due.n)}, de äldsta från {due.first_day}.")
    elif line.before:
        found = f"Borttaget nu: {number(n_deleted)}" if n_deleted else "Inget att ta bort nu"
        click.echo(f"  {found}.")


def _said(n: int) -> str:
    return f"Tog bort {n} uppgifter." if n else "Det fanns inget att ta bort."
