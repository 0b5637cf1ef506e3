"""The imports that must never be, each planted alone in a copy of the house.

Run in a process of its own (`python -m tests.architecture.breaches FOLDER`) with the copy first on
the path, because a process that has imported lykta finds only that one. Prints JSON: for the house
as it stands and for each breach, which contracts are broken and which imports trespass.
"""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import grimp
from importlinter import configuration
from importlinter.application import use_cases
from tests.architecture.house import CONTRACTS, SOURCE, strayed, trespasses

FLOORS = ("project", "web", "api", "cli")
ROOMS = (
    *("places", "partners", "statutes", "documents", "events", "surveys", "indicators"),
    *("problems", "measures", "budgets", "cameras", "walks", "activities", "meetings"),
    *("plans", "answers", "cases", "compliance"),
)
FILES = ("rules", "models", "papers", "selectors", "services")


@dataclass(frozen=True, slots=True)
class Breach:
    """One forbidden import, and who must notice."""

    name: str
    file: str  # in src/lykta
    line: str
    caught_by: str  # the name of a contract, "trespasses" or "strayed"


BREACHES = (
    Breach(
        "the numbers use the web framework",
        "analysis/rates.py",
        "import django",
        "The analysis core is plain numerics",
    ),
    Breach(
        "the numbers read files",
        "analysis/picture.py",
        "from lykta.sources import reading",
        "The house stands on its floors",
    ),
    Breach(
        "the numbers read files, inside a function",
        "analysis/picture.py",
        "def _late() -> None:\n    from lykta.sources import reading",
        "The house stands on its floors",
    ),
    Breach(
        "a tool knows a room",
        "infrastructure/errors.py",
        "from lykta.domain.events import papers",
        "The house stands on its floors",
    ),
    Breach(
        "a tool knows the numbers",
        "infrastructure/papers/paper.py",
        "from lykta.analysis import rates",
        "The house stands on its floors",
    ),
    Breach(
        "a source knows a room",
        "sources/records.py",
        "from lykta.domain.events import papers",
        "The house stands on its floors",
    ),
    Breach(
        "a source hands over data frames",
        "sources/records.py",
        "import pandas",
        "Sources hand over plain records",
    ),
    Breach(
        "a room knows a door",
        "domain/events/papers/words.py",
        "from lykta import cli",
        "The house stands on its floors",
    ),
    Breach(
        "one door knows another",
        "web/__init__.py",
        "from lykta import api",
        "The house stands on its floors",
    ),
    Breach(
        "a floor without a place",
        "helpers/__init__.py",
        "",
        "The house stands on its floors",
    ),
    Breach(
        "a lower room opens upwards",
        "domain/places/services.py",
        "from lykta.domain.measures import services",
        "Rooms open downwards only",
    ),
    Breach(
        "rooms that stand apart meet",
        "domain/budgets/services.py",
        "from lykta.domain.walks import services",
        "Rooms open downwards only",
    ),
    Breach(
        "a room without a place",
        "domain/gossip/__init__.py",
        "",
        "Rooms open downwards only",
    ),
    Breach(
        "a table asks its reader",
        "domain/measures/models.py",
        "from lykta.domain.measures import selectors",
        "Inside a room: page, service, model, rule",
    ),
    Breach(
        "a file that no room has",
        "domain/measures/helpers.py",
        "",
        "Inside a room: page, service, model, rule",
    ),
    Breach(
        "the vault is opened from elsewhere",
        "domain/compliance/services.py",
        "from lykta.domain.cases import selectors",
        "Only the project may open the vault",
    ),
    Breach(
        "the vault looks out",
        "domain/cases/services.py",
        "from lykta.domain.measures import services",
        "The vault knows partners, statutes and nothing else of the house",
    ),
    Breach(
        "a circle between siblings",
        "analysis/multiplicity.py",
        "from lykta.analysis import picture",
        "No circles anywhere",
    ),
    Breach(
        "a room's paper needs the database",
        "domain/events/papers/tables.py",
        "from django.db import models",
        "Papers need no database and no web",
    ),
    Breach(
        "the paper's tool needs the web framework",
        "infrastructure/papers/html.py",
        "from django.template import engines",
        "Papers need no database and no web",
    ),
    Breach(
        "a room is entered by its tables",
        "domain/measures/services.py",
        "from lykta.domain.places import models",
        "trespasses",
    ),
    Breach(
        "a door of the house goes past the service",
        "cli/__init__.py",
        "from lykta.domain.measures import models",
        "trespasses",
    ),
    Breach(
        "a table imports another room",
        "domain/measures/models.py",
        "from lykta.domain.places import rules",
        "strayed",
    ),
)


def build(folder: Path) -> Path:
    """Copy the house to the folder, furnish what is not built yet, and return its root."""
    house = folder / "lykta"
    shutil.copytree(SOURCE, house, ignore=shutil.ignore_patterns("__pycache__"))
    stubs = [house / floor / "__init__.py" for floor in FLOORS]
    for name in ROOMS:
        stubs.append(house / "domain" / name / "__init__.py")
        # A room may have grown a package where the stub would be a file.
        stubs += [
            house / "domain" / name / f"{file}.py"
            for file in FILES
            if not (house / "domain" / name / file).is_dir()
        ]
    for stub in stubs:
        stub.parent.mkdir(exist_ok=True)
        if not stub.exists():
            stub.write_text('"""Not built yet."""\n', encoding="utf-8")
    return house


def findings() -> dict[str, list[str]]:
    """Return what is wrong with the house that is first on the path."""
    options = use_cases.read_user_options(str(CONTRACTS))
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=None)
    graph = grimp.build_graph("lykta", cache_dir=None)
    return {
        "contracts": sorted(
            contract.name for contract, check in report.get_contracts_and_checks() if not check.kept
        ),
        "trespasses": trespasses(graph),
        "strayed": strayed(graph),
    }


def findings_with(breach: Breach, house: Path) -> dict[str, list[str]]:
    """Return what is wrong when one breach is planted; the house is mended afterwards."""
    file = house / breach.file
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{breach.line}\n", encoding="utf-8")
    try:
        return findings()
    finally:
        if before is None:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
        else:
            file.write_text(before, encoding="utf-8")


def main(folder: Path) -> None:
    """Print what is found in a clean copy, and with each breach."""
    configuration.configure()
    sys.path.insert(0, str(folder))
    house = build(folder)
    found = {"": findings()}
    for breach in BREACHES:
        found[breach.name] = findings_with(breach, house)
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
