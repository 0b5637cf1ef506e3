"""The pictures in the documentation: the demo's pages, and its lägesbild on screen and on paper.

Run from the root of the repository, `web` or `papers` for one half; needs Chromium (LYKTA_CHROMIUM,
or where Debian puts it).
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
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
# The same of the web, with the address between: what a coordinator of the demo sees.
WEB_VIEWS = {
    "start": (1200, 1080, "light", "/", ""),
    "start-telefon-mork": (390, 844, "dark", "/", ""),
    "omrade": (1200, 1080, "light", "/omraden/0126-L-VARBY/", ""),
    "omraden": (1200, 1080, "light", "/omraden/", ""),
    "listor": (1200, 1080, "light", "/omraden/listor/", ""),
    "laget": (1200, 1180, "light", "/laget/", ""),
    "laget-rutor": (1200, 1180, "light", "/laget/?tid=52&visa=sexhorningar", "Var"),
    "laget-telefon-mork": (390, 844, "dark", "/laget/", ""),
    "nyckeltal": (1200, 1080, "light", "/nyckeltal/", ""),
    "fryst": (1200, 1080, "light", "/lagesbilder/1/", ""),
    "rapportera-telefon": (390, 844, "light", "/rapportera/", ""),
    "inkommet": (1200, 1080, "light", "/rapportera/inkommet/", ""),
    "veckan": (1200, 1180, "light", "/veckan/2026-46/", ""),
    "veckomote": (1200, 1300, "light", "/veckan/2026-46/mote/", ""),
    "veckomote-telefon-mork": (390, 844, "dark", "/veckan/2026-46/mote/", ""),
    "arshjul": (1200, 900, "light", "/veckan/arshjul/", ""),
    "natverk": (1200, 1240, "light", "/samverkan/natverk/", ""),
    "overenskommelse": (1200, 1080, "light", "/samverkan/overenskommelser/5/", ""),
    "rad": (1200, 1180, "light", "/samverkan/rad/", ""),
    "uppdrag-telefon-mork": (390, 844, "dark", "/samverkan/uppdrag/", ""),
    "konto": (1200, 1000, "light", "/konto/", ""),
    "fordelning": (1200, 1080, "light", "/rapportera/fordelning/", ""),
    "oppet-telefon-mork": (390, 844, "dark", "/oppet/rapportera/", ""),
    "platser": (1200, 1080, "light", "/omraden/platser/", ""),
    "kategorier": (1200, 1080, "light", "/rapportera/kategorier/", ""),
}
UPLOAD = (1200, 1180)
COORDINATOR = "Amina"
# A file to try: two rows that are right and four that are not, each in its own way.
TRIED = """kod;namn;slag;ingår_i;gäller_från
EST-1;Norra;eget område;0126-VAR;2026-01-01
EST-2;Södra;eget område;0126-SKO;2026-01-01
EST-3;Östra;distrikt;0126-SKO;2026-01-01
EST-4;Västra;eget område;0126-XXX;2026-01-01
EST-1;Norra igen;eget område;0126-VAR;2026-01-01
EST-6;Centrum;eget område;0126-SJO;våren 2026
"""
N_COLOURS = 192
PATIENCE = 60  # seconds


def main() -> None:
    """Write the pictures that are asked for, or all."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    halves = {"papers": papers, "web": web}
    for name in sys.argv[1:] or halves:
        halves[name]()


def papers() -> None:
    """Write the pictures of the lägesbild."""
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
    with chromium() as browser:
        for name, (width, height, scheme, heading) in VIEWS.items():
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(page_path.as_uri())
            if heading:
                page.get_by_role("heading", name=heading, exact=True).scroll_into_view_if_needed()
                page.get_by_role("heading", name=heading, exact=True).evaluate(
                    "h => h.scrollIntoView()"
                )
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()


def web() -> None:
    """Write the pictures of the web."""
    with served() as address, chromium() as browser:
        for name, (width, height, scheme, path, heading) in WEB_VIEWS.items():
            page = logged_in(browser, address, (width, height), scheme)
            page.goto(address + path)
            if heading:
                page.get_by_role("heading", name=heading, exact=True).evaluate(
                    "h => h.scrollIntoView()"
                )
            keep(page, name)
        page = logged_in(browser, address, UPLOAD, "light")
        page.goto(f"{address}/inlasning/")
        page.get_by_label("Vad filen innehåller").select_option(label="Områden med gränser")
        page.locator("select[name=kind]").select_option("areas")
        tried = {"name": "est.csv", "mimeType": "text/csv", "buffer": TRIED.encode()}
        page.locator("input[type=file]").set_input_files(tried)
        page.get_by_role("button", name="Pröva filen").click()
        page.get_by_role("heading", name="est.csv").wait_for()
        keep(page, "provad-fil")


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo as a user would, in a folder that is gone afterwards; yield its address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        command = [sys.executable, "-m", "lykta.cli", "demo", f"{name}/demo", "--serve"]
        clean = {key: text for key, text in os.environ.items() if not key.startswith("LYKTA_")}
        clean.pop("DATABASE_URL", None)
        site = subprocess.Popen(  # noqa: S603 - our own
            [*command, "--port", "0"], env=clean, stdout=subprocess.PIPE, text=True
        )
        try:
            said = (line.strip() for line in site.stdout or ())
            address = next(line.rstrip("/") for line in said if line.startswith("http://"))
            wait_for(f"{address}/halsa/")
            yield address
        finally:
            site.terminate()
            site.wait(PATIENCE)


def wait_for(url: str) -> None:
    """Return once an address answers."""
    for _second in range(PATIENCE):
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - our own
                return
        except urllib.error.URLError:
            time.sleep(1)
    raise TimeoutError(url)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a browser without a window."""
    with sync_playwright() as driver:
        # A field for a date is written as the language of the browser itself says.
        swedish = os.environ | {"LANGUAGE": "sv"}
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], env=swedish
        )
        yield browser
        browser.close()


def logged_in(browser: Any, address: str, size: tuple[int, int], scheme: str) -> Any:
    """Return a page of the one who is photographed."""
    viewport = {"width": size[0], "height": size[1]}
    page = browser.new_context(viewport=viewport, color_scheme=scheme, locale="sv-SE").new_page()
    page.goto(f"{address}/logga-in/")
    page.get_by_role("button", name=f"Logga in som {COORDINATOR}").click()
    page.wait_for_url(f"{address}/")
    return page


def keep(page: Any, name: str) -> None:
    """Write what a page shows once its map is drawn, in few colours, and close it."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    area_map = page.locator(".area-map").first
    if area_map.count() and area_map.bounding_box()["y"] < page.viewport_size["height"]:
        page.locator(".area-map[data-state=drawn]").first.wait_for()
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as image:
        image.convert("RGB").quantize(N_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    page.context.close()


if __name__ == "__main__":
    main()
