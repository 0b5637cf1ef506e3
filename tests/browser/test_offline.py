"""Reporting where the network comes and goes: what is written is kept, and comes in once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.browser.looking import OVERFLOW, SIZES, axe
from tests.infrastructure.photos import samples

PAGE = "/rapportera/"
PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": samples.saved(samples.picture())}
FIRST_LOAD, LATER_LOAD = 250_000, 50_000  # bytes over the network
ACTIVE = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== "activated") await new Promise((done) => setTimeout(done, 50));
}"""
LETTERS = str.maketrans("0123456789", "ghijklmnop")
DRAFTS = "() => Object.keys(localStorage).filter((name) => name.startsWith('lykta-draft'))"
Open = Callable[..., Any]


@pytest.fixture
def phone(browser: Any, site: str) -> Iterator[Open]:
    """Return what opens the form on a phone; errors in a page fail the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def opened(who: str = "vera", **more: Any) -> Any:
        width, height = SIZES["phone"]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="sv-SE",
            base_url=site,
            **{"permissions": ["background-sync"]} | more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.said = []
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.accept()))
        log_in(page, who)
        walk_to_form(page)
        page.evaluate(ACTIVE)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def log_in(page: Any, who: str) -> None:
    page.goto("/logga-in/")
    page.get_by_role("button", name=f"Logga in som {who.capitalize()}").click()
    page.wait_for_url(lambda url: "logga-in" not in url)


def walk_to_form(page: Any) -> None:
    page.goto(PAGE)
    page.locator("#rapport[data-state=ready]").wait_for()


def unique() -> str:
    """Return words that no other report has; without digits, or they may look like a plate."""
    return f"Trasiga rutor vid muren {uuid4().hex.translate(LETTERS)[:8]}"


def write(page: Any, text: str, *, photos: int = 0) -> None:
    """Fill in a report."""
    page.locator("#id_category .chip").first.click()
    page.fill("#id_place", unique())
    page.locator("#id_moment .chip").first.click()
    page.fill("#id_description", text)
    if photos:
        page.locator("#rapport > details.more").evaluate("(details) => (details.open = true)")
    for field in ("#id_photos", "#id_photos_2")[:photos]:
        page.locator(field).set_input_files(PHOTO)
        page.locator(f"{field} + .photo[data-state=drawn]").wait_for()


def send(page: Any) -> str:
    """Press the button, and return what is said then."""
    page.locator("#sagt").evaluate("(told) => (told.hidden = true)")
    page.locator("#skicka").click()
    page.locator("#sagt:not([hidden])").wait_for()
    return str(page.locator("#sagt").inner_text())


def change(page: Any) -> None:
    """Take the first of the queue back into the form."""
    page.get_by_role("button", name="Ändra", exact=True).first.click()
    page.get_by_role("button", name="Ändra inte").wait_for()


def keep(page: Any, text: str, **more: Any) -> None:
    """Write a report where there is no network."""
    page.context.set_offline(True)
    write(page, text, **more)
    assert "sparad i telefonen" in send(page)


def received(page: Any, text: str) -> list[Any]:
    """Return what the server has of a text."""
    rows = page.context.request.get("/api/rapporter/").json()["reports"]
    return [row for row in rows if row["description"] == text]


def wait_until_sent(page: Any) -> None:
    page.locator("#utkorg").wait_for(state="hidden", timeout=20_000)


def lose_answers(page: Any) -> list[Any]:
    """Let reports come to the server, but never what it answers; return those that have come."""
    come: list[Any] = []

    def lost(route: Any) -> None:
        if route.request.method != "POST":
            return route.fallback()
        come.append(route.fetch().status)
        return route.abort("failed") if len(come) else None

    page.route(f"**{PAGE}", lost)
    return come


def test_a_report_that_is_sent_at_once_comes_in_once_and_leaves_nothing_behind(phone):
    page, text = phone(), unique()
    write(page, text)

    assert send(page) == "Tack. Rapporten är mottagen."
    assert len(received(page, text)) == 1
    assert page.locator("#utkorg").is_hidden()
    assert page.evaluate(DRAFTS) == []


def test_what_is_kept_is_seen_and_sent_when_the_network_is_back(phone):
    page, text = phone(), unique()
    keep(page, text)

    assert page.title().startswith("(1) ")
    assert text in page.locator("#utkorg").inner_text()

    page.context.set_offline(False)
    wait_until_sent(page)

    assert len(received(page, text)) == 1
    assert not page.title().startswith("(")


def test_the_worker_sends_with_no_page_open(phone):
    page, text = phone(), unique()
    keep(page, text)
    context = page.context
    page.close()
    empty = context.new_page()
    empty.goto("about:blank")
    context.set_offline(False)

    sync(empty)

    for _ in range(50):
        if received(empty, text):
            break
        empty.wait_for_timeout(200)
    assert len(received(empty, text)) == 1


def sync(page: Any) -> None:
    """Tell the worker that there is a network, as the browser does in its own time."""
    session, found = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.append(told))
    session.send("ServiceWorker.enable")
    for _ in range(50):
        rows = [row for told in found for row in told["registrations"] if PAGE in row["scopeURL"]]
        if rows:
            break
        page.wait_for_timeout(100)
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": rows[0]["scopeURL"].removesuffix(PAGE),
            "registrationId": rows[0]["registrationId"],
            "tag": "lykta-reports",
            "lastChance": False,
        },
    )


def test_three_reports_with_photos_come_in_once_each_after_the_page_was_closed(phone):
    page, texts = phone(), [unique() for _ in range(3)]
    for text in texts:
        keep(page, text, photos=2)
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    walk_to_form(page)
    wait_until_sent(page)

    found = [received(page, text) for text in texts]
    assert [len(rows) for rows in found] == [1, 1, 1]
    order = [rows[0]["received_at"] for rows in found]
    assert order == sorted(order)
    for rows in found:
        page.goto(f"{PAGE}{rows[0]['key']}/")
        assert page.locator("img[src*='/foto/']").count() == 2


def test_a_page_that_dies_before_the_answer_has_sent_its_report_once(phone):
    page, text = phone(), unique()
    come = []
    page.route(
        f"**{PAGE}",
        lambda route: (
            come.append(route.fetch()) if route.request.method == "POST" else route.fallback()
        ),
    )
    write(page, text)
    page.locator("#skicka").click()
    while not come:
        page.wait_for_timeout(50)
    context = page.context
    page.close()

    page = context.new_page()
    walk_to_form(page)
    wait_until_sent(page)

    assert [answer.status for answer in come] == [201]
    assert len(received(page, text)) == 1
    assert page.input_value("#id_description") == ""


def test_a_report_is_not_sent_while_it_is_changed_and_then_as_it_was_changed(phone):
    page, old, new = phone(), unique(), unique()
    keep(page, old)
    change(page)
    assert page.input_value("#id_description") == old
    page.context.set_offline(False)
    page.get_by_role("button", name="Skicka nu").click()
    page.wait_for_timeout(1000)
    assert received(page, old) == []

    page.fill("#id_description", new)
    send(page)
    wait_until_sent(page)

    assert received(page, old) == []
    assert len(received(page, new)) == 1


def test_a_change_that_comes_too_late_is_told_and_kept(phone):
    page, old, new = phone(permissions=[]), unique(), unique()
    come = lose_answers(page)
    write(page, old)
    assert "sparad i telefonen" in send(page)
    assert come == [201]
    page.unroute(f"**{PAGE}")

    change(page)
    page.fill("#id_description", new)
    send(page)

    assert len(received(page, old)) == 1
    assert received(page, new) == []
    assert "hade redan kommit fram" in page.locator("#utkorg").inner_text()
    assert new in page.locator("#utkorg").inner_text()


def test_one_that_is_wrong_comes_back_and_does_not_stop_the_next(phone):
    page, wrong, right = phone(), f"{unique()}, ring 070-174 06 58", unique()
    keep(page, wrong)
    keep(page, right)

    page.context.set_offline(False)
    page.locator("#utkorg .ds-validation-message").wait_for()

    assert len(received(page, right)) == 1
    assert received(page, wrong) == []
    mended = unique()
    change(page)
    page.fill("#id_description", mended)
    send(page)
    wait_until_sent(page)
    assert len(received(page, mended)) == 1


def test_what_the_server_finds_wrong_at_once_is_said_in_the_form(phone):
    page = phone()
    write(page, f"{unique()}, ring 070-174 06 58")

    page.locator("#skicka").click()
    page.locator(".sent-back").wait_for()

    assert page.locator("#utkorg").is_hidden()
    assert "070-174 06 58" in page.input_value("#id_description")


def test_when_the_session_has_ended_it_waits_for_a_new_one(phone):
    page, text = phone(), unique()
    page.context.clear_cookies(name="lykta_session")
    with page.expect_response(lambda answer: "/logga-in/" in answer.url):
        page.fill("#id_place", "Torget")  # what lies near is asked for, and a page to log in comes
    write(page, text)

    assert "Logga in igen" in send(page)
    assert page.title().startswith("(1) ")

    log_in(page, "vera")
    walk_to_form(page)
    wait_until_sent(page)
    assert len(received(page, text)) == 1


def test_another_account_does_not_send_what_was_written(phone):
    page, text = phone(), unique()
    keep(page, text)
    page.goto("about:blank")
    page.context.clear_cookies(name="lykta_session")
    page.context.set_offline(False)
    page.wait_for_timeout(1500)
    page.context.clear_cookies(name="lykta_session")
    log_in(page, "amina")
    walk_to_form(page)

    page.get_by_role("button", name="Skicka nu").click()
    page.wait_for_timeout(1000)

    assert "annat konto" in page.locator("#utkorg").inner_text()
    assert received(page, text) == []
    page.context.clear_cookies(name="lykta_session")
    log_in(page, "vera")
    walk_to_form(page)
    wait_until_sent(page)
    assert len(received(page, text)) == 1


def test_the_form_opens_without_network_and_no_other_page_does(phone):
    page = phone()
    page.context.set_offline(True)

    walk_to_form(page)

    assert page.locator("#skicka").is_visible()
    kept = page.evaluate(
        "async () => (await (await caches.open('lykta-report')).keys()).map(({ url }) => url)"
    )
    assert all("/static/" in url or url.endswith(PAGE) for url in kept)


def test_logging_out_warns_and_takes_the_page_but_not_what_waits(phone):
    page, text = phone(), unique()
    keep(page, text)
    page.context.route(f"**{PAGE}sandning.json", lambda route: route.abort("failed"))
    write(page, "Ett utkast")
    page.context.set_offline(False)
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")
    page.wait_for_timeout(500)

    assert "väntar på att skickas: 1" in page.said[-1]
    assert page.evaluate("() => caches.keys()") == []
    assert page.evaluate(DRAFTS) == []
    page.context.unroute(f"**{PAGE}sandning.json")
    log_in(page, "vera")
    walk_to_form(page)
    wait_until_sent(page)
    assert len(received(page, text)) == 1


def test_a_draft_outlives_the_page(phone):
    page, text = phone(), unique()
    write(page, text)

    page.reload()
    page.locator("#rapport[data-state=ready]").wait_for()

    assert page.locator("#sagt").inner_text() == "Utkast sparat"
    assert page.input_value("#id_description") == text
    assert page.locator("#id_category input").first.is_checked()


def test_the_queue_can_be_saved_as_a_file(phone):
    page, text = phone(), unique()
    keep(page, text, photos=1)

    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som fil").click()

    (row,) = json.loads(Path(download.value.path()).read_text())
    fields = dict(row["fields"])
    assert fields["description"] == text
    assert fields["photos"].startswith("data:image/jpeg;base64,")


def test_a_report_can_be_removed_from_the_queue_when_one_has_been_asked(phone):
    page, text = phone(), unique()
    keep(page, text)

    page.get_by_role("button", name="Ta bort", exact=True).click()
    wait_until_sent(page)

    assert page.said == ["Ta bort rapporten? Den har inte skickats."]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_has_no_axe_violation(phone, scheme):
    page = phone(color_scheme=scheme)
    keep(page, unique())

    assert axe(page) == ""
    assert page.evaluate(OVERFLOW) == 0


def test_a_point_on_the_map_is_where_it_happened(phone):
    page = phone()
    page.get_by_role("button", name="Visa karta").click()
    page.locator(".area-map[data-state=drawn]").wait_for(timeout=60_000)

    page.locator(".area-map canvas").click(position={"x": 150, "y": 160})

    assert page.input_value("#id_place") == "Punkt på kartan"
    assert 17 < float(page.input_value("[name=lon]")) < 19
    assert 58 < float(page.input_value("[name=lat]")) < 60


def test_the_page_is_light_enough_for_a_poor_network(browser, site, phone):
    cookies = phone().context.cookies()
    context = browser.new_context(base_url=site, service_workers="block")
    context.add_cookies(cookies)
    page = context.new_page()
    sizes: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))

    page.goto(PAGE, wait_until="networkidle")
    first = sum(sizes)
    sizes.clear()
    page.goto("about:blank")
    page.goto(PAGE, wait_until="networkidle")

    assert 20_000 < first < FIRST_LOAD
    assert 5_000 < sum(sizes) < LATER_LOAD
    context.close()
