"""Of a photo only the picture is kept; what is no photo ends in a sentence."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image
from tests.infrastructure import photos as made
from tests.sources.fuzz import DAMAGES

from lykta.infrastructure.photos import (
    LONGEST_SIDE,
    MOST_BYTES,
    BadPhoto,
    Box,
    blurred,
    clean,
)

# What a JPEG file needs to show its pixels: quantisation, frame, Huffman tables; and JFIF's head.
NEEDED = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}


def cleaned(content: bytes):
    """Return a file made clean."""
    return clean(io.BytesIO(content))


@pytest.mark.parametrize("name", made.telling())
def test_nothing_that_a_file_tells_beside_its_picture_comes_through(name):
    content = made.telling()[name]

    photo = cleaned(content)

    assert made.PHRASE in content
    assert made.PHRASE not in photo.content
    assert set(made.segments(photo.content)) <= NEEDED
    with Image.open(io.BytesIO(photo.content)) as opened:
        assert (len(opened.getexif()), opened.format) == (0, "JPEG")
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(opened.info)


def test_a_photo_that_lies_on_its_side_is_raised():
    photo = cleaned(made.written(made.picture((320, 240)), exif=made.exif()))

    assert (photo.width, photo.height) == (240, 320)


def test_a_large_photo_is_made_small_enough():
    photo = cleaned(made.written(made.picture((4000, 3000))))

    assert max(photo.width, photo.height) == LONGEST_SIDE


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA", "I;16", "I", "YCbCr"])
def test_pictures_of_every_kind_of_colour_come_through(mode):
    form = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    drawn = made.picture(mode="L").convert("I") if mode.startswith("I") else made.picture(mode=mode)

    photo = cleaned(made.written(drawn.convert(mode) if mode == "I;16" else drawn, form))

    assert (photo.width, photo.height) == (320, 240)


def test_of_what_moves_the_first_picture_is_kept():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    content = made.written(
        frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True
    )

    with Image.open(io.BytesIO(cleaned(content).content)) as opened:
        red, _green, blue = opened.getpixel((20, 20))
    assert red > 200 > 60 > blue


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that unfolds to a picture of so many pixels a side."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return len(content).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    rows = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "inget foto"),
        (b"bara text", "inget foto"),
        (b"%PDF-1.7\n" + made.written(made.picture()), "inget foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "inget foto"),
        (b"GIF89a=0;alert(1)//", "inget foto"),
        (made.written(made.picture(), "GIF"), "inget foto"),
        (made.written(made.picture(), "TIFF"), "inget foto"),
        (bytes(MOST_BYTES + 1), "25 MB"),
        (bytes(50 * 1024 * 1024), "25 MB"),
        (bomb(60_000), "50 miljoner"),
        (bomb(7_100), "50 miljoner"),
        (bomb(2_000), "skadat"),
    ],
    ids=["empty", "text", "pdf", "svg", "gif-js", "gif", "tiff", "25 MB", "50 MB", "bomb", "just",
         "short"],
)  # fmt: skip
def test_what_is_no_photo_ends_in_a_sentence(content, said):
    with pytest.raises(BadPhoto, match=said):
        cleaned(content)


@pytest.mark.parametrize("eighth", range(1, 8))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_no_photo(form, eighth):
    whole = made.written(made.picture(), form)

    with pytest.raises(BadPhoto):
        cleaned(whole[: len(whole) * eighth // 8])


def test_what_is_blurred_cannot_be_told_and_the_rest_is_as_it_was():
    photo = cleaned(made.written(made.picture((400, 400))))

    hidden = blurred(photo, [Box(0.25, 0.25, 0.75, 0.75)])

    before, after = (
        np.asarray(Image.open(io.BytesIO(each.content)).convert("RGB"), float)
        for each in (photo, hidden)
    )
    inside, outside = (slice(110, 290), slice(110, 290)), (slice(0, 90), slice(0, 90))
    assert after[inside].std() < 0.2 * before[inside].std()
    assert np.abs(after[outside] - before[outside]).mean() < 12
    colours = np.unique(np.round(after[inside].reshape(-1, 3) / 24), axis=0)
    assert len(colours) <= 36


@pytest.mark.parametrize("box", [(0.5, 0, 0.4, 1), (0, 0, 1.2, 1), (-0.1, 0, 1, 1), (0, 0, 0, 1)])
def test_a_box_outside_the_photo_is_refused(box):
    with pytest.raises(BadPhoto, match="Rutan"):
        blurred(cleaned(made.written(made.picture())), [Box(*box)])


def test_damaged_photos_end_clean_or_in_a_sentence():
    rng = np.random.default_rng(2026)
    whole = [*made.telling().values(), made.written(made.picture(), "PNG")]
    n_clean = 0

    for number in range(500):
        damage = DAMAGES[rng.integers(len(DAMAGES))]
        try:
            photo = cleaned(damage(whole[number % len(whole)], rng))
        except BadPhoto:
            continue
        n_clean += 1
        assert made.PHRASE not in photo.content

    assert 50 < n_clean < 450
