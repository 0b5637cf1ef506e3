"""The demo municipality's pictures in a real browser, as `make demo` shows them."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from lykta import demo
from lykta.cli.demo import asked
from lykta.cli.picture import make

SIZES = {"desk": (1280, 900), "phone": (390, 844)}
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    for audience in ("public", "partners"):
        make(asked(folder, audience, audience), tell=lambda _step: None)
    return folder


@pytest.mark.parametrize("audience", ["public", "partners"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_lagesbild_has_no_axe_violation(page, folder, audience, scheme, size):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.emulate_media(color_scheme=scheme)
    page.goto((folder / f"{audience}.html").as_uri())

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(OVERFLOW) == 0
    assert page.errors == []


def test_the_page_leads_to_the_other_forms(page, folder):
    page.goto((folder / "public.html").as_uri())

    links = page.get_by_role("link").evaluate_all("links => links.map(a => a.getAttribute('href'))")

    assert {"public.pdf", "public.docx", "public.json"} <= set(links)
    assert all((folder / name).is_file() for name in links if name.startswith("public."))


def test_the_page_says_that_its_data_are_synthetic_and_that_it_asks_nothing_of_the_net(
    page, folder
):
    page.goto((folder / "partners.html").as_uri())

    assert page.get_by_text("Exempeldata – syntetiska").first.is_visible()
    assert all(url.startswith(("file:", "data:")) for url in page.requests)
