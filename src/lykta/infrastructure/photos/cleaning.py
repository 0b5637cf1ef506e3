"""A clean picture of an uploaded photo: turned the right way up, made small, and written anew."""

import hashlib
import io
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from PIL import ExifTags, Image, ImageCms

from lykta.infrastructure.photos.opening import DAMAGED, content_of, opened

LONGEST_SIDE = 1600  # pixels
_QUALITY = 85
_LONGEST_AT_FIRST = 2 * LONGEST_SIDE  # cheaply down to that or more, then well
_ROWS = 128  # at a time, so that only the decoder ever holds a whole large photo
_ONE_AT_A_TIME = threading.Lock()  # a photo of 50 million pixels takes hundreds of MB
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_WITH_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")


@dataclass(frozen=True, slots=True)
class Clean:
    """A JPEG of pixels alone, in sRGB."""

    content: bytes
    width: int
    height: int
    sha256: str


def clean(source: BinaryIO) -> Clean:
    """Return an uploaded photo as a clean picture, or say in a sentence why it cannot be one."""
    content = content_of(source)
    with _ONE_AT_A_TIME, opened(content) as image:
        return written(_upright(_in_srgb(_small(image), image), _orientation(image)))


def written(image: Image.Image) -> Clean:
    """Return an RGB picture as a JPEG, which Word, PDF and every browser read."""
    # A picture that was read carries its comments and profiles along; a new one has only pixels.
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    file = io.BytesIO()
    bare.save(file, "JPEG", quality=_QUALITY, optimize=True)
    content = file.getvalue()
    return Clean(content, *bare.size, hashlib.sha256(content).hexdigest())


def _small(image: Image.Image) -> Image.Image:
    """Return the first frame, no longer than the longest side."""
    share = _LONGEST_AT_FIRST / max(image.size)
    if share < 1:  # a JPEG can be unfolded to half its size, or less
        image.draft(None, (int(image.width * share), int(image.height * share)))
    image.load()
    small = _reduced(image)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    return small


def _reduced(image: Image.Image) -> Image.Image:
    """Return the picture in eight bits, and a whole number of times smaller where it is large."""
    times = max(image.size) // _LONGEST_AT_FIRST
    if times < 2:
        return _of_eight_bits(image)
    parts = []
    for top in range(0, image.height, _ROWS * times):
        bottom = min(top + _ROWS * times, image.height)
        part = image.crop((0, top, image.width, bottom))
        parts.append(_of_eight_bits(part).reduce(times))
    reduced = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    for number, part in enumerate(parts):
        reduced.paste(part, (0, number * _ROWS))
    return reduced


def _of_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # grey in sixteen bits, which a plain conversion would cut off
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in _WITH_ALPHA or image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode in ("P", "1") else image


def _in_srgb(image: Image.Image, original: Image.Image) -> Image.Image:
    profile = original.info.get("icc_profile")
    if image.mode == "RGBA":  # what is transparent may hide something: it becomes white
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if profile:
        # A profile that is damaged or of other colours than the picture's is left out.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return _converted(image, profile)
    return image.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    target = ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    return converted or image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except DAMAGED:  # the pixels are whole all the same
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)
