"""How a page is looked at: by axe, by its width, and by the keyboard."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

SIZES = {"desk": (1440, 900), "phone": (360, 780)}
SCHEMES = ("light", "dark")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def axe(page: Any) -> str:
    """Return what axe finds wrong with a page, "" for nothing."""
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


def faults(page: Any) -> list[str]:
    """Return what is wrong with a page once it is quiet: by axe, and where it is too wide."""
    page.wait_for_load_state("networkidle")
    over = page.evaluate(OVERFLOW)
    return [told for told in (axe(page), f"{over} px too wide" if over > 0 else "") if told]


def faults_in_light_and_dark(page: Any) -> list[tuple[str, str]]:
    """Return what is wrong with a page in each scheme, which is changed while the page is open."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, fault) for fault in faults(page)]
    return found


def tab_to(page: Any, words: str) -> None:
    """Press Tab until what has the focus is called so."""
    said = """() => {
        const here = document.activeElement;
        return here.labels?.[0]?.textContent ?? here.textContent;
    }"""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(said).strip().startswith(words):
            return
    raise AssertionError(f"no way by Tab to {words}")
