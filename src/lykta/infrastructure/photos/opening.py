"""What an uploaded photo is, told by its content, and whether it is small enough to be opened."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image

from lykta.infrastructure.errors import LyktaError

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
_CHUNK = 64 * 1024
_KINDS = ("JPEG", "PNG", "WEBP")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# What damaged bytes make Pillow's readers raise; its own errors are OSErrors.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)


class PhotoTooLarge(LyktaError):
    """The file of the photo holds more bytes than we take."""

    code = "photo-too-large"


class PhotoTooManyPixels(LyktaError):
    """The photo would unfold to more pixels than we take."""

    code = "photo-too-many-pixels"


class UnknownPhoto(LyktaError):
    """The file is no photo of a kind that we read."""

    code = "unknown-photo"


class DamagedPhoto(LyktaError):
    """The photo is not whole."""

    code = "damaged-photo"


def content_of(source: BinaryIO) -> bytes:
    """Return all of a file, or refuse it as soon as it is too large."""
    content = bytearray()
    while chunk := source.read(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise PhotoTooLarge(
                _("Bilden är större än 25 MB. Välj en mindre, eller ta en ny med lägre upplösning.")
            )
    return bytes(content)


@contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """Yield the photo with only its header read; what is wrong with it comes as a sentence."""
    _demand_known(content)
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as image:
            _demand_reasonable(image)
            yield image
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except DAMAGED as error:
        raise DamagedPhoto(
            _(
                "Bilden är skadad eller inte hel, så den går inte att läsa. "
                "Skicka den igen eller välj en annan bild."
            )
        ) from error


def _demand_known(content: bytes) -> None:
    if not content:
        raise UnknownPhoto(_("Filen är tom. Välj bilden igen."))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise UnknownPhoto(
            _("Bilden är i formatet HEIC, som inte kan läsas här. Spara den som JPEG först.")
        )
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not is_webp and not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise UnknownPhoto(
            _("Filen är ingen bild som kan läsas här. Välj en bild i JPEG, PNG eller WebP.")
        )


def _demand_reasonable(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> PhotoTooManyPixels:
    return PhotoTooManyPixels(
        _("Bilden har fler än 50 miljoner bildpunkter. Välj en mindre, eller förminska den.")
    )
