"""Damaged files in every format: only errors that a user can put right may come out.

Run as ``python -m tests.sources.fuzz 10000`` for a long proof.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from benchmarks.circumstances import ROOT, circumstances, fingerprint
from tests.sources import samples

from lykta.infrastructure.errors import LyktaError
from lykta.sources.reading import (
    read_areas,
    read_categories,
    read_editions,
    read_events,
    read_listings,
    read_observations,
    read_population,
)

Damage = Callable[[bytes, np.random.Generator], bytes]


def flip(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content with one to twenty bytes changed."""
    damaged = bytearray(content)
    for place in rng.integers(0, len(content), size=rng.integers(1, 21)):
        damaged[place] = rng.integers(0, 256)
    return bytes(damaged)


def cut(content: bytes, rng: np.random.Generator) -> bytes:
    """Return only the beginning of the content."""
    return content[: rng.integers(0, len(content))]


def double(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content with a part of it repeated where it stands."""
    start, end = np.sort(rng.integers(0, len(content), size=2))
    return content[:end] + content[start:end] + content[end:]


def splice(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content with a part of it moved to another place."""
    start, end = np.sort(rng.integers(0, len(content), size=2))
    rest = content[:start] + content[end:]
    place = rng.integers(0, len(rest) + 1)
    return rest[:place] + content[start:end] + rest[place:]


def insert(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content with a few signs that mean something to some reader put in."""
    signs = (b'"', b";", b"\n", b"\r", b"\0", b"\xff", b"<", b"{", b"]", b"'", b"1e999", b"\xe5")
    for _ in range(rng.integers(1, 6)):
        place = rng.integers(0, len(content) + 1)
        content = content[:place] + signs[rng.integers(len(signs))] + content[place:]
    return content


DAMAGES: tuple[Damage, ...] = (flip, cut, double, splice, insert)
Reader = Callable[[Path], Any]
_SHARE_OF_WRONG_READERS = 0.2
_SHARE_OF_DAMAGED_PACKS = 0.05
_SHARE_OF_PACKS = 0.2
EVENT_READERS: tuple[Reader, ...] = (
    lambda path: read_events([path]),
    lambda path: read_events([path], municipality="Huddinge"),
    lambda path: read_events([path], mapping={"id": "kategori"}),
)


def every_year(path: Path) -> Any:
    """Return the population of every year in a file."""
    return read_population(path, every_year=True)


def listings(path: Path) -> Any:
    """Return the listings of a file that may not say of which year it is."""
    return read_listings(path, list_year=2023)


OTHER_READERS: tuple[Reader, ...] = (
    read_areas,
    read_population,
    every_year,
    read_categories,
    read_observations,
    listings,
    read_editions,
)
OTHERS: tuple[tuple[str, Reader], ...] = (
    (json.dumps(samples.JSON_STAT), read_observations),
    (json.dumps(samples.KOLADA), read_observations),
    (samples.BRA_BY_PERIOD, read_observations),
    (samples.BRA_BY_MUNICIPALITY, read_observations),
    (samples.POPULATION, read_population),
    (samples.POPULATION, every_year),
    (samples.LISTINGS, listings),
    (samples.EDITIONS, read_editions),
    (json.dumps(samples.SQUARES), read_areas),
)


def fuzz(count: int, *, seed: int = 0) -> dict[str, int]:
    """Read `count` damaged files; return how many were read and how many refused."""
    rng = np.random.default_rng(seed)
    outcomes = {"read": 0, "refused": 0}
    with TemporaryDirectory() as name:
        folder = Path(name)
        originals = _originals(folder)
        path = folder / "damaged"
        for number in range(count):
            content, readers = originals[rng.integers(len(originals))]
            if rng.random() < _SHARE_OF_WRONG_READERS:
                readers = (*EVENT_READERS, *OTHER_READERS)
            path.write_bytes(damaged(content, rng))
            reader = readers[rng.integers(len(readers))]
            outcomes[_outcome(reader, path, f"file {number} of seed {seed}")] += 1
    return outcomes


def _originals(folder: Path) -> list[tuple[bytes, tuple[Reader, ...]]]:
    """Return sound files and what is meant to read them."""
    written: list[tuple[Path, tuple[Reader, ...]]] = [
        (write(folder / f"events{place}"), EVENT_READERS)
        for place, write in enumerate(samples.FORMATS.values())
    ]
    for place, (text, reader) in enumerate(OTHERS):
        path = folder / f"other{place}"
        path.write_text(text, encoding="utf-8", newline="")
        written.append((path, (reader,)))
    written.append((samples.write_xlsx(folder / "export", samples.EXPORT), (read_observations,)))
    long = samples.csv_text(rows=samples.ROWS * 10)
    quoted = samples.csv_text(rows=[[f'"{cell}"' for cell in row] for row in samples.ROWS] * 10)
    texts = [long.encode("utf-8"), long.encode("cp1252"), quoted.encode("utf-8-sig")] * 3
    return [(path.read_bytes(), readers) for path, readers in written] + [
        (text, EVENT_READERS) for text in texts
    ]


def damaged(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content damaged, and sometimes packed after or before that."""
    damage, chance = DAMAGES[rng.integers(len(DAMAGES))], rng.random()
    if chance < _SHARE_OF_DAMAGED_PACKS:
        return damage(gzip.compress(content, mtime=0), rng)
    content = damage(content, rng)
    return gzip.compress(content, mtime=0) if chance > 1 - _SHARE_OF_PACKS else content


def _outcome(reader: Callable[[Path], Any], path: Path, name: str) -> str:
    try:
        passport = reader(path).passport
    except LyktaError as error:
        return "refused" if str(error) else name
    except BaseException as error:
        error.add_note(name)
        raise
    assert passport.n_accepted + passport.n_rejected == passport.n_read, name
    return "read"


def sources() -> dict[str, Any]:
    """Return which files the readers are made of, and their SHA-256 taken together."""
    files = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "src/lykta/sources").rglob("*.py"))
    return {"files": files, "sha256": fingerprint(files)}


def main() -> None:
    """Feed the readers damaged files, and write what came of it where one says so."""
    options = argparse.ArgumentParser(prog="python -m tests.sources.fuzz", description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, help="write the result as JSON")
    asked = options.parse_args()
    started = time.monotonic()
    outcomes = fuzz(asked.count, seed=asked.seed)
    result = circumstances() | {
        "count": asked.count,
        "seed": asked.seed,
        "outcomes": outcomes,
        "seconds": round(time.monotonic() - started),
        "sources": sources(),
    }
    print(json.dumps(result, indent=1))  # noqa: T201 - run by hand
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
