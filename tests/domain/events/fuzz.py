"""Damaged files of events, read into the database: each row is there, or it is told why not.

Run as ``python -m tests.domain.events.fuzz 10000 --out docs/reference/imports.json``.
"""

import argparse
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely
from benchmarks.circumstances import circumstances, files_of, fingerprint

TODAY = date(2026, 11, 24)
# Two of the three events of the samples lie in it.
WEST_M, SOUTH_M, EAST_M, NORTH_M = 660_000, 6_560_000, 675_000, 6_580_000
BORDER = shapely.box(WEST_M, SOUTH_M, EAST_M, NORTH_M)
AREAS = {"9999": "Exempelby", "9999-VAR": "Vårby", "9999-SKO": "Skogås"}
HEADER = "id;tidpunkt;tidpunkt_till;kategori;x;y;område;antal"
OPTIONS: tuple[dict[str, Any], ...] = (
    {}, {}, {}, {"reliability": "heard"}, {"mapping": {"id": "kategori"}},
    {"mapping": {"category": "område"}},
)  # fmt: skip
SOURCE = "Skadad fil"
_SHARE_READ_TWICE = 0.2
PART = 250  # files, each part from a seed of its own
CODE = (
    "src/lykta/sources",
    "src/lykta/infrastructure/imports",
    *(
        f"src/lykta/domain/events/services/{name}.py"
        for name in ("categories", "importing", "keys", "placing")
    ),
)


def fuzz(count: int, *, seed: int = 0) -> dict[str, int]:
    """Read `count` damaged files in; return how many were read and refused, and their rows."""
    from tests.sources.fuzz import damaged

    rng = np.random.default_rng(seed)
    found = dict.fromkeys(("read", "refused", "rows", "current", "outside", "rejected"), 0)
    with TemporaryDirectory() as name:
        originals = list(_originals(Path(name)))
        path = Path(name) / "damaged"
        for number in range(count):
            path.write_bytes(damaged(originals[rng.integers(len(originals))], rng))
            options = OPTIONS[rng.integers(len(OPTIONS))]
            try:
                outcome = _read_in(path, options, is_twice=rng.random() < _SHARE_READ_TWICE)
            except BaseException as error:
                shutil.copy(path, Path("/tmp") / f"lykta-fuzz-{seed}-{number}")
                error.add_note(f"file {number} of seed {seed}, with {options}")
                raise
            for key, value in outcome.items():
                found[key] += value
    return found


def make_town() -> None:
    """Read in the municipality that the events are placed in."""
    from tests.domain.places.conftest import geojson

    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.imports import doors

    middle = (WEST_M + EAST_M) / 2
    boxes = {
        ("9999", "kommun"): BORDER,
        ("9999-VAR", "kommundel"): shapely.box(WEST_M, SOUTH_M, middle, NORTH_M),
        ("9999-SKO", "kommundel"): shapely.box(middle, SOUTH_M, EAST_M, NORTH_M),
    }
    features = [
        {"kod": code, "namn": AREAS[code], "slag": kind, "ring": list(box.exterior.coords)}
        for (code, kind), box in boxes.items()
    ]
    with TemporaryDirectory() as name:
        path = Path(name) / "områden.geojson"
        path.write_text(json.dumps(geojson(*features)), encoding="utf-8")
        doors.read_in(SYSTEM, "areas", path, today=TODAY, valid_from=date(2010, 1, 1))


def _originals(folder: Path) -> Iterator[bytes]:
    """Yield sound files: of each format, of each sort of text, and in lykta's own template."""
    from tests.sources import samples

    for place, write in enumerate(samples.FORMATS.values()):
        yield write(folder / f"events{place}").read_bytes()
    for encoding in ("utf-8", "cp1252", "utf-16"):
        yield samples.csv_text(rows=samples.ROWS * 10).encode(encoding)
    for rows in (_reports("R"), _reports(""), _counted()):
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            yield "\n".join([HEADER, *rows]).encode(encoding) + b"\n"


def _reports(prefix: str) -> list[str]:
    """Return lines of single events, some outside and some without a point, with ids or without."""
    words = ("Vårby", "9999-SKO", "0180", "0126C1010", "01", "Någonstans", "")
    lines = []
    for n in range(60):
        point = f"{WEST_M + 281 * n};{SOUTH_M + 331 * n}" if n % 3 else ";"
        until = f"2026-03-{n % 28 + 1:02d} 23:50" if n % 7 == 0 else ""
        begins = f"{prefix}{n if prefix else ''};2026-03-{n % 28 + 1:02d} {n % 24:02d}:30;{until}"
        lines.append(f"{begins};Klotter {n % 4};{point};{words[n % len(words)]};1")
    return lines


def _counted() -> list[str]:
    """Return lines that count many, some of them withheld."""
    counts = ("7", "<5", "..", "0", "12", "1 024", "x")
    return [
        f";2026-{n % 9 + 1:02d};;Brott {n % 3};;;9999-{('VAR', 'SKO')[n % 2]};{counts[n % 7]}"
        for n in range(40)
    ]


def _read_in(path: Path, options: dict[str, Any], *, is_twice: bool) -> dict[str, int]:
    """Return what became of a file, whose rows are then taken away again."""
    from django.db import transaction

    from lykta.domain.events.models import Event
    from lykta.infrastructure.access import SYSTEM
    from lykta.infrastructure.errors import LyktaError
    from lykta.infrastructure.imports import doors

    asked = options | {"today": TODAY, "source": SOURCE}
    with transaction.atomic():
        try:
            run = doors.read_in(SYSTEM, "events", path, **asked)
        except LyktaError as error:
            assert not Event.objects.current().exists()
            transaction.set_rollback(True)
            return {"refused" if str(error) else "refused without a word": 1}
        n_current = Event.objects.current().filter(source__name=SOURCE).count()
        told = (run.n_added, run.n_changed, run.n_unchanged, run.n_outside, run.n_rejected)
        assert sum(told) == run.n_read, told
        assert n_current == run.n_added == _expected(path, options), (n_current, told)
        if is_twice:
            again = doors.read_in(SYSTEM, "events", path, is_trial=True, **asked)
            assert (again.n_added, again.n_changed) == (0, 0), (again.n_added, again.n_changed)
        transaction.set_rollback(True)
    return {
        "read": 1, "rows": run.n_read, "current": n_current,
        "outside": run.n_outside, "rejected": run.n_rejected,
    }  # fmt: skip


def _expected(path: Path, options: dict[str, Any]) -> int:
    """Return how many rows of a file concern us, found without the code that imports."""
    from lykta.sources.coordinates import SWEREF_99_TM
    from lykta.sources.reading import read_events

    records = read_events(
        [path], mapping=options.get("mapping"), metric_crs=SWEREF_99_TM, today=TODAY
    )
    words = [*records.area_codes, ""]
    return sum(
        bool(BORDER.covers(shapely.Point(x, y))) if x == x else not _is_elsewhere(words[area])
        for x, y, area in zip(
            records.x_m.tolist(), records.y_m.tolist(), records.area.tolist(), strict=True
        )
    )


def _is_elsewhere(word: str) -> bool:
    known = {" ".join(each.casefold().split()) for pair in AREAS.items() for each in pair}
    if " ".join(word.casefold().split()) in known:
        return False
    return bool(re.fullmatch(r"\d\d|(?!9999)\d{4}.*", word, re.DOTALL))


def sources() -> dict[str, Any]:
    """Return which files the proof speaks of, and their SHA-256 taken together."""
    files = files_of(CODE)
    return {"files": files, "sha256": fingerprint(files)}


def _prepare() -> Path:
    """Set up an empty installation of its own, and return its folder."""
    import django
    from tests import installation

    folder = installation.prepare()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    make_town()
    return folder


def _made(out: Path) -> dict[str, Any]:
    """Return the parts that are there already, if they are of this code."""
    before = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    return before["parts"] if before.get("sources") == sources() else {}


def _keep(out: Path, part: int, outcomes: dict[str, int]) -> None:
    """Lay one part to those that are there, also while another process does the same."""
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        parts = _made(out) | {str(part): outcomes}
        total = {key: sum(each[key] for each in parts.values()) for key in outcomes}
        result = circumstances() | {
            "count": PART * len(parts), "outcomes": total, "parts": parts, "sources": sources(),
        }  # fmt: skip
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    finally:
        os.close(folder)


def main() -> None:
    """Read damaged files in, part by part; parts that are there already are not made again."""
    options = argparse.ArgumentParser(
        prog="python -m tests.domain.events.fuzz", description=__doc__
    )
    options.add_argument("count", type=int)
    options.add_argument("--out", type=Path, required=True, help="where the result is kept")
    options.add_argument("--of", type=int, default=1, help="how many processes share the parts")
    options.add_argument("--number", type=int, default=0, help="which of them this is")
    asked = options.parse_args()
    folder = _prepare()
    try:
        for part in range(asked.number, asked.count // PART, asked.of):
            if str(part) not in _made(asked.out):
                _keep(asked.out, part, fuzz(PART, seed=part))
                print(f"{(part + 1) * PART} of {asked.count}", flush=True)  # noqa: T201 - by hand
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
