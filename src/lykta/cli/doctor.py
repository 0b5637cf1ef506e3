"""`lykta doctor`: is everything that lykta needs in place, and are the kernels compiled?"""

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from lykta.cli.ready import folder, ready

if TYPE_CHECKING:
    from lykta.infrastructure.examination import Check


@click.command(options_metavar="[VAL]")
@click.option("--compile", "is_compiling", is_flag=True, help="Kompilera beräkningskärnorna nu.")
@click.option("--json", "is_json", is_flag=True, help="Skriv svaret som JSON.")
def doctor(*, is_compiling: bool, is_json: bool) -> None:
    """Se efter att allt som lykta behöver fungerar här, och att installationen mår bra."""
    if is_compiling:
        _compile(is_told=not is_json)
    checks = _checks()
    if is_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            _show(check)
    if any(check.is_fault for check in checks):
        sys.exit(1)


def _checks() -> "list[Check]":
    """Return what can be examined: the machine, and the installation where there is one."""
    from lykta.infrastructure import examination, installation

    if not (folder() / installation.FILE).is_file():
        return examination.machine(is_loading=True)
    ready()
    return examination.examine(is_loading=True)


def _show(check: "Check") -> None:
    mark = "bra" if check.is_well else "FEL" if check.is_urgent else "råd"
    click.echo(f"{mark}  {check.name}: {check.found}")
    if check.advice:
        click.echo(f"     {check.advice}")


def _compile(*, is_told: bool) -> None:
    """Run every compiled kernel once on next to nothing, so that the next run finds it cached."""
    started = time.monotonic()
    from lykta.analysis.warming import warm

    warm()
    if is_told:
        seconds = time.monotonic() - started
        click.echo(f"Beräkningskärnorna är kompilerade ({seconds:.1f} s).")
