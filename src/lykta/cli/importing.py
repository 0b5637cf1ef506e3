"""`lykta import`: the rooms' own commands for reading files in, gathered."""

import click

from lykta.cli import LazyGroup

_PLACES = "lykta.domain.places.commands"
_EVENTS = "lykta.domain.events.commands"
COMMANDS = {
    "events": (f"{_EVENTS}:events", "Händelser: rapporter, anmälda brott och annat."),
    "categories": (f"{_EVENTS}:categories", "Kategorier: kod, namn och grupp."),
    "areas": (f"{_PLACES}:areas", "Områden med namn, gränser och vad de ingår i."),
    "places": (f"{_PLACES}:places", "Platser: landmärken och adresser med en punkt."),
    "population": (f"{_PLACES}:population", "Folkmängd per område och år."),
    "listings": (f"{_PLACES}:listings", "Vilka områden som står på polisens listor."),
    "editions": (f"{_PLACES}:editions", "Hur många områden varje lista har i hela landet."),
    "indicators": ("lykta.domain.indicators.commands:indicators", "Nyckeltal, egna och andras."),
}


@click.group(
    "import",
    cls=LazyGroup,
    gathered=COMMANDS,
    options_metavar="[VAL]",
    subcommand_metavar="KOMMANDO …",
)
def importing() -> None:
    """Läs in en fil. Med --dry-run prövas den bara: inget ändras."""
