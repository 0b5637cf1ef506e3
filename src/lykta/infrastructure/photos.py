"""Photos: only the picture is kept, made anew from its pixels; nothing that its file told beside.

A file that someone sends may hold where and when it was taken and by whom, a second picture, a
program, or a few bytes that unfold to more than the memory holds. None of that comes through here.
"""

import hashlib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from lykta.infrastructure.errors import LyktaError

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600  # pixels: enough to see a place by
FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82
# A box is cut into so few squares that no face or plate can be read back from them.
_SQUARES = 6
_WHITE = (255, 255, 255)


class BadPhoto(LyktaError):
    """What was sent is no photo that can be taken in."""

    code = "bad-photo"


@dataclass(frozen=True, slots=True)
class Clean:
    """A photo made anew: JPEG without anything but its pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a photo, as shares of its width and height from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def clean(source: BinaryIO) -> Clean:
    """Return the photo of a file; raise `BadPhoto` where it is none, too large or damaged."""
    content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadPhoto("Fotot är större än 25 MB. Ta ett nytt med lägre upplösning, eller beskär.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _written(_opened(content))
    except UnidentifiedImageError:
        raise BadPhoto(
            "Filen är inget foto som går att läsa. Välj en JPEG, PNG eller WebP."
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _too_many_pixels() from None
    except LyktaError:
        raise
    # A damaged file may end in almost any error, in a decoder that is not ours.
    except Exception:
        raise BadPhoto("Fotot är skadat och går inte att läsa. Välj ett annat.") from None


def blurred(photo: Clean, boxes: Iterable[Box]) -> Clean:
    """Return a photo with parts of it made into a few squares of one colour, for good."""
    with Image.open(BytesIO(photo.content), formats=FORMATS) as opened:
        picture = opened.convert("RGB")
    for box in boxes:
        _blur(picture, box)
    return _written(picture)


def _opened(content: bytes) -> Image.Image:
    """Return the first picture of a file, upright, in the colours of a screen."""
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        # Told by the head of the file, before a pixel is unpacked.
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many_pixels()
        if opened.format == "JPEG":
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (*_WHITE, 255))
        return Image.alpha_composite(ground, layered).convert("RGB")
    if upright.mode.startswith("I;16") or upright.mode == "I":
        upright = upright.point(lambda value: value / 256).convert("L")
    return upright.convert("RGB")


def _written(picture: Image.Image) -> Clean:
    """Return a picture as a file of its pixels alone."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # Copied pixel by pixel: what the file said beside them stays behind.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    written = BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Clean(written.getvalue(), *bare.size)


def _blur(picture: Image.Image, box: Box) -> None:
    sides = (box.left, box.top, box.right, box.bottom)
    if not (
        all(0 <= side <= 1 for side in sides) and box.left < box.right and box.top < box.bottom
    ):
        raise BadPhoto("Rutan ligger utanför fotot. Rita den igen.")
    left, right = (round(side * picture.width) for side in (box.left, box.right))
    top, bottom = (round(side * picture.height) for side in (box.top, box.bottom))
    part = (left, top, max(right, left + 1), max(bottom, top + 1))
    cut = picture.crop(part)
    small = cut.resize((_SQUARES, _SQUARES), Image.Resampling.BOX)
    picture.paste(small.resize(cut.size, Image.Resampling.NEAREST), part)


def _too_many_pixels() -> BadPhoto:
    return BadPhoto("Fotot har fler än 50 miljoner bildpunkter. Ta ett nytt, eller beskär.")


# Half a picture is no picture.
ImageFile.LOAD_TRUNCATED_IMAGES = False
