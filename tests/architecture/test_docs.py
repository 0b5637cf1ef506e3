"""What can be typed, set or met is described."""

import ast
import importlib
import re
from collections.abc import Iterator

import click
import pytest
from tests.architecture.house import ROOT, python_files

from lykta.cli import COMMANDS, lykta
from lykta.sources.known import AREA_LAYOUTS, EVENT_LAYOUTS

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
ROOMS = "places partners statutes documents events surveys indicators problems measures budgets "
ROOMS += "activities cameras walks meetings plans answers cases compliance"


def page(name: str) -> str:
    """Return a page of the reference."""
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """Return what the page of the command line says of one command."""
    found = re.search(rf"^## `lykta {name}`\n(.*?)(?=^## |\Z)", page("cli"), re.M | re.S)
    return found[1] if found else ""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield each command as it is typed, those of a group too."""
    found = [(name, lykta.get_command(click.Context(lykta), name)) for name in COMMANDS]
    for name, command in found:
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for inner in command.list_commands(context):
                one = command.get_command(context, inner)
                assert one is not None
                yield f"{name} {inner}", one


def options() -> Iterator[tuple[str, str]]:
    """Yield each command and the options that can be typed after it."""
    for name, command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, text) for text in parameter.opts)


def settings() -> set[str]:
    """Return the names of the settings that the house and its tools read."""
    places = [
        *python_files(),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "benchmarks").rglob("*.py"),
    ]
    places += [ROOT / "Makefile", ROOT / ".ci/run", ROOT / "tools/setup-test-machine"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    return {"NUMBA_CACHE_DIR", *re.findall(r"\bLYKTA_[A-Z_]*[A-Z]\b", text)}


def error_codes() -> set[str]:
    """Return the codes of the errors that a user may meet."""
    codes = set()
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                codes |= {
                    inner.value.value
                    for inner in node.body
                    if isinstance(inner, ast.Assign)
                    and isinstance(inner.targets[0], ast.Name)
                    and inner.targets[0].id == "code"
                    and isinstance(inner.value, ast.Constant)
                }
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "LyktaError":
                codes |= {k.value.value for k in node.keywords if k.arg == "code"}
    return codes


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_described(name: str):
    assert section(name)


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_option_is_described(command: str, option: str):
    assert f"`{option}`" in section(command)


def test_no_option_is_described_that_is_not_there():
    for name, _command in commands():
        described = set(re.findall(r"^\| .*?(--[a-z-]+)` \|", section(name), re.M))

        assert described <= {option for command, option in options() if command == name}


@pytest.mark.parametrize("name", sorted(settings()))
def test_every_setting_is_described(name: str):
    assert f"`{name}`" in page("settings")


def test_every_error_is_described_and_no_other():
    described = set(re.findall(r"^\| `([a-z-]+)` \|", page("errors"), re.M))

    assert described == error_codes()


def test_the_decisions_are_numbered_in_a_row_and_all_listed():
    pages = sorted(path.name for path in (DOCS / "adr").glob("0*.md"))
    index = (DOCS / "adr/index.md").read_text(encoding="utf-8")

    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    assert [name for name in pages if f"({name})" not in index] == []


def test_every_room_is_in_the_glossary():
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")

    assert [room for room in ROOMS.split() if f"| `{room}` |" not in glossary] == []


def test_the_tables_of_the_pages_are_read_from_the_code(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(DOCS / "_extensions")
    house = importlib.import_module("house")

    table = house.layouts()

    assert [key for key in {**EVENT_LAYOUTS, **AREA_LAYOUTS} if f"`{key}`" not in table] == []


def test_every_page_is_within_reach():
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} - {"index.md"}
    listed = {
        (path.parent / f"{line}.md").relative_to(DOCS).as_posix()
        for path in DOCS.rglob("index.md")
        for block in re.findall(r"```\{toctree\}\n(.*?)```", path.read_text("utf-8"), re.S)
        for line in block.split()
        if not line.startswith(":")
    }

    assert pages - {path for path in pages if "_build" in path} - listed == set()
