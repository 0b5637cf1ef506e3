"""The field for a photo: made small and blurred in the browser, before anything is sent."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.browser.looking import OVERFLOW, SIZES, axe, tab_to
from tests.infrastructure.photos import samples

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "src/lykta/web/static"
FONTS = HERE.parents[1] / "src/lykta/infrastructure/papers/fonts"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
SENT = """async () => {
    const { photoOf } = await import("/lykta/photo.js");
    const file = await photoOf(document.querySelector("#photo"));
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return { name: file.name, type: file.type, content: btoa(text) };
}"""
Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any) -> Any:
    """Return what opens the page with the field and chooses a photo; errors in it fail the test."""
    contexts, errors = [], []

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix("http://foto.test/")
        if name.startswith("sent"):
            return route.fulfill(
                body="<!doctype html><title>Tack</title>", content_type="text/html"
            )
        path = FONTS / Path(name).name if "fonts/" in name else STATIC / name
        path = path if path.is_file() else HERE / "photo.html"
        return route.fulfill(path=path, content_type=KINDS.get(path.suffix, "font/woff2"))

    def open_(content: bytes | None, *, size: str = "desk", scheme: str = "light") -> Any:
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="sv-SE")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/*", answer)
        page.goto("http://foto.test/")
        if content:
            page.get_by_label("Foto").set_input_files(
                {"name": "Anna Exempel.jpg", "mimeType": "image/jpeg", "buffer": content}
            )
            page.locator("canvas").wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


def sent(page: Any) -> tuple[np.ndarray, bytes]:
    """Return the pixels and the bytes of what the field would send."""
    told = page.evaluate(SENT)
    content = base64.b64decode(told["content"])
    assert (told["name"], told["type"]) == ("foto.jpg", "image/jpeg")
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int), content


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw over the picture with the mouse, between two places as shares of it."""
    box = page.locator("canvas").bounding_box()
    (x, y), (to_x, to_y) = [
        (box["x"] + box["width"] * right, box["y"] + box["height"] * down)
        for right, down in (start, end)
    ]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=4)
    page.mouse.up()


def noise(width: int = 800, height: int = 600) -> bytes:
    rng = np.random.default_rng(3)
    rough = Image.fromarray(rng.integers(0, 256, (height // 8, width // 8, 3), dtype=np.uint8))
    return samples.saved(rough.resize((width, height)), quality=95)


def test_a_box_drawn_with_the_mouse_is_blurred_and_the_rest_is_not(opened):
    page = opened(noise())
    before, _ = sent(page)

    drag(page, (0.25, 0.25), (0.5, 0.5))

    after, _ = sent(page)
    inside, change = after[168:292, 218:392], np.abs(after - before)
    assert change[160:290, 210:390].mean() > 20
    assert len(np.unique(inside.reshape(-1, 3) // 32, axis=0)) < 60
    assert inside.std() < before[168:292, 218:392].std() / 2
    outside = np.ones(change.shape, dtype=bool)
    outside[136:316, 186:416] = False
    assert change[outside].max() == 0


def test_what_is_sent_is_small_upright_and_tells_nothing(opened):
    page = opened(samples.saved(samples.picture(size=(2400, 1200)), exif=samples.exif(6)))

    pixels, content = sent(page)

    assert pixels.shape == (1600, 800, 3)
    assert b"PLANTERAT" not in content
    assert b"Exif" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_all_that_a_file_may_tell_is_gone(opened):
    page = opened(samples.telling_jpeg())

    _, content = sent(page)

    assert b"PLANTERAT" not in content


def test_a_box_is_added_moved_resized_and_removed_by_keys(opened):
    page = opened(noise())
    before, _ = sent(page)
    tab_to(page, "Sudda en ruta")
    page.keyboard.press("Enter")
    box = page.get_by_role("button", name="Suddad ruta 1", exact=True)
    first = box.bounding_box()

    for key in ["ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"]:
        page.keyboard.press(key)

    moved, canvas = box.bounding_box(), page.locator("canvas").bounding_box()
    assert moved["x"] - first["x"] == pytest.approx(0.02 * canvas["width"], abs=1)
    assert moved["y"] - first["y"] == pytest.approx(0.02 * canvas["height"], abs=1)
    assert moved["width"] - first["width"] == pytest.approx(0.02 * canvas["width"], abs=1)
    assert moved["height"] - first["height"] == pytest.approx(-0.02 * canvas["height"], abs=1)
    assert np.abs(sent(page)[0] - before)[260:360, 340:500].mean() > 20
    page.keyboard.press("Delete")
    assert box.count() == 0
    assert page.get_by_role("status").inner_text() == "Ruta 1 är borttagen."
    assert np.array_equal(sent(page)[0], before)


def test_each_box_is_a_row_that_can_be_removed(opened):
    page = opened(noise())
    drag(page, (0.1, 0.1), (0.3, 0.3))
    drag(page, (0.6, 0.6), (0.9, 0.9))

    page.get_by_role("button", name="Ta bort ruta 1").click()

    assert page.get_by_role("listitem").count() == 1
    assert page.get_by_role("button", name="Ta bort ruta 2").is_visible()
    assert page.get_by_role("button", name="Suddad ruta 2").is_visible()
    assert page.locator(".photo-box").count() == 1


def test_a_box_is_moved_with_the_mouse_and_stays_in_the_picture(opened):
    page = opened(noise())
    drag(page, (0.1, 0.1), (0.3, 0.3))

    drag(page, (0.2, 0.2), (1.5, 1.5))

    box, canvas = page.locator(".photo-box").bounding_box(), page.locator("canvas").bounding_box()
    assert box["x"] + box["width"] == pytest.approx(canvas["x"] + canvas["width"], abs=1)
    assert box["width"] == pytest.approx(0.2 * canvas["width"], abs=2)


def test_a_tap_draws_nothing(opened):
    page = opened(noise())

    page.locator("canvas").click()

    assert page.locator(".photo-box").count() == 0


def test_what_is_sent_at_once_after_a_box_is_drawn_is_blurred(opened):
    page = opened(noise())
    before, _ = sent(page)

    with page.expect_request("**/sent") as request:
        page.evaluate("""() => {
            document.querySelector("[data-button]").click();
            document.querySelector("form").requestSubmit();
        }""")

    content = request.value.post_data_buffer
    start = content.index(b"\xff\xd8\xff")
    after = np.asarray(Image.open(io.BytesIO(content[start:])).convert("RGB")).astype(int)
    assert np.abs(after - before)[240:360, 320:480].mean() > 20


def test_another_photo_begins_anew_and_none_leaves_nothing(opened):
    page = opened(noise())
    drag(page, (0.1, 0.1), (0.3, 0.3))

    page.get_by_label("Foto").set_input_files(
        {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": noise(400, 200)}
    )
    assert sent(page)[0].shape == (200, 400, 3)
    assert page.locator(".photo-box").count() == 0
    page.get_by_label("Foto").set_input_files([])

    page.locator("canvas").wait_for(state="detached")


def test_what_the_browser_cannot_show_is_left_to_the_server(opened):
    page = opened(None)

    page.get_by_label("Foto").set_input_files(
        {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic"}
    )

    page.get_by_text("Bilden kan inte visas här.").wait_for()
    assert not page.locator("canvas").is_visible()
    assert axe(page) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_tool_has_no_axe_violation_and_does_not_scroll_sideways(opened, size, scheme):
    page = opened(noise(), size=size, scheme=scheme)
    drag(page, (0.1, 0.1), (0.3, 0.3))
    page.get_by_role("button", name="Sudda en ruta").click()

    assert axe(page) == ""
    assert page.evaluate(OVERFLOW) == 0


def test_the_script_is_small():
    assert (STATIC / "lykta/photo.js").stat().st_size < 8 * 1024
