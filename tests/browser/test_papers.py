"""The page of a paper in a real browser: for every reader, every width, light and dark."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.infrastructure.papers import reading

DESK, PHONE = (1280, 900), (390, 844)
WIDTHS = (360, 390, 680, 681, 768, 1024, 1180, 1440)
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
REGIONS = "() => [...document.querySelectorAll('[role=region]')].filter(r => r.offsetParent).length"
HIDDEN = """() => [...document.querySelectorAll('[role=region]')].filter(
    r => r.offsetParent && r.scrollWidth > r.clientWidth + 1 && r.tabIndex < 0).length"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.drawing')]
    .filter(d => d.offsetParent).flatMap(d => [...d.querySelectorAll('text')]).map(t => {
        const svg = t.ownerSVGElement;
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return parseFloat(getComputedStyle(t).fontSize) * scale;
    }))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the sample paper on disk."""
    path: Path = tmp_path_factory.mktemp("paper") / "lagesbild.html"
    path.write_bytes(reading.rendered("html"))
    return path.as_uri()


def open_at(page: Any, address: str, size: tuple[int, int], scheme: str = "light") -> None:
    """Open the paper at a size and in a colour scheme."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_no_violation(page: Any, address: str, size: tuple[int, int], scheme: str):
    open_at(page, address, size, scheme)

    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(page: Any, address: str, width: int):
    open_at(page, address, (width, 800))

    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_keyboard_reaches_every_region_that_scrolls(
    page: Any, address: str, size: tuple[int, int]
):
    open_at(page, address, size)
    reached = set()

    for _ in range(page.evaluate("() => document.querySelectorAll('a, [tabindex]').length")):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))

    assert len(reached - {None}) == page.evaluate(REGIONS)
    assert page.evaluate(HIDDEN) == 0


def test_the_first_tab_is_the_link_past_the_top(page: Any, address: str):
    open_at(page, address, DESK)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("() => document.activeElement.id") == "innehall"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_drawings_are_legible(page: Any, address: str, size: tuple[int, int]):
    open_at(page, address, size)

    assert page.evaluate(SMALLEST) >= 11.9


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_asks_for_nothing_and_says_no_error(page: Any, address: str, scheme: str):
    open_at(page, address, DESK, scheme)

    outside = [url for url in page.requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert page.errors == []


@pytest.mark.parametrize(
    ("attribute", "ground"), [("dark", "19, 24, 27"), ("light", "255, 255, 255")]
)
def test_the_reader_may_choose_the_scheme(page: Any, address: str, attribute: str, ground: str):
    open_at(page, address, DESK, "light" if attribute == "dark" else "dark")

    page.evaluate("s => document.documentElement.setAttribute('data-color-scheme', s)", attribute)

    colour = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert colour == f"rgb({ground})"


def test_print_is_light_and_on_a4(page: Any, address: str):
    open_at(page, address, DESK, "dark")
    page.emulate_media(media="print", color_scheme="dark")

    ink = page.evaluate("() => getComputedStyle(document.body).color")
    assert ink == "rgb(27, 34, 38)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_forced_colours_keep_words_and_rings(page: Any, address: str):
    page.emulate_media(forced_colors="active")
    page.goto(address)

    assert page.locator(".verdict.outside").first.is_visible()
    assert Axe().run(page).violations_count == 0
