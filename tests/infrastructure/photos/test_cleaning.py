"""What comes out of an uploaded photo: its pixels, the right way up, and nothing else."""

import hashlib
import io
import struct
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from tests.infrastructure.photos import samples
from tests.infrastructure.photos.samples import PLANTED, picture, saved

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.photos.cleaning import Clean, clean

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TELLING = {
    "jpeg": samples.telling_jpeg,
    "png": samples.telling_png,
    "webp": samples.telling_webp,
    "jpeg-and-zip": lambda: samples.telling_jpeg() + samples.packed(),
    "jpeg-and-pdf": lambda: samples.telling_jpeg() + b"%PDF-1.7 /JavaScript" + PLANTED["svans"],
    "jpeg-with-script": lambda: saved(picture(), comment=b"<script>PLANTERAT-js</script>"),
    "two-pictures": samples.two_pictures,
}
NEEDED = {0xE0: "JFIF", 0xDB: "tables", 0xC0: "frame", 0xC4: "codes", 0xDA: "scan"}


def cleaned(content: bytes) -> Clean:
    return clean(io.BytesIO(content))


def seen(photo: Clean) -> Image.Image:
    return Image.open(io.BytesIO(photo.content))


def segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk a JPEG by hand: its markers and what they hold, to the scan; then the end."""
    assert content[:2] == b"\xff\xd8"
    place = 2
    while True:
        assert content[place] == 0xFF
        marker, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        yield marker, content[place + 4 : place + 2 + length]
        place += 2 + length
        if marker == 0xDA:
            break
    scan = content[place:]
    inner = {scan[at + 1] for at in range(len(scan) - 1) if scan[at] == 0xFF} - {0}
    assert inner == {0xD9}, "one scan, one end"
    assert scan.endswith(b"\xff\xd9")


@pytest.mark.parametrize("name", TELLING)
def test_nothing_but_pixels_is_left_of_what_tells(name):
    given = TELLING[name]()

    photo = cleaned(given)

    assert b"PLANTERAT" in given or name in ("two-pictures", "png", "webp")
    assert b"PLANTERAT" not in photo.content
    assert {marker for marker, _ in segments(photo.content)} == set(NEEDED)
    assert dict(segments(photo.content))[0xE0] == b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    assert dict(seen(photo).getexif()) == {}
    assert set(seen(photo).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_is_planted_is_there_before():
    given = samples.telling_jpeg()

    missing = [name for name, words in PLANTED.items() if words not in given and name != "text"]

    assert missing == []
    assert Image.open(io.BytesIO(given)).getexif().get_ifd(0x8825)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_as_the_camera_was_held(form, orientation):
    upright = picture()
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    held = upright if back is None else upright.transpose(Image.Transpose(back))

    photo = cleaned(saved(held, form, exif=samples.exif(orientation)))

    red, green, _ = seen(photo).getpixel((20, 15))
    assert (photo.width, photo.height) == (320, 200)
    assert red > 180
    assert green < 70


def test_a_damaged_exif_leaves_the_picture_as_it_is():
    photo = cleaned(saved(picture(), exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff" + b"\xff" * 40))

    assert (photo.width, photo.height) == (320, 200)


def test_a_large_picture_is_scaled_to_1600_pixels():
    photo = cleaned(saved(picture(size=(4000, 1000))))

    assert (photo.width, photo.height) == (1600, 400)
    assert seen(photo).size == (1600, 400)


def test_a_small_picture_keeps_its_size_and_the_digest_is_of_the_content():
    photo = cleaned(saved(picture(size=(1, 1)), "PNG"))

    assert (photo.width, photo.height) == (1, 1)
    assert photo.sha256 == hashlib.sha256(photo.content).hexdigest()


def test_the_same_photo_gives_the_same_picture():
    assert cleaned(samples.telling_jpeg()) == cleaned(samples.telling_jpeg())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_every_kind_of_pixel_becomes_colour(mode, form):
    photo = cleaned(saved(picture(mode), form))

    red, green, _ = seen(photo).getpixel((20, 15))
    assert seen(photo).mode == "RGB"
    assert red >= green


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_long_picture_is_made_small_in_parts_that_fit_together(mode):
    long = saved(picture(mode, size=(700, 6500)), "PNG")

    photo = cleaned(long)

    whole = Image.open(io.BytesIO(long)).convert("RGB").resize((photo.width, photo.height), 4)
    change = np.abs(np.asarray(seen(photo)).astype(int) - np.asarray(whole))
    assert (photo.width, photo.height) == (172, 1600)
    assert np.percentile(change, 99) < (150 if mode == "1" else 25)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_kind_of_jpeg_becomes_colour(mode):
    photo = cleaned(saved(picture(mode)))

    assert seen(photo).mode == "RGB"
    assert seen(photo).getpixel((20, 15))[0] > 60


def test_grey_in_sixteen_bits_is_not_cut_off():
    grey = Image.new("I;16", (32, 32), 0x8000)

    photo = cleaned(saved(grey, "PNG"))

    assert seen(photo).getpixel((5, 5)) == pytest.approx((128, 128, 128), abs=2)


def test_what_hides_behind_transparency_becomes_white():
    hidden = Image.new("RGBA", (64, 64), (200, 0, 0, 0))

    photo = cleaned(saved(hidden, "PNG", optimize=False))

    assert seen(photo).getpixel((30, 30)) == (255, 255, 255)


def test_a_transparent_colour_of_a_palette_becomes_white():
    plain = Image.new("P", (64, 64), 3)
    plain.putpalette([9, 9, 9] * 256)

    photo = cleaned(saved(plain, "PNG", transparency=3))

    assert seen(photo).getpixel((30, 30)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_profile_is_followed_before_it_is_dropped(form):
    srgb = samples.profile().replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ")
    swapped = srgb.replace(b"????", b"gXYZ")  # its red is green

    photo = cleaned(saved(picture(), form, icc_profile=swapped))

    red, green, _ = seen(photo).getpixel((20, 15))
    assert green > 180 > 90 > red


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200])
def test_a_profile_that_cannot_be_used_is_left_out(profile):
    photo = cleaned(saved(picture(), icc_profile=profile))

    assert seen(photo).getpixel((20, 15))[0] > 180


@pytest.mark.parametrize("form", ["WEBP", "PNG"])
def test_only_the_first_of_moving_pictures_is_kept(form):
    photo = cleaned(samples.animated(form))

    assert (photo.width, photo.height) == (320, 200)
    assert getattr(seen(photo), "n_frames", 1) == 1
    assert seen(photo).getpixel((20, 15))[0] > 180


REFUSED = {
    "empty": (b"", "unknown-photo"),
    "text": ("Bara några ord".encode(), "unknown-photo"),
    "svg": (SVG, "unknown-photo"),
    "gif": (samples.animated("GIF"), "unknown-photo"),
    "gif-script": (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "unknown-photo"),
    "pdf-jpeg": (b"%PDF-1.7\n" + samples.telling_jpeg(), "unknown-photo"),
    "zip-jpeg": (samples.packed() + samples.telling_jpeg(), "unknown-photo"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "unknown-photo"),
    "only-a-signature": (b"\xff\xd8\xff", "damaged-photo"),
    "webp-signature": (b"RIFF\0\0\0\0WEBP", "damaged-photo"),
    "huge-webp": (samples.huge_webp(), "photo-too-many-pixels"),
    "png-one-row-too-many": (samples.png_of(10_000, 5_001, bits=1), "photo-too-many-pixels"),
    "gigapixels": (samples.png_of(65_535, 30_000, bits=1), "photo-too-many-pixels"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_in_a_sentence(name):
    content, code = REFUSED[name]

    with pytest.raises(LyktaError) as refused:
        cleaned(content)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_heic_is_told_how_to_become_a_jpeg():
    with pytest.raises(LyktaError, match=r"HEIC.*JPEG"):
        cleaned(REFUSED["heic"][0])


def test_a_large_file_is_read_no_further_than_the_limit():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.given += size
            return b"\xff" * size if self.given < 50 * 1024 * 1024 else b""

    endless = Endless()

    with pytest.raises(LyktaError, match="25 MB"):
        clean(endless)  # type: ignore[arg-type]

    assert endless.given < 26 * 1024 * 1024


@pytest.mark.parametrize("eighths", range(1, 8))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused_in_a_sentence(form, eighths):
    content = saved(picture(), form)

    with pytest.raises(LyktaError) as refused:
        cleaned(content[: len(content) * eighths // 8])

    assert refused.value.code == "damaged-photo"
