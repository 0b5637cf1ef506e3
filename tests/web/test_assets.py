"""What the pages load: all of it known, whole, small and from here."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from lykta.infrastructure.papers import tokens

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/lykta/web/static"
VENDOR, OURS = STATIC / "vendor", STATIC / "lykta"
NODE = ROOT / "tools/assets/node"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
VENDORED = {name: sha for package in MANIFEST["packages"] for name, sha in package["files"].items()}
# What every page loads; only a page with a map loads more.
EVERY_PAGE = (
    *("vendor/designsystemet-css/index.css", "vendor/designsystemet-css/theme.css"),
    *("lykta/tokens.css", "lykta/page.css", "lykta/parts.css", "lykta/forms.css"),
    *("lykta/menu.js", "lykta/lantern.svg"),
)
SHEETS = sorted(OURS.glob("*.css"))
FONTS = ROOT / "src/lykta/infrastructure/papers/fonts"  # served as ../fonts/ beside ours
REGISTRY = re.compile(rb'registry\.|"resolved"')


def relative(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_manifest_lists_every_vendored_file_and_no_other():
    assert relative(VENDOR) - {"manifest.json"} == set(VENDORED)


@pytest.mark.parametrize("name", VENDORED)
def test_a_vendored_file_is_the_one_that_was_fetched(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == VENDORED[name]


@pytest.mark.parametrize("package", MANIFEST["packages"], ids=lambda package: package["name"])
def test_a_package_comes_with_its_licence_in_the_version_of_the_lock_file(package):
    lock = json.loads((NODE / "package-lock.json").read_text(encoding="utf-8"))

    locked = lock["packages"][f"node_modules/{package['name']}"]

    assert (package["version"], package["licence"]) == (locked["version"], locked["license"])
    assert any("LICENSE" in name for name in package["files"])


def test_no_file_names_a_registry():
    files = [path for folder in (NODE, STATIC) for path in folder.rglob("*") if path.is_file()]

    named = [path.name for path in files if REGISTRY.search(path.read_bytes())]

    assert named == []


def test_a_sheet_points_at_nothing_but_our_fonts():
    for path in STATIC.rglob("*.css"):
        addresses = re.findall(r"""url\(["']?(?!data:)([^"')]+)""", path.read_text("utf-8"))

        assert {Path(address).parent.as_posix() for address in addresses} <= {"../fonts"}, path.name
        assert all((FONTS / Path(address).name).is_file() for address in addresses)


def test_no_file_points_at_a_source_map():
    pointing = [path for path in STATIC.rglob("*.*") if b"sourceMappingURL=" in path.read_bytes()]

    assert pointing == []


def test_a_page_without_a_map_loads_little():
    loaded = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in EVERY_PAGE)

    assert loaded < 40_000


def test_the_colours_are_those_of_the_papers():
    light, chosen, as_device = re.findall(
        r"\{\s*color-scheme: (?:light|dark);([^}]*)\}", (OURS / "tokens.css").read_text("utf-8")
    )
    declared = [dict(re.findall(r"--ly-([\w-]+): (#\w+);", block)) for block in (light, chosen)]

    for ours, theirs in zip(declared, (tokens.LIGHT, tokens.DARK), strict=True):
        shared = ours.keys() & theirs.keys() - {"land", "landline"}  # a map of tiles differs
        assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}
    assert as_device.split() == chosen.split()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_uses_only_tokens_that_there_are_and_writes_colours_in_one_place(path):
    text = path.read_text(encoding="utf-8")
    known = set(re.findall(r"(--[\w-]+):", "".join(sheet.read_text("utf-8") for sheet in SHEETS)))

    used = set(re.findall(r"var\((--(?!ds-)[\w-]+)", text))

    assert used <= known
    assert path.name == "tokens.css" or not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", text)
