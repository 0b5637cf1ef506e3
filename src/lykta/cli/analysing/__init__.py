"""`lykta analyse`: each method of the analysis with a door of its own, files in and numbers out."""

import click

from lykta.cli import LazyGroup

_HERE = "lykta.cli.analysing"
COMMANDS = {
    "warnings": (f"{_HERE}.warnings:warnings", "Tidig varning för de sista veckorna."),
    "limits": (f"{_HERE}.places:limits", "Styrgränser för veckorna i en serie."),
    "hotspots": (f"{_HERE}.places:hotspots", "Var det gräns i gräns är många eller få: Gi*."),
    "wdd": (f"{_HERE}.effects:wdd", "Förändring mot kontroll och mot det som flyttat intill."),
    "did": (f"{_HERE}.effects:did", "Områden med åtgärd mot områden utan, före och efter."),
    "event-study": (f"{_HERE}.effects:event_study", "Vecka för vecka kring en åtgärds början."),
    "synthetic-control": (f"{_HERE}.effects:synthetic_control", "Ett område mot en blandning."),
    "interrupted": (f"{_HERE}.effects:interrupted", "En serie före och efter en åtgärd."),
    "power": (f"{_HERE}.effects:power", "Vilken effekt som skulle synas, innan man börjar."),
    "backtest": (f"{_HERE}.forecasts:backtest", "Är en prognos bättre än den enklaste gissning?"),
    "pai": (f"{_HERE}.forecasts:pai", "Hur väl en karta av prognoser träffar."),
    "survey": (f"{_HERE}.surveys:survey", "Andel eller medel ur en enkät, vägd och med fel."),
    "suppress": (f"{_HERE}.tables:suppress", "Dölj små antal så att de inte går att räkna ut."),
    "round": (f"{_HERE}.tables:rounded", "Avrunda antalen i en tabell."),
    "rates": (f"{_HERE}.places:rates", "Dämpade tal per invånare, med osäker ordning."),
}


@click.group(
    "analyse",
    cls=LazyGroup,
    gathered=COMMANDS,
    options_metavar="[VAL]",
    subcommand_metavar="METOD …",
)
def analyse() -> None:
    """Räkna med en av metoderna: filer in, tal ut, utan databas."""
