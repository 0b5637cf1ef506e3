"""An import whose process is killed at random moments, and what is there after the next one.

Run as ``python -m tests.cli.kills 100`` for a long proof.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.circumstances import circumstances, files_of, fingerprint
from tests.drills import ON_POSTGRESQL, Drill, drill, set_up

SIDE = 55  # squares along each side of the municipality: 3 025 areas
SQUARE_M = 100
WEST_M, SOUTH_M = 660_000, 6_560_000
BATCH = {"LYKTA_IMPORT_BATCH": "100"}
N_EVENTS = 6_000
AREAS = {
    "rows": """
        SELECT a.code, v.name, p.code, v.border_sha256, CAST(v.valid_from AS varchar(10))
        FROM places_areaversion v
        JOIN places_area a ON a.id = v.area_id
        LEFT JOIN places_area p ON p.id = v.parent_id
        ORDER BY a.code, v.id
    """,
    "areas": "SELECT code, kind, name FROM places_area ORDER BY code",
}
EVENTS = {
    "rows": """
        SELECT e.key, e.digest, CAST(e.first_day AS varchar(10)), c.code, a.code, e.count
        FROM events_event e
        LEFT JOIN events_category c ON c.id = e.category_id
        LEFT JOIN places_area a ON a.id = e.area_id
        WHERE e.replaced_by_id IS NULL ORDER BY e.key, e.digest
    """,
    "replaced": """
        SELECT e.key, e.digest, r.file_name FROM events_event e
        JOIN imports_run r ON r.id = e.replaced_by_id ORDER BY e.key, e.digest
    """,
    "sources": "SELECT name, noun FROM events_source ORDER BY name",
}
WITHDRAWN = "SELECT count(*) FROM audit_entry WHERE action = 'import.withdrawn'"
RUNNING = "SELECT count(*) FROM imports_run WHERE state = 'running'"
CURRENT = "SELECT id FROM events_event WHERE replaced_by_id IS NULL ORDER BY id"
# What the next reader gets of the events.
READER = """
import django
django.setup()
from lykta.infrastructure.columns import selectors
print(*selectors.ask("events", "SELECT pk FROM {table} ORDER BY pk")["pk"].tolist())
"""
# What decides whether a killed import is whole afterwards.
CODE = (
    "src/lykta/infrastructure/imports",
    "src/lykta/infrastructure/audit",
    "src/lykta/infrastructure/columns",
    *(
        f"src/lykta/domain/places/services/{name}.py"
        for name in ("areas", "known", "planning", "wanted")
    ),
    *(
        f"src/lykta/domain/events/services/{name}.py"
        for name in ("categories", "importing", "keys", "placing")
    ),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is read in and killed."""

    kind: str
    written: dict[str, str]  # name -> what an import has written of it
    file: Callable[[Path], Path]  # writes the file that is read in
    before: Callable[[Path], Path | None] = lambda _folder: None  # and one that was read in earlier


def killed(count: int, folder: Path, subject: Subject, *, seed: int = 2026) -> dict[str, int]:
    """Return how many killed imports ended as one left in peace, and how many kills hit writing.

    Every other kill counts its time from when the import began to write: a short import on a slow
    machine writes for a small part of the time its process lives.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file, earlier = subject.file(folder), subject.before(folder)
    with set_up(folder / "ready") as ready:
        if earlier:
            ready.succeed("import", subject.kind, earlier)
        expected, seconds = in_peace(ready, subject, file, folder / "peace")
        rng = random.Random(seed)
        moments = [rng.uniform(0.2, 1.2) * seconds for _ in range(count)]

        def tried(place: int) -> tuple[dict[str, Any], int]:
            home = folder / str(place)
            if place % 2:
                began = moments[place] / 4
                return killed_at(began, ready, subject, file, home, from_its_writing=True)
            return killed_at(moments[place], ready, subject, file, home)

        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(tried, range(count)))
    return {
        "kills": count,
        "rows": len(expected["rows"]),
        "ended_as_in_peace": sum(end == expected for end, _ in ends),
        "hit_the_writing": sum(n_left > 0 for _, n_left in ends),
    }


def in_peace(
    ready: Drill, subject: Subject, file: Path, home: Path
) -> tuple[dict[str, Any], float]:
    """Return what an import left in peace writes, and how many seconds it takes."""
    with drill(home, like=ready) as made:
        started = time.monotonic()
        made.succeed("import", subject.kind, file, **BATCH)
        seconds = time.monotonic() - started
        return written(made, subject), seconds


def killed_at(
    moment: float, ready: Drill, subject: Subject, file: Path, home: Path, *,
    from_its_writing: bool = False,
) -> tuple[dict[str, Any], int]:  # fmt: skip
    """Return what is written after a kill and another import, and how much the kill had left."""
    with drill(home, like=ready) as made:
        process = made.start("import", subject.kind, file, **BATCH)
        while from_its_writing and process.poll() is None and not made.ask(RUNNING)[0][0]:
            time.sleep(0.01)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        ((n_left,),) = made.ask(RUNNING)
        made.succeed("import", subject.kind, file, **BATCH)
        assert "Loggen är hel" in made.succeed("audit", "verify")
        return written(made, subject), n_left


def written(made: Drill, subject: Subject) -> dict[str, Any]:
    """Return all that an import writes, and whether the copy of the events is in step with it."""
    found = {name: made.ask(sql) for name, sql in subject.written.items()}
    found["withdrawn"] = made.ask(WITHDRAWN)
    if subject.kind == "events":
        found["is_in_step"] = read_by_another(made) == [key for (key,) in made.ask(CURRENT)]
        assert found["is_in_step"], "the copy of the events is not as the rows"
    return found


def read_by_another(made: Drill) -> list[int]:
    """Return the events that another process reads from the copy."""
    settings = {"DJANGO_SETTINGS_MODULE": "lykta.project.settings"}
    said = subprocess.run(
        [sys.executable, "-c", READER], env=made.environment(**settings), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return [int(key) for key in said.stdout.split()]


def events(folder: Path, *, n: int = N_EVENTS) -> Path:
    """Write new events, corrected ones, the same as before and some without id; return the file."""
    lines = [
        f"{'' if k % 10 == 9 else k};2026-{k % 9 + 1:02d}-{k % 28 + 1:02d} 12:{k % 60:02d};;"
        f"{'Nytt ord' if k % 4 == 0 else 'Klotter'};;;{'ABC'[k % 3]};Rapporter"
        for k in range(n)
    ]
    return _as_file(folder / "händelser.csv", lines)


def earlier_events(folder: Path, *, n: int = N_EVENTS) -> Path:
    """Write half of the same events as they were known before, and return the file."""
    lines = [
        f"{k};2026-{k % 9 + 1:02d}-{k % 28 + 1:02d} 12:{k % 60:02d};;Klotter;;;{'ABC'[k % 3]};"
        "Rapporter"
        for k in range(n // 2)
        if k % 10 != 9
    ]
    return _as_file(folder / "förut.csv", lines)


def _as_file(path: Path, lines: list[str]) -> Path:
    header = "id;tidpunkt;tidpunkt_till;kategori;x;y;område;källa"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


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
    files = files_of(CODE)
    return {"files": files, "sha256": fingerprint(files)}


SUBJECTS = (
    Subject("areas", AREAS, grid),
    Subject("events", EVENTS, events, earlier_events),
)


def main() -> None:
    """Kill imports, and write what came of it where one says so."""
    options = argparse.ArgumentParser(prog="python -m tests.cli.kills", description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--out", type=Path, help="write the result as JSON")
    asked = options.parse_args()
    database = "postgresql" if ON_POSTGRESQL else "sqlite"
    before = json.loads(asked.out.read_text()) if asked.out and asked.out.exists() else {}
    with TemporaryDirectory() as folder:
        found = {
            f"{database}, {one.kind}": killed(asked.count, Path(folder) / one.kind, one)
            for one in SUBJECTS
        }
    if before.get("sources") == sources():
        found = before["databases"] | found  # the other database, of the same code
    result = circumstances() | {"databases": found, "sources": sources()}
    print(json.dumps(result, indent=1))  # noqa: T201 - run by hand
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
