"""The fonts that come with the papers are those that the manifest names, and have our signs."""

import hashlib
import json

import pytest
from fontTools.ttLib import TTFont

from lykta.infrastructure.papers.drawing import FONTS

SIGNS = "åäöÅÄÖéü§–—−×·≤≥≈²³€”’…\u00a0\u202f\u2009\u2011\u2060"


def test_the_manifest_agrees_with_the_files():
    manifest = json.loads((FONTS / "manifest.json").read_text("utf-8"))
    files = {path.name: path for path in FONTS.iterdir() if path.name != "manifest.json"}

    prints = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}

    assert manifest["licence"] == "OFL-1.1"
    assert manifest["sha256"] == prints
    assert "SIL OPEN FONT LICENSE Version 1.1" in files["OFL.txt"].read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["Inter-Regular.ttf", "Inter-SemiBold.ttf", "inter-400.woff2", "inter-600.woff2"]
)
def test_the_fonts_have_the_signs_of_swedish_and_of_numbers(name: str):
    cmap = TTFont(FONTS / name).getBestCmap()

    assert [sign for sign in SIGNS if ord(sign) not in cmap] == []


@pytest.mark.parametrize("name", ["Inter-Regular.ttf", "Inter-SemiBold.ttf", "inter-400.woff2"])
def test_figures_are_tabular_without_asking(name: str):
    font = TTFont(FONTS / name)
    cmap = font.getBestCmap()

    assert len({font["hmtx"][cmap[ord(figure)]][0] for figure in "0123456789"}) == 1
