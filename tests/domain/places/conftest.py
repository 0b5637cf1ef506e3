"""A made-up municipality: two districts, four small areas, three lists."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.layers import Layers

from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.imports import doors
from lykta.infrastructure.imports.models import Run

TODAY = date(2026, 11, 24)
SQUARE_M = 1000


def square(east: int, north: int, *, size: int = 1) -> list[list[float]]:
    """Return the ring of a square in SWEREF 99 TM, so and so many kilometres from a corner."""
    x, y, side = 600_000 + east * SQUARE_M, 6_600_000 + north * SQUARE_M, size * SQUARE_M
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def geojson(*features: dict[str, Any]) -> dict[str, Any]:
    """Return a FeatureCollection in SWEREF 99 TM of properties with a `ring`."""
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}},
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [each["ring"]]},
                "properties": {key: value for key, value in each.items() if key != "ring"},
            }
            for each in features
        ],
    }


AREAS = geojson(
    {"kod": "9999", "namn": "Exempelby", "slag": "kommun", "ring": square(0, 0, size=4)},
    {"kod": "9999-OST", "namn": "Östra", "slag": "kommundel", "ring": square(2, 0, size=2)},
    {"kod": "9999-ASA", "namn": "Åsa", "slag": "kommundel", "ring": square(0, 0, size=2)},
    {
        "kod": "9999A0010",
        "namn": "Åsa 10",
        "slag": "DeSO",
        "ingår_i": "9999-ASA",
        "ring": square(0, 0),
    },
    {
        "kod": "9999A0020",
        "namn": "Åsa 20",
        "slag": "DeSO",
        "ingår_i": "9999-ASA",
        "ring": square(1, 0),
    },
    {
        "kod": "9999-L1",
        "namn": "Höjden",
        "slag": "listat område",
        "ingår_i": "9999-ASA",
        "gränsens_anmärkning": "Ritad av oss.",
        "ring": square(0, 0),
    },
)
Write = Callable[[str, Any], Path]
ReadIn = Callable[..., Run]


def writer(folder: Path) -> Write:
    """Return what writes a file in a folder: text as it stands, anything else as JSON."""

    def written(name: str, content: Any) -> Path:
        path = folder / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def reader(write: Write) -> ReadIn:
    """Return what reads content in as a file of a kind."""

    def read(kind: str, name: str, content: Any, /, **options: Any) -> Run:
        if kind == "areas":
            options = {"valid_from": date(2010, 1, 1)} | options
        return doors.read_in(SYSTEM, kind, write(name, content), today=TODAY, **options)

    return read


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes a file."""
    return writer(tmp_path)


@pytest.fixture
def read_in(write: Write, db: None, settings: Any, tmp_path: Path) -> ReadIn:
    """Return what reads content in as a file of a kind."""
    settings.LYKTA_DIR = tmp_path
    return reader(write)


@pytest.fixture
def places(read_in: ReadIn, layers: Layers, tmp_path: Path) -> ReadIn:
    """Begin with the made-up municipality, and return what reads more."""
    layers.hand_out(tmp_path)
    return read_in
