"""The gallery says what the methods say, and shows nothing that cannot be typed."""

import ast
import inspect
import json
import os
import re
import shlex
from collections.abc import Iterator

import click
import pytest
from tests.architecture.house import ROOT
from tools.assets.gallery import PAGES

import lykta.analysis
from lykta.cli import lykta as whole

GALLERY, IMAGES = ROOT / "docs/gallery", ROOT / "docs/images/gallery"
FIGURES = json.loads((GALLERY / "figures.json").read_text("utf-8"))
PARTS = ["What it answers", "An example", "How to do it", "What it does not tell", "Source"]
MOST_BYTES = 60_000


def page(name: str) -> str:
    """Return the text of a page, with the minus that is typed."""
    return (GALLERY / f"{name}.md").read_text("utf-8").replace("−", "-")


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of a page and each of its blocks in a language."""
    for path in sorted(GALLERY.glob("*.md")):
        found = re.findall(rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
        yield from ((path.stem, block) for block in found)


def commands() -> Iterator[list[str]]:
    """Yield the words of each command of the pages."""
    for _name, block in blocks("sh"):
        for line in block.replace("\\\n", " ").splitlines():
            yield shlex.split(line)


def called(block: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call of something that the block takes from the analysis."""
    tree = ast.parse(block)
    taken = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "lykta.analysis"
        for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in taken:
            yield node.func.id, node


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_parts_and_a_picture_of_named_data(name: str):
    text, picture = page(name), IMAGES / f"{name}.svg"

    assert re.findall(r"^## (.*)$", text, re.M) == PARTS
    assert f"](../images/gallery/{name}.svg)\n\n*Data: " in text
    assert picture.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_stands_in_the_text(name: str):
    words = re.sub(r"\s+", " ", page(name))

    missing = [
        figure
        for figure in FIGURES[name].values()
        if not re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.\d)", words)
    ]

    assert missing == []


@pytest.mark.parametrize(("name", "block"), list(blocks("python")))
def test_what_a_page_calls_is_there_and_takes_what_it_is_given(name: str, block: str):
    for function, call in called(block):
        known = inspect.signature(getattr(lykta.analysis, function))
        known.bind(*call.args, **{str(word.arg): word.value for word in call.keywords})


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_what_a_page_types_is_understood(words: list[str]):
    command, context = whole, click.Context(whole)
    rest = words[1:]
    while isinstance(command, click.Group):
        command, rest = command.get_command(context, rest[0]), rest[1:]

    assert words[0] == "lykta"
    command.make_parser(click.Context(command)).parse_args(rest)


@pytest.mark.skipif(not os.environ.get("LYKTA_REFERENCE_DIR"), reason="the data are not at hand")
@pytest.mark.parametrize("name", PAGES)
def test_the_figures_are_what_the_data_give(name: str):
    assert PAGES[name]()[1] == FIGURES[name]
