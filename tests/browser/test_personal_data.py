"""The screen in the browser finds the numbers that the server finds, and asks no one."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from tests.architecture.house import ROOT
from tests.infrastructure.personal_data.corpus import reports
from tests.infrastructure.personal_data.measure import NUMBERS

from lykta.infrastructure.personal_data import screen

SCRIPT = ROOT / "src/lykta/web/static/lykta/personal-data.js"
REPORTS = [report for half in ("develop", "held_apart") for report in reports(half)]
FIND = """async ([texts, words]) => {
    const { findings } = await import("/personal-data.js");
    return texts.map((text) => findings(text, words).map(
        ({ kind, start, end, say }) => ({ kind, start, said: text.slice(start, end), say })));
}"""
# Pieces of what the forms look for. Digits of other scripts are left to the server: none here.
WORDS = (
    "0 7 1 12 46 070 08 00 +46 174 0605 19 20 9802 900101 19900101 900131 900132 900160 900161 "
    "900191 900192 900001 901201 901301 ABC12D abc 12d 123 BUS + - – . / ( ) 070-1740605 @ (at) "
    "(a) [at] snabel-a snabela nora nora@example.se example.se .se å Å ² ½ ſ 😀 , _ 03-11-2026"
)
BETWEEN = [
    *[" "] * 12,
    "  ",
    "\n",
    "\u00a0",
    "\u0301",
    "900101\u00a0-9802",
    "nora snabel-a example.se",
]
PIECES = [*WORDS.split(" "), *BETWEEN]
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
Find = Callable[..., list[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def find(browser: Any) -> Iterator[Find]:
    """Yield what looks through texts in the browser; only the script itself may be fetched."""
    context = browser.new_context()
    page = context.new_page()
    fetched = []

    def answer(route: Any) -> None:
        fetched.append(route.request.url)
        if route.request.url.endswith(".js"):
            route.fulfill(path=SCRIPT, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://text.test/")
    yield lambda texts, words=None: page.evaluate(FIND, [texts, words or {}])
    context.close()
    assert fetched == ["http://text.test/", "http://text.test/personal-data.js"]


def on_the_server(text: str) -> list[tuple[str, str]]:
    """Return the kinds and the words of the numbers that the server finds."""
    return [
        (each.kind.value, text[each.start : each.end])
        for each in screen(text)
        if each.kind in NUMBERS
    ]


def told(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the kinds and the words of what the browser finds."""
    return [(row["kind"], row["said"]) for row in rows]


def test_the_browser_finds_in_the_corpus_what_the_server_finds(find):
    texts = [report.text for report in REPORTS]

    here = [told(rows) for rows in find(texts)]

    assert here == [on_the_server(text) for text in texts]


def test_each_number_that_is_labelled_is_found(find):
    rows = find([report.text for report in REPORTS])
    labelled = [
        (report.text[label.start : label.end], told(found))
        for report, found in zip(REPORTS, rows, strict=True)
        for label in report.labels
        if label.kind in NUMBERS
    ]

    assert len(labelled) > 350
    missed = [
        number
        for number, found in labelled
        if not any(number in said or said in number for _kind, said in found)
    ]
    assert missed == []


def test_whatever_is_written_the_two_agree(find):
    draw = random.Random(7)
    texts = ["".join(draw.choices(PIECES, k=draw.randint(2, 16))) for _ in range(20_000)]

    for text, rows in zip(texts, find(texts), strict=True):
        assert told(rows) == on_the_server(text), text


def test_the_two_know_the_same_words_that_begin_no_plate(find):
    words = ["".join(three) for three in product(LETTERS, repeat=3)]
    texts = [
        ", ".join(f"{word} 123" for word in words[at : at + 200])
        for at in range(0, len(words), 200)
    ]

    assert [told(rows) for rows in find(texts)] == [on_the_server(text) for text in texts]


def test_what_to_do_is_said_in_the_words_of_the_page(find):
    say = "Ta bort det."

    rows = find(["mejla nora@example.se, bil abc 12d"], {"takeOut": say})[0]

    assert [(row["kind"], row["say"]) for row in rows] == [("e-post", say), ("bil", say)]


def test_places_are_counted_as_the_browser_counts_letters(find):
    (row,) = find(["😀 ring 070-174 06 05"])[0]

    assert (row["start"], row["said"]) == (8, "070-174 06 05")


def test_the_script_is_small():
    assert SCRIPT.stat().st_size < 6 * 1024
