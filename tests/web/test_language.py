"""English is complete, easy Swedish is for residents, and both are compiled of today's texts."""

import importlib.util
import re

import pytest
from tests.architecture.house import ROOT
from tests.web.addresses import addresses
from tests.web.matrix import FINE, MATRIX
from tests.web.test_access import known_ids, path_of

# Swedish words that no English page of ours would hold.
SWEDISH = (" och ", " för ", " inte ", " från ", " som ", " är ")
TOOL = ROOT / "tools/assets/catalogue.py"


def tool():
    spec = importlib.util.spec_from_file_location("catalogue", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["en", "sv_X-latt"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def catalogue(language):
    return tool().catalogue(language)


def strings_of(message) -> tuple[str | None, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_text_is_in_the_language(catalogue):
    lacking = [m.id for m in catalogue if m.id and not all(strings_of(m))]

    assert lacking == []


def test_the_places_in_a_text_are_the_same_in_the_language(catalogue):
    def places(text: str) -> set[str]:
        return {part.split(")", 1)[0] for part in text.split("%(")[1:]}

    for message in catalogue:
        if message.id:
            ours = message.id if isinstance(message.id, tuple) else (message.id,)
            theirs = [text or "" for text in strings_of(message)]
            assert set().union(*map(places, ours)) >= set().union(*map(places, theirs)), message.id


def test_the_catalogue_is_of_todays_texts(catalogue, language):
    module = tool()

    assert module.target(language).with_suffix(".mo").read_bytes() == module.compiled(catalogue)


FILES = {
    *("places:export", "import-rejected", "plans:file", "indicators:export"),
    *("situation-table", "situation-rows", "retention-log", "places:suggestions"),
    *("meetings:actions-table", "meetings:calendar", "meetings:file", "meetings:letter-file"),
    *("cooperation:agreements-table", "cooperation:network-table", "cooperation:members-table"),
    *("cooperation:meetings-table", "cooperation:council-calendar"),
    *("meetings:minutes", "events:table", "events:photo", "events:sending", "events:similar"),
}
READERS = {
    name: line.may["GET"] for name, line in MATRIX.items() if line.answers.get("GET") == FINE
}
PAGES = [name for name in sorted(set(READERS) - FILES) if not name.startswith("api:")]


def test_the_pages_in_english_hold_no_swedish(triaged, enter):
    """All in one test: the municipality that they show takes a second to make."""
    clients = {name: enter(name) for name in ("amina", "drift")}
    for client in clients.values():
        client.cookies["lykta_language"] = "en"
    paths, ids = {address.name: address for address in addresses()}, known_ids()

    wrong = {}
    for name in PAGES:
        client = clients["amina" if "amina" in READERS[name] else "drift"]
        page = client.get(path_of(paths[name], ids), follow=True).content.decode()
        ours = re.sub(r'<(\w+) lang="sv">.*?</\1>', "", page, flags=re.S)
        found = [word for word in SWEDISH if word in ours]
        if found or 'lang="en"' not in page:
            wrong[name] = found

    assert wrong == {}
