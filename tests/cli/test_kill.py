"""An import whose process is killed at any moment ends as one that was left in peace."""

import json
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.drills import drill, town

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
N_KILLS = int(os.environ.get("LYKTA_KILLS", "10"))
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


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Squares in a grid inside a square municipality."""
    squares = [
        feature(f"R{place:04}", f"Ruta {place}", "eget område", corner_of(place), SQUARE_M)
        for place in range(SIDE * SIDE)
    ]
    whole = feature("9999", "Exempelby kommun", "kommun", (WEST_M, SOUTH_M), SIDE * SQUARE_M)
    path = tmp_path_factory.mktemp("grid") / "rutor.geojson"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    found = {"type": "FeatureCollection", "crs": crs, "features": [whole, *squares]}
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def corner_of(place: int) -> tuple[int, int]:
    row, column = divmod(place, SIDE)
    return WEST_M + column * SQUARE_M, SOUTH_M + row * SQUARE_M


def feature(code, name, kind, corner, side):
    west, south = corner
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"kod": code, "namn": name, "slag": kind},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture(scope="module")
def set_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kill")
    with drill(folder / "home") as made:
        made.succeed("setup", town(folder / "town"))
        yield made


@pytest.fixture(scope="module")
def undisturbed(set_up, file, tmp_path_factory):
    """What an import left in peace writes, and how many seconds it takes."""
    with drill(tmp_path_factory.mktemp("undisturbed") / "home", like=set_up) as made:
        started = time.monotonic()
        made.succeed("import", "areas", file, **BATCH)
        seconds = time.monotonic() - started
        yield written(made), seconds


def written(installation):
    return {name: installation.ask(sql) for name, sql in WRITTEN.items()}


def test_an_import_that_is_killed_at_any_moment_ends_as_one_left_in_peace(
    set_up, file, undisturbed, tmp_path
):
    expected, seconds = undisturbed
    rng = random.Random(2026)
    moments = [rng.uniform(0.1, 1.0) * seconds for _ in range(N_KILLS)]

    with ThreadPoolExecutor(2) as pool:
        ends = list(
            pool.map(
                lambda place: killed_at(moments[place], set_up, file, tmp_path / str(place)),
                range(N_KILLS),
            )
        )

    assert len(expected["versions"]) == SIDE * SIDE + 5
    assert [place for place, (end, _) in enumerate(ends) if end != expected] == []
    assert any(n_left for _, n_left in ends), "no kill hit the writing"


def killed_at(moment, set_up, file, home):
    """Return what is written after a kill and another import, and how much the kill had left."""
    with drill(home, like=set_up) as made:
        process = made.start("import", "areas", file, **BATCH)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        ((n_left,),) = made.ask("SELECT count(*) FROM imports_run WHERE state = 'running'")
        made.succeed("import", "areas", file, **BATCH)
        assert "Loggen är hel" in made.succeed("audit", "verify")
        return written(made), n_left
