"""A real browser for the tests that need one: Chromium, at LYKTA_CHROMIUM or as installed."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser import served
from tests.browser.looking import SIZES
from tests.ports import free_port
from tests.provider import Provider, running, sign_on_settings

CHROMIUM = Path(os.environ.get("LYKTA_CHROMIUM", "/usr/bin/chromium"))
PATIENCE_MS = 90_000


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none is run where there is no browser."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Yield Chromium without a window, or skip where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; set LYKTA_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--font-render-hinting=none"]
        )
        yield _patient(opened)
        opened.close()


def _patient(browser: Any) -> Any:
    """Return a browser whose pages wait long before they give up: a test machine may be slow."""
    plain = browser.new_context

    def new_context(**options: Any) -> Any:
        context = plain(**options)
        context.set_default_timeout(PATIENCE_MS)
        return context

    browser.new_context = new_context
    return browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Yield an empty page that remembers its requests and what went wrong in it."""
    context = browser.new_context()
    opened = context.new_page()
    opened.requests, opened.errors = [], []
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on(
        "console",
        lambda said: said.type in ("error", "warning") and opened.errors.append(said.text),
    )
    yield opened
    context.close()


@pytest.fixture(scope="session")
def there() -> Iterator[Provider]:
    """Run a provider of logins, which the demo's municipality has as its own."""
    with running() as found:
        yield found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, there: Provider) -> Iterator[str]:
    """Serve the demo of this process, and yield its address."""
    port, folder = free_port(), tmp_path_factory.mktemp("lykta") / "demo"
    served.copy_demo(folder)
    process = served.serve(folder, port, served.clean() | sign_on_settings(there))
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    process.wait(served.PATIENCE_S)


Enter = Callable[..., Any]


@pytest.fixture
def enter(browser: Any, site: str) -> Iterator[Enter]:
    """Return what opens a page for one of the demo's accounts; errors in it fail the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def entered(who: str = "", *, size: str = "desk", scheme: str = "light", **more: Any) -> Any:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="sv-SE",
            **({"base_url": site} | more),
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda said: (
                said.type == "error"
                and "the server responded" not in said.text  # 403 and 404 are answers that we test
                and "ERR_INTERNET_DISCONNECTED" not in said.text  # a test took the network away
                and errors.append(said.text)
            ),
        )
        if who:
            page.goto("/logga-in/")
            page.get_by_role("button", name=f"Logga in som {who.capitalize()}").click()
            page.wait_for_load_state()
        return page

    yield entered
    for context in contexts:
        context.close()
    assert errors == []
