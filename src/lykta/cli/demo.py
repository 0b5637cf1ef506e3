"""`lykta demo`: the demo municipality: its files, its pictures, and lykta filled with it."""

import os
from pathlib import Path

import click

from lykta.cli.asked import Asked

FORMS = ("html", "pdf", "docx", "json")
# The first is for all to read; the second shows weeks, and is for partners.
PICTURES = (("lagesbild", "public"), ("lagesbild-samverkan", "partners"))
MADE_AT = "2026-11-24T07:00"


@click.command(options_metavar="[VAL]")
@click.argument("folder", metavar="MAPP", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", default=2026, show_default=True, help="Frö för de syntetiska händelserna.")
@click.option("--serve", "is_serving", is_flag=True, help="Visa lykta i webbläsaren efteråt.")
@click.option("--port", default=8000, show_default=True, help="Port för --serve.")
def demo(folder: Path, *, seed: int, is_serving: bool, port: int) -> None:
    """Skriv demokommunens filer och lägesbilder i MAPP, och fyll en lykta med den."""
    write_files(folder, seed=seed)
    fill(folder)
    if is_serving:
        from lykta.cli import serve

        serve.run(host="127.0.0.1", port=port)


def write_files(folder: Path, *, seed: int) -> None:
    """Write the files of the demo municipality, and pictures made of them."""
    from lykta import demo as municipality
    from lykta.cli.picture import make

    folder.mkdir(parents=True, exist_ok=True)
    for path in municipality.write(folder, seed=seed):
        click.echo(f"Skrev {path}")
    for name, audience in PICTURES:
        summary = make(asked(folder, name, audience), tell=lambda _step: None)
        for output in summary["outputs"]:
            click.echo(f"Skrev {output}")


def fill(folder: Path) -> None:
    """Make the folder an installation of the demo municipality, with an account for each role."""
    from lykta.cli.setup import set_up

    os.environ["LYKTA_DIR"] = str(folder.resolve())
    set_up(folder / "kommun.toml")
    from lykta.demo import cooperation, filling, offices, pictures, reporting, triage, weeks

    for account in filling.fill():
        click.echo(f"Konto: {account.email}")
    if n_agreements := cooperation.fill():
        click.echo(f"{n_agreements} överenskommelser om samverkan")
    if n_meetings := offices.fill():
        click.echo(f"Strategiskt råd, {n_meetings} möten")
    if n_rules := triage.fill():
        click.echo(f"{n_rules} fördelningsregler")
    if n_reports := reporting.fill(folder):
        click.echo(f"{n_reports} rapporter")
    if n_weeks := weeks.fill():
        click.echo(f"{n_weeks} veckor med bild, möte och beslut")
    for title in pictures.freeze():
        click.echo(f"Fryst: {title}")


def asked(folder: Path, name: str, audience: str) -> Asked:
    """Return what to ask for a picture of the demo municipality."""
    return Asked(
        events=(folder / "handelser.csv",),
        areas=folder / "kommundelar.geojson",
        outputs=tuple(folder / f"{name}.{form}" for form in FORMS),
        population=folder / "smaomraden.gpkg",
        crs="EPSG:3006",
        place="Huddinge",
        organisation="Huddinge kommun (demo)",
        area_noun="kommundel",
        audience=audience,
        made_at=MADE_AT,
    )
