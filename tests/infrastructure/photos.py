"""Photos made for the tests: with all that a file may tell beside its picture, or pretend to be."""

import io
import zipfile

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PHRASE = b"planterad fras 59.2371N 17.9819E"
TEXT = PHRASE.decode()


def picture(size: tuple[int, int] = (320, 240), mode: str = "RGB") -> Image.Image:
    """Return a picture with something on it."""
    rng = np.random.default_rng(7)
    drawn = Image.fromarray(rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))
    return drawn.convert(mode)


def written(drawn: Image.Image, form: str = "JPEG", **said) -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    drawn.save(file, form, **said)
    return file.getvalue()


def exif() -> bytes:
    """Return what a camera tells: where, when and who, with the phrase in each."""
    told = Image.Exif()
    told[0x010E] = told[0x013B] = told[0x8298] = TEXT  # description, artist, copyright
    told[0x0112] = 6  # lies on its side
    gps = told.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (59.0, 14.0, 13.0), TEXT
    return told.tobytes()


def telling() -> dict[str, bytes]:
    """Return files that hold the phrase in every place where a file can hold it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("fras.txt", PHRASE)
    info = PngInfo()
    info.add_text("Comment", TEXT)
    info.add_itxt("XML:com.adobe.xmp", TEXT)
    plain = written(picture())
    return {
        "exif": written(picture(), exif=exif()),
        "comment": written(picture(), comment=PHRASE),
        "xmp": written(picture(), xmp=b"<x:xmpmeta>" + PHRASE + b"</x:xmpmeta>"),
        "iptc": _with_segment(plain, 0xED, b"Photoshop 3.0\0" + PHRASE),
        "icc": written(picture(), icc_profile=PHRASE * 8),
        "second picture": plain + written(picture(), exif=exif()),
        "tail": plain + PHRASE,
        "zip": plain + packed.getvalue().replace(b"", b"") + PHRASE,
        "html": plain + b"<script>" + PHRASE + b"</script>",
        "png text": written(picture(), "PNG", pnginfo=info),
        "png tail": written(picture(), "PNG") + PHRASE,
        "webp exif": written(picture(), "WEBP", exif=exif(), xmp=PHRASE),
    }


def _with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    head = bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big")
    return jpeg[:2] + head + content + jpeg[2:]


def segments(jpeg: bytes) -> list[int]:
    """Return the markers of a JPEG file up to its pixels, read by hand."""
    found, at = [], 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found
