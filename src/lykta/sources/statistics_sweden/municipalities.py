"""The 290 municipalities and 21 counties, by name and code."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lykta.infrastructure.errors import LyktaError


@dataclass(frozen=True, slots=True)
class Municipality:
    """Kommun: its four-digit code, and the county it lies in."""

    code: str
    name: str
    county_code: str
    county: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return all municipalities in order of code."""
    text = files(__package__).joinpath("municipalities.csv").read_text(encoding="utf-8")
    return tuple(Municipality(*line.split(";")) for line in text.splitlines()[2:])


@cache
def by_name() -> dict[str, Municipality]:
    """Return the municipalities by casefolded name, also as in "Arjeplogs kommun"."""
    names: dict[str, Municipality] = {}
    for one in municipalities():
        name = one.name.casefold()
        for form in (name, f"{name}s", f"{name} kommun", f"{name}s kommun"):
            names[form] = one
    # Municipalities that call themselves a town or a region.
    for own, name in (("stockholms stad", "stockholm"), ("göteborgs stad", "göteborg"),
                      ("malmö stad", "malmö"), ("region gotland", "gotland"),
                      ("gotlands kommun", "gotland"), ("falu kommun", "falun"),
                      ("malung kommun", "malung-sälen")):  # fmt: skip
        names[own] = names[name]
    return names


@cache
def counties() -> dict[str, str]:
    """Return the county codes by casefolded name, such as "stockholms län"."""
    return {one.county.casefold(): one.county_code for one in municipalities()}


def municipality(name_or_code: str) -> Municipality:
    """Return the municipality with this name or code."""
    wanted = name_or_code.strip().casefold()
    for one in municipalities():
        if wanted == one.code:
            return one
    if found := by_name().get(wanted):
        return found
    raise LyktaError(
        f"Kommunen ”{name_or_code}” finns inte. Ange dess namn, till exempel Huddinge, "
        "eller dess kod, till exempel 0126.",
        code="unknown-municipality",
    )
