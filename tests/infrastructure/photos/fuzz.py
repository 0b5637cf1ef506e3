"""Damaged photos of every kind: only clean pictures and sentences may come out.

Run as ``python -m tests.infrastructure.photos.fuzz 10000`` for a long proof.
"""

import argparse
import io
import json
import time
import warnings
from pathlib import Path
from typing import Any

import django
import numpy as np
from benchmarks.circumstances import ROOT, circumstances, fingerprint
from PIL import Image
from tests import installation
from tests.infrastructure.photos import samples
from tests.infrastructure.photos.samples import picture, saved
from tests.sources.fuzz import cut, double, flip, insert, splice

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.photos.blurring import Box, blurred
from lykta.infrastructure.photos.cleaning import LONGEST_SIDE, clean

_SMALL = (96, 64)  # most of such a file is structure
_SHARE_IN_THE_HEAD = 0.5
_HEAD = 400  # bytes, where a file says what it is
# Most changes of a few bytes leave a picture that can be read; a cut one cannot.
DAMAGES = (flip, flip, flip, insert, splice, double, cut)


def originals() -> list[bytes]:
    """Return sound photos of every kind that is read."""
    small = picture(size=_SMALL)
    return [
        *(samples.telling_jpeg(), samples.telling_png(), samples.telling_webp()),
        *(samples.two_pictures(), samples.animated("PNG"), samples.animated("WEBP")),
        *(saved(small), saved(small.convert("CMYK")), saved(small.convert("L"))),
        *(saved(small, progressive=True), saved(small, exif=samples.exif(6))),
        *(saved(small.convert(mode), "PNG") for mode in ("1", "L", "LA", "P", "RGB", "RGBA")),
        saved(Image.new("I;16", _SMALL, 0x8000), "PNG"),
        *(saved(small.convert(mode), "WEBP", lossless=True) for mode in ("RGB", "RGBA")),
        samples.png_of(2000, 2000, bits=1),
    ]


def fuzz(count: int, *, seed: int = 0) -> dict[str, int]:
    """Clean `count` damaged photos; return how many became pictures and how many were refused."""
    rng = np.random.default_rng(seed)
    outcomes = {"clean": 0, "refused": 0}
    sound = originals()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the readers warn of what is damaged
        for number in range(count):
            content = damaged(sound[rng.integers(len(sound))], rng)
            outcomes[_outcome(content, f"file {number} of seed {seed}")] += 1
    return outcomes


def damaged(content: bytes, rng: np.random.Generator) -> bytes:
    """Return the content damaged, half of the time in its head alone."""
    damage = DAMAGES[rng.integers(len(DAMAGES))]
    if rng.random() < _SHARE_IN_THE_HEAD:
        return damage(content[:_HEAD], rng) + content[_HEAD:]
    return damage(content, rng)


def _outcome(content: bytes, name: str) -> str:
    try:
        photo = clean(io.BytesIO(content))
        blurred(photo, [Box(0.2, 0.2, 0.7, 0.9)])
    except LyktaError as error:
        return "refused" if str(error) else name
    except BaseException as error:
        error.add_note(name)
        raise
    with Image.open(io.BytesIO(photo.content)) as made:
        made.load()
        assert made.size == (photo.width, photo.height), name
    assert max(made.size) <= LONGEST_SIDE, name
    assert b"PLANTERAT" not in photo.content, name
    return "clean"


def sources() -> dict[str, Any]:
    """Return which files the cleaning is made of, and their SHA-256 taken together."""
    folder = ROOT / "src/lykta/infrastructure/photos"
    files = sorted(str(path.relative_to(ROOT)) for path in folder.rglob("*.py"))
    return {"files": files, "sha256": fingerprint(files)}


def main() -> None:
    """Clean damaged photos, and write what came of it where one says so."""
    options = argparse.ArgumentParser(
        prog="python -m tests.infrastructure.photos.fuzz", description=__doc__
    )
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, help="write the result as JSON")
    asked = options.parse_args()
    installation.prepare()
    django.setup()  # what is refused is told in the reader's language
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
