"""Faces and number plates made unreadable for good."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.photos.cleaning import Clean, written

MOST_BOXES = 50
# A plate whose signs are known can be guessed from the means of a fine mosaic, and a face be known
# from one (McPherson, Shokri and Shmatikov 2016): so few cells, and few shades.
_CELLS = 4  # along the longer side
_BITS = 3  # a channel
_BLOCK = 16  # pixels: JPEG lets a picture ring that far


class BadBox(LyktaError):
    """A rectangle to blur is not within the picture, or there are too many."""

    code = "bad-box"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its edges as shares 0–1 of the picture's width and height."""

    left: float
    top: float
    right: float
    bottom: float


def blurred(photo: Clean, boxes: Sequence[Box]) -> Clean:
    """Return the picture with the boxes as coarse mosaics, which cannot be read back."""
    _demand_sound(boxes)
    with Image.open(io.BytesIO(photo.content), formats=("JPEG",)) as image:
        image.load()
        for box in boxes:
            _lay_mosaic(image, _pixels(box, photo))
        return written(image)


def _demand_sound(boxes: Sequence[Box]) -> None:
    if len(boxes) > MOST_BOXES:
        raise BadBox("Högst 50 rutor kan suddas i en bild. Ta bort några, eller gör dem större.")
    for box in boxes:
        is_within = 0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1
        if not is_within:  # nor is what is no number
            raise BadBox("En ruta ligger utanför bilden eller är tom. Rita om den.")


def _pixels(box: Box, photo: Clean) -> tuple[int, int, int, int]:
    """Return the box in pixels, widened to whole blocks of the JPEG."""
    return (
        int(box.left * photo.width) // _BLOCK * _BLOCK,
        int(box.top * photo.height) // _BLOCK * _BLOCK,
        min(photo.width, math.ceil(box.right * photo.width / _BLOCK) * _BLOCK),
        min(photo.height, math.ceil(box.bottom * photo.height / _BLOCK) * _BLOCK),
    )


def _lay_mosaic(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    cell = math.ceil(max(width, height) / _CELLS)
    cells = (math.ceil(width / cell), math.ceil(height / cell))
    few = ImageOps.posterize(image.resize(cells, Image.Resampling.BOX, box=box), _BITS)
    image.paste(few.resize((width, height), Image.Resampling.NEAREST), box)
