"""From a Vega-Lite specification to a drawing, in the look of the papers and without the net."""

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from lykta.infrastructure.papers.tokens import LIGHT, RAMP

FONTS = Path(__file__).parent / "fonts"
VEGA_LITE = "6.4"
SIZES: dict[
    str, dict[str, float]
] = {  # px: on a screen, and on paper, where the drawing is set at three quarters
    "screen": {"label": 13, "small": 12, "note": 13, "strong": 13},
    "print": {"label": 11.5, "small": 10.5, "note": 11, "strong": 11.5},
}


def config(sizes: str) -> dict[str, Any]:
    """Return the look of every chart: quiet axes, hairlines, Inter; text sizes by medium."""
    size = SIZES[sizes]
    text = {"font": "Inter", "baseline": "middle", "color": LIGHT["ink2"], "fontWeight": 400}
    return {
        "background": None,
        "font": "Inter",
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "title": None,
            "labelFontSize": size["label"],
            "labelColor": LIGHT["ink2"],
            "labelPadding": 8,
            "gridColor": LIGHT["line"],
        },
        "range": {"ramp": list(RAMP), "ordinal": list(RAMP), "category": list(RAMP)},
        "text": {"color": LIGHT["ink2"]},
        "style": {
            "label": text | {"fontSize": size["label"]},
            "small": text | {"fontSize": size["small"]},
            "note": text | {"fontSize": size["note"], "color": LIGHT["ink"]},
            "strong": text | {"fontSize": size["strong"], "fontWeight": 600, "color": LIGHT["ink"]},
        },
    }


@cache
def engine() -> Any:
    """Return the drawing engine, loaded at first use, with Inter registered."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def to_svg(spec: dict[str, Any], *, marking: str = "", sizes: str = "screen") -> str:
    """Return the drawing as SVG, with the marking below it; data from the net are refused."""
    drawn: str = engine().vegalite_to_svg(
        {"padding": 1, **spec},
        vl_version=VEGA_LITE,
        config=config(sizes),
        format_locale="sv-SE",
        time_format_locale="sv-SE",
        allowed_base_urls=[],
    )
    # Vega names every part for screen readers, in English; the figure's own words stand instead.
    bare = re.sub(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"', "", drawn)
    bare = renumbered(bare).replace("<text ", '<text paint-order="stroke" stroke-linejoin="round" ')
    return with_marking(bare, marking, SIZES[sizes]["small"]) if marking else bare


def renumbered(svg: str) -> str:
    """Return the drawing with its parts numbered from 1: Vega counts on from the last drawing."""
    for count, name in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', svg)), start=1):
        svg = re.sub(
            rf'( id="|url\(#|href="#){re.escape(name)}(?=["\)])', rf"\g<1>part-{count}", svg
        )
    return svg


def to_png(spec: dict[str, Any], *, marking: str = "", scale: float = 2.0) -> bytes:
    """Return the drawing as a PNG picture at `scale` times its size, in the sizes of print."""
    svg = to_svg(spec, marking=marking, sizes="print")
    paper = f'<rect width="100%" height="100%" fill="{LIGHT["bg"]}"/>'
    svg = svg.replace(">", f">{paper}", 1)
    png: bytes = engine().svg_to_png(svg, scale=scale)
    return png


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of the drawing, in px."""
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if match is None:
        raise ValueError("svg has no viewBox that begins at 0 0")
    return float(match[1]), float(match[2])


def with_marking(svg: str, marking: str, size: float) -> str:
    """Return the drawing made taller, with the marking in the new strip at its foot."""
    width, height = size_of(svg)
    pill = round(len(marking) * size * 0.51 + 16)
    left, top = max(width - pill, 0), height + 8
    strip = (
        f'<g font-family="Inter" font-size="{size}px" text-anchor="middle">'
        f'<rect x="{left}" y="{top}" width="{pill}" height="20" rx="3" fill="{LIGHT["mark"]}"/>'
        f'<text x="{left + pill / 2}" y="{top + 10 + size * 0.36:.1f}"'
        f' fill="{LIGHT["mark-ink"]}">{escape(marking)}</text></g></svg>'
    )
    head, rest = svg.split(">", 1)
    taller = re.sub(r' height="[^"]*"', f' height="{height + 28:g}"', head)
    taller = re.sub(r' viewBox="[^"]*"', f' viewBox="0 0 {width:g} {height + 28:g}"', taller)
    return f"{taller}>{rest.removesuffix('</svg>')}{strip}"
