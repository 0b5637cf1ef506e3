"""`lykta columns`: the copies of large tables, seen to and mended."""

import json

import click

from lykta.cli.ready import ready


@click.command(options_metavar="[VAL]")
@click.option("--repair", "is_repairing", is_flag=True, help="Gör om dem från början.")
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def columns(*, is_repairing: bool, is_json: bool) -> None:
    """Se efter att kopiorna av stora tabeller är i takt, och gör om dem som inte är det."""
    ready()
    from lykta.infrastructure.columns import services

    found = {}
    for name in services.names():
        was_in_step = services.is_in_step(name)
        if is_repairing:
            services.repair(name)
        else:
            services.keep_up(name)
        found[name] = {"was_in_step": was_in_step, "is_in_step": services.is_in_step(name)}
    if is_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, one in found.items():
        before = "var i takt" if one["was_in_step"] else "var inte i takt"
        click.echo(f"{name}: {before}, {'är i takt' if one['is_in_step'] else 'är inte i takt än'}")
