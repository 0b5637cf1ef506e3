"""The import graph of the house, and the two rules on it that no contract can say."""

from collections.abc import Iterator
from pathlib import Path

from grimp import ImportGraph

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lykta"
CONTRACTS = ROOT / ".importlinter"

FRONT_DOORS = {"services", "selectors", "papers", "rules"}
# A door of the house gathers what the rooms have made for it; the project wires everything.
SIDE_DOORS = {
    "web": {"views", "urls"},
    "api": {"api"},
    "cli": {"commands"},
}
# By name, across rooms: a foreign key is a string, and law comes in as an argument.
ALONE = {"models", "rules"}


def python_files() -> list[Path]:
    """Return every Python file of the house, in order."""
    return sorted(SOURCE.rglob("*.py"))


def room(module: str) -> str:
    """Return the room that a module stands in, "" outside the rooms."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["lykta", "domain"] and len(parts) > 2 else ""


def part(module: str) -> str:
    """Return the file of its room that a module belongs to, "" for the room itself."""
    parts = module.split(".")
    return parts[3] if room(module) and len(parts) > 3 else ""


def entries(graph: ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield each import, importer and imported, that goes into a room from outside of it."""
    for there in sorted(m for m in graph.modules if room(m)):
        for here in sorted(graph.find_modules_that_directly_import(there)):
            if room(here) != room(there):
                yield here, there


def trespasses(graph: ImportGraph) -> list[str]:
    """Return the imports that enter a room by another way than its front door."""
    found = []
    for here, there in entries(graph):
        floor = here.split(".")[1]
        allowed = FRONT_DOORS | SIDE_DOORS.get(floor, set())
        if floor != "project" and part(there) not in allowed:
            found.append(f"{here} -> {there}")
    return found


def strayed(graph: ImportGraph) -> list[str]:
    """Return the imports of another room by a room's models or rules."""
    return [f"{here} -> {there}" for here, there in entries(graph) if part(here) in ALONE]


def in_house(path: Path) -> str:
    """Return a path as it is said in a message: from the root of the repository."""
    return path.relative_to(ROOT).as_posix()
