"""What the user asks of `lykta picture`."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """The files, the choices and the names of one picture."""

    events: tuple[Path, ...]
    areas: Path
    outputs: tuple[Path, ...]
    population: Path | None = None
    categories: Path | None = None
    period: str | None = None
    mapping: tuple[str, ...] = ()
    areas_map: tuple[str, ...] = ()
    population_map: tuple[str, ...] = ()
    crs: str | None = None
    areas_crs: str | None = None
    population_crs: str | None = None
    municipality: str | None = None
    place: str = ""
    organisation: str = ""
    registry_number: str = ""
    area_noun: str = "område"
    audience: str = "public"
    cell_m: float | None = None
    seed: int = 1
    made_at: str = ""
