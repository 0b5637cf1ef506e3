"""What is blurred cannot be read back, and the rest stays as it was."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from tests.infrastructure.photos.samples import picture, saved

from lykta.infrastructure.photos.blurring import BadBox, Box, blurred
from lykta.infrastructure.photos.cleaning import Clean, clean


def photo_of(image: Image.Image) -> Clean:
    return clean(io.BytesIO(saved(image, "PNG")))


def pixels(photo: Clean) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(photo.content))).astype(int)


def plate(text: str) -> Clean:
    image = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(image).text((104, 70), text, fill="black", font_size=56)
    return photo_of(image)


PLATE = Box(0.24, 0.32, 0.8, 0.68)


def test_the_box_changes_and_the_rest_does_not():
    photo = photo_of(picture())

    mosaic = pixels(blurred(photo, [Box(0, 0, 0.5, 0.5)]))

    change = np.abs(mosaic - pixels(photo)).max(axis=2)
    assert change[:96, :160].max() > 60
    assert change[120:, 184:].max() < 12


def test_a_mosaic_has_few_cells():
    noise = np.random.default_rng(1).integers(0, 256, (320, 320, 3), dtype=np.uint8)

    mosaic = pixels(blurred(photo_of(Image.fromarray(noise)), [Box(0, 0, 1, 1)]))

    cells = np.kron(mosaic[40::80, 40::80], np.ones((80, 80, 1)))
    assert np.abs(mosaic - cells).max() < 32


def test_the_cells_have_few_shades():
    slope = Image.linear_gradient("L").resize((320, 320)).point(lambda value: value * 0.8)
    photo = photo_of(slope)

    middles = pixels(blurred(photo, [Box(0, 0, 1, 1)]))[40::80, 40::80]

    assert np.minimum(middles % 32, -middles % 32).max() <= 3
    assert len(np.unique(middles)) > 2


def test_two_plates_look_alike_afterwards():
    one, other = plate("ABC123"), plate("XYZ789")

    difference = np.abs(pixels(blurred(one, [PLATE])) - pixels(blurred(other, [PLATE])))

    assert np.abs(pixels(one) - pixels(other)).max() > 200
    assert len(np.unique(difference // 32)) <= 2
    assert difference.max() <= 40  # one shade, in a cell


def test_a_box_as_small_as_a_point_blurs_a_whole_block():
    photo = photo_of(picture())

    mosaic = pixels(blurred(photo, [Box(0.5, 0.5, 0.5001, 0.5001)]))

    assert np.abs(mosaic - pixels(photo))[96:112, 160:176].max() > 10


def test_boxes_may_lie_over_one_another_and_reach_the_edges():
    photo = photo_of(picture(size=(33, 17)))

    made = blurred(photo, [Box(0, 0, 1, 1), Box(0.5, 0.5, 1, 1)])

    assert (made.width, made.height) == (33, 17)
    assert made.sha256 != photo.sha256


@pytest.mark.parametrize(
    "box",
    [
        *((-0.1, 0, 1, 1), (0, 0, 1.1, 1), (0.5, 0, 0.5, 1), (0.6, 0, 0.5, 1), (0, 0.9, 1, 0.1)),
        *((float("nan"), 0, 1, 1), (0, 0, float("inf"), 1), (0, 0, 1, float("nan"))),
    ],
)
def test_a_box_outside_the_picture_is_refused(box):
    with pytest.raises(BadBox, match="Rita om"):
        blurred(photo_of(picture()), [Box(*box)])


def test_more_than_fifty_boxes_are_refused():
    with pytest.raises(BadBox, match="50"):
        blurred(photo_of(picture()), [Box(0, 0, 1, 1)] * 51)
