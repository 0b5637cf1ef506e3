"""The pictures in the documentation: the demo's lägesbild as a page, on a phone and on paper.

Run from the root of the repository; needs Chromium (LYKTA_CHROMIUM, or where Debian puts it).
"""

import os
import tempfile
from pathlib import Path

import pypdfium2
from playwright.sync_api import sync_playwright

from lykta import demo
from lykta.cli.demo import asked
from lykta.cli.picture import make

IMAGES = Path("docs/images")
CHROMIUM = os.environ.get("LYKTA_CHROMIUM", "/usr/bin/chromium")
# Name of the picture: width, height, colour scheme, and the text to scroll to ("" for the top).
VIEWS = {
    "lagesbild": (1200, 1160, "light", ""),
    "lagesbild-karta": (1200, 1100, "light", "Var det är tätt"),
    "lagesbild-telefon": (390, 844, "light", ""),
    "lagesbild-telefon-mork": (390, 844, "dark", "När det händer"),
}
PAPER_SCALE = 1.4


def main() -> None:
    """Write the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo.write(folder)
        make(asked(folder, "lagesbild", "partners"), tell=lambda _step: None)
        photograph(folder / "lagesbild.html")
        make(asked(folder, "lagesbild", "public"), tell=lambda _step: None)
        document = pypdfium2.PdfDocument(folder / "lagesbild.pdf")
        for number, page in enumerate(document, start=1):
            image = page.render(scale=PAPER_SCALE).to_pil().convert("P", colors=128)
            image.save(IMAGES / f"lagesbild-sida-{number}.png", optimize=True)


def photograph(page_path: Path) -> None:
    """Write each view of the page as a picture."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (width, height, scheme, heading) in VIEWS.items():
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(page_path.as_uri())
            if heading:
                page.get_by_role("heading", name=heading).scroll_into_view_if_needed()
                page.get_by_role("heading", name=heading).evaluate("h => h.scrollIntoView()")
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
