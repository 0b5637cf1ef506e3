"""A language of one's own: a catalogue in the installation's folder, and a mirrored page."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages import mofile, pofile
from tests.architecture.house import ROOT
from tests.browser.looking import OVERFLOW, SIZES, axe
from tests.browser.test_reporting import Town

ENGLISH = ROOT / "src/lykta/web/locale/en/LC_MESSAGES/django.po"
# Letters of a script that is written from right to left; the texts mean nothing.
LATIN, ARABIC = "abcdefghijklmnopqrstuvwxyzåäö", "ابتثجحخدذرزسشصضطظعغفقكلمنهويىة"
PSEUDO = dict(zip(map(ord, LATIN + LATIN.upper()), (ARABIC * 3)[: 2 * len(LATIN)], strict=True))


def pseudo(text: str) -> str:
    """Return a text in other letters and a third longer, its places for values kept."""
    kept = [part if n % 2 else part.translate(PSEUDO) for n, part in enumerate(_split(text))]
    return "".join(kept) + " ااااااا" * (len(text) // 24)


def _split(text: str) -> list[str]:
    return re.split(r"(%\(\w+\)[sd]|%%?s|\{\w+\}|<[^>]+>|\w+=\"[^\"]*\")", text)


def lay_catalogue(folder: Path) -> None:
    """Write a catalogue of made-up Arabic for every text there is."""
    with ENGLISH.open("rb") as file:
        catalogue = pofile.read_po(file, locale="ar")
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            message.string = pseudo(message.id)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    target = folder / "locale/ar/LC_MESSAGES/django.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(compiled.getvalue())


class Speaking(Town):
    """The demo, with a language of its own."""

    def start(self) -> None:
        """Lay the catalogue where the installation has its own, and serve."""
        lay_catalogue(self.folder)
        super().start()


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Any:
    town = Speaking(tmp_path_factory.mktemp("town") / "demo")
    yield town.address
    town.kill()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/oppet/rapportera/", "/oppet/folj/", "/oppet/personuppgifter/"])
def test_a_page_from_right_to_left_is_mirrored_and_fits(browser, arabic, path, size):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=arabic)
    page = context.new_page()
    page.goto(path)

    page.locator('button[name="language"][value="ar"]').click()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("document.documentElement.lang") == "ar"
    assert page.evaluate(OVERFLOW) <= 0
    label = page.locator("h1").bounding_box()
    assert label["x"] + label["width"] / 2 > width / 3  # it begins to the right
    assert axe(page) == ""
    context.close()


def test_the_language_of_residents_is_not_that_of_those_who_log_in(browser, arabic):
    context = browser.new_context(base_url=arabic)
    page = context.new_page()
    page.goto("/oppet/rapportera/")
    page.locator('button[name="language"][value="ar"]').click()

    page.goto("/logga-in/")

    assert page.evaluate("document.documentElement.lang") == "sv"
    assert page.locator('button[name="language"][value="ar"]').count() == 0
    context.close()
