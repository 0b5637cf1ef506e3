"""An import whose process is killed at random moments, and what is there after the next one.

Run as ``python -m tests.cli.kills 100`` for a long proof.
"""

import argparse
import json
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.circumstances import ROOT, circumstances, fingerprint
from tests.drills import ON_POSTGRESQL, Drill, drill, town

SIDE = 55  # squares along each side of the municipality: 3 025 areas
SQUARE_M = 100
WEST_M, SOUTH_M = 660_000, 6_560_000
BATCH = {"LYKTA_IMPORT_BATCH": "100"}
WRITTEN = {
    "areas": "SELECT code, kind, name FROM places_area ORDER BY code",
    "versions": """
        SELECT a.code, v.name, p.code, v.border_sha256, CAST(v.valid_from AS varchar(10))
        FROM places_areaversion v
        JOIN places_area a ON a.id = v.area_id
        LEFT JOIN places_area p ON p.id = v.parent_id
        ORDER BY a.code, v.id
    """,
    "done": "SELECT count(*) FROM audit_entry WHERE action = 'import.withdrawn'",
}
# What decides whether a killed import is whole afterwards.
CODE = (
    "src/lykta/infrastructure/imports",
    "src/lykta/infrastructure/audit",
    "src/lykta/domain/places/services",
)


def killed(count: int, folder: Path, *, seed: int = 2026) -> dict[str, int]:
    """Return how many killed imports ended as one left in peace, and how many kills hit writing."""
    file = grid(folder)
    with drill(folder / "ready") as ready:
        ready.succeed("setup", town(folder / "town"))
        expected, seconds = in_peace(ready, file, folder / "peace")
        rng = random.Random(seed)
        moments = [rng.uniform(0.1, 1.0) * seconds for _ in range(count)]

        def tried(place: int) -> tuple[dict[str, Any], int]:
            return killed_at(moments[place], ready, file, folder / str(place))

        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(tried, range(count)))
    return {
        "kills": count,
        "areas": len(expected["versions"]),
        "ended_as_in_peace": sum(end == expected for end, _ in ends),
        "hit_the_writing": sum(n_left > 0 for _, n_left in ends),
    }


def in_peace(ready: Drill, file: Path, home: Path) -> tuple[dict[str, Any], float]:
    """Return what an import left in peace writes, and how many seconds it takes."""
    with drill(home, like=ready) as made:
        started = time.monotonic()
        made.succeed("import", "areas", file, **BATCH)
        return written(made), time.monotonic() - started


def killed_at(moment: float, ready: Drill, file: Path, home: Path) -> tuple[dict[str, Any], int]:
    """Return what is written after a kill and another import, and how much the kill had left."""
    with drill(home, like=ready) as made:
        process = made.start("import", "areas", file, **BATCH)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        ((n_left,),) = made.ask("SELECT count(*) FROM imports_run WHERE state = 'running'")
        made.succeed("import", "areas", file, **BATCH)
        assert "Loggen är hel" in made.succeed("audit", "verify")
        return written(made), n_left


def written(installation: Drill) -> dict[str, Any]:
    """Return all that an import writes of areas."""
    return {name: installation.ask(sql) for name, sql in WRITTEN.items()}


def grid(folder: Path) -> Path:
    """Write squares in a grid inside a square municipality, and return the file."""
    squares = [
        feature(f"R{place:04}", f"Ruta {place}", "eget område", corner_of(place), SQUARE_M)
        for place in range(SIDE * SIDE)
    ]
    whole = feature("9999", "Exempelby kommun", "kommun", (WEST_M, SOUTH_M), SIDE * SQUARE_M)
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    found = {"type": "FeatureCollection", "crs": crs, "features": [whole, *squares]}
    path = folder / "rutor.geojson"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def corner_of(place: int) -> tuple[int, int]:
    """Return the south-western corner of a square."""
    row, column = divmod(place, SIDE)
    return WEST_M + column * SQUARE_M, SOUTH_M + row * SQUARE_M


def feature(code: str, name: str, kind: str, corner: tuple[int, int], side: int) -> dict[str, Any]:
    """Return a square as a feature."""
    west, south = corner
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"kod": code, "namn": name, "slag": kind},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def sources() -> dict[str, Any]:
    """Return which files the proof speaks of, and their SHA-256 taken together."""
    paths = (path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    files = sorted(str(path.relative_to(ROOT)) for path in paths)
    return {"files": files, "sha256": fingerprint(files)}


def main() -> None:
    """Kill imports, and write what came of it where one says so."""
    options = argparse.ArgumentParser(prog="python -m tests.cli.kills", description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--out", type=Path, help="write the result as JSON")
    asked = options.parse_args()
    database = "postgresql" if ON_POSTGRESQL else "sqlite"
    before = json.loads(asked.out.read_text()) if asked.out and asked.out.exists() else {}
    with TemporaryDirectory() as folder:
        found = {database: killed(asked.count, Path(folder))}
    if before.get("sources") == sources():
        found = before["databases"] | found  # the other database, of the same code
    result = circumstances() | {"databases": found, "sources": sources()}
    print(json.dumps(result, indent=1))  # noqa: T201 - run by hand
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
