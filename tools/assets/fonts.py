"""Build the fonts of the papers from an unpacked copy of the npm package ``@fontsource/inter``.

The package holds Inter cut in pieces for the web. A paper needs whole, static fonts: Latin and
extended Latin in one file, with the few signs that the pieces lack. Run it as

    npm pack @fontsource/inter && tar xzf fontsource-inter-*.tgz
    python tools/assets/fonts.py package
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[2] / "src/lykta/infrastructure/papers/fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
FOR_THE_PAGE = [*range(0x20, 0x17F), *range(0x2000, 0x2070), *map(ord, "€™−×≤≥≈²³·§")]
SPACES = {0x202F: 0.5, 0x2009: 0.6, 0x2060: 0.0}  # width as a share of the word space
MADE = 3_786_912_000  # a fixed time (1904 epoch), so that the same package gives the same bytes
STACKED = {0x2264: ("less", "minus"), 0x2265: ("greater", "minus"), 0x2248: ("asciitilde",) * 2}


def merged(package: Path, weight: int, folder: Path) -> TTFont:
    """Return Latin and extended Latin of one weight as one font."""
    pieces = []
    for piece in ("latin", "latin-ext"):
        font = TTFont(package / f"files/inter-{piece}-{weight}-normal.woff2")
        font.flavor = None
        pieces.append(folder / f"{piece}-{weight}.ttf")
        font.save(pieces[-1])
    return Merger().merge([str(piece) for piece in pieces])


def stacked(font: TTFont, upper: str, lower: str) -> TTGlyphPen:
    """Return a pen that has drawn one sign above another, as ≤ is < above −."""
    pen = TTGlyphPen(None)
    glyphs = font.getGlyphSet()
    rise = font["head"].unitsPerEm * 0.11
    drop = rise if upper == lower else font["head"].unitsPerEm * 0.33
    glyphs[upper].draw(TransformPen(pen, (1, 0, 0, 1, 0, rise)))
    glyphs[lower].draw(TransformPen(pen, (1, 0, 0, 1, 0, -drop)))
    return pen


def add_glyph(font: TTFont, code: int, pen: TTGlyphPen, width: int) -> None:
    """Add a drawn glyph to the font under a code point."""
    name = f"uni{code:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (width, getattr(font["glyf"][name], "xMin", 0))
    for table in font["cmap"].tables:
        table.cmap[code] = name


def complete(font: TTFont) -> None:
    """Make figures tabular without asking, and add the signs that the pieces lack.

    Inter's own tabular feature also widens spaces, commas and brackets, which spoils a sentence.
    """
    cmap = font.getBestCmap()
    space = font["hmtx"][cmap[0x20]][0]
    for code, share in SPACES.items():
        if code not in cmap:
            add_glyph(font, code, TTGlyphPen(None), round(space * share))
    for code, (upper, lower) in STACKED.items():
        if code not in cmap:
            add_glyph(font, code, stacked(font, upper, lower), font["hmtx"][upper][0])
    for table in font["cmap"].tables:
        table.cmap.setdefault(0x2011, cmap[ord("-")])
        for figure in map(ord, "0123456789"):
            table.cmap[figure] = cmap[figure] + ".tf"


def rename(font: TTFont, style: str) -> None:
    """Name the font Inter, of the given style, found by family and weight."""
    names = font["name"]
    family = "Inter" if style == "Regular" else f"Inter {style}"
    words = {1: family, 2: "Regular", 4: f"Inter {style}", 6: f"Inter-{style}"}
    for record, text in (words | {16: "Inter", 17: style}).items():
        names.setName(text, record, 3, 1, 0x409)


def save_for_the_page(font_path: Path, target: Path) -> None:
    """Save the part of the font that a web page carries, compressed."""
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
    font = subset.load_font(str(font_path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=FOR_THE_PAGE)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def manifest(version: str) -> dict[str, object]:
    """Return what the folder holds: where each file is from, its licence and its fingerprint."""
    files = sorted(path for path in TARGET.iterdir() if path.name != "manifest.json")
    return {
        "name": "@fontsource/inter",
        "version": version,
        "licence": "OFL-1.1",
        "changes": "Latin and extended Latin merged, figures tabular by default, the signs U+202F,"
        " U+2060, U+2011, ≤, ≥ and ≈ added, a smaller cut made for web pages.",
        "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }


def build(package: Path) -> None:
    """Build every file of the fonts folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for weight, style in WEIGHTS.items():
            font = merged(package, weight, Path(folder))
            complete(font)
            rename(font, style)
            font["OS/2"].usWeightClass = weight
            font["head"].created = font["head"].modified = MADE
            font.recalcTimestamp = False
            font.save(TARGET / f"Inter-{style}.ttf")
            save_for_the_page(TARGET / f"Inter-{style}.ttf", TARGET / f"inter-{weight}.woff2")
    (TARGET / "OFL.txt").write_text((package / "LICENSE").read_text("utf-8"), "utf-8")
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    text = json.dumps(manifest(version), ensure_ascii=False, indent=2)
    (TARGET / "manifest.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
