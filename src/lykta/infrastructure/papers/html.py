"""A paper as one page of HTML that needs nothing beside itself: no script and no request."""

import base64
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from lykta.infrastructure.papers import layout
from lykta.infrastructure.papers.drawing import FONTS, to_svg
from lykta.infrastructure.papers.paper import Figure, Paper
from lykta.infrastructure.papers.tokens import DARK, LIGHT, as_css, as_variables

TEMPLATES = Path(__file__).parent / "templates"


def render(paper: Paper, links: Mapping[str, str] | None = None) -> bytes:
    """Return the paper as a page; `links` are its other forms, name to address."""
    tree = layout.tree(paper, _Drawer(paper.marking).draw)
    template = _environment().get_template("paper.html.jinja")
    page = template.render(
        paper=tree,
        contents=[node for node in tree["blocks"] if node.get("level") == 2 and "anchor" in node],
        links=dict(links or {}),
        made_at=paper.made.isoformat(),
        css=css(),
        along=lambda share: f"{6 + 118 * share:.1f}",
    )
    return page.encode("utf-8")


@cache
def _environment() -> Environment:
    """Return the templates, which escape all they are given."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )


@cache
def css() -> Markup:
    """Return the style sheet: fonts, colours for light and dark, and the rules."""
    faces = "".join(
        f"@font-face{{font-family:Inter;font-weight:{weight};font-display:swap;"
        f"src:url(data:font/woff2;base64,{_as_text(FONTS / f'inter-{weight}.woff2')})"
        ' format("woff2")}'
        for weight in (400, 600)
    )
    dark = f"{as_css(DARK)}color-scheme:dark"
    colours = (
        f":root{{{as_css(LIGHT)}color-scheme:light}}"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not([data-color-scheme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-color-scheme=dark]{{{dark}}}}}"
    )
    # The style sheet and the fonts are ours; nothing of a paper's is in them.
    return Markup(faces + colours + (TEMPLATES / "paper.css").read_text("utf-8"))  # noqa: S704


def _as_text(path: Path) -> str:
    """Return a file as base64."""
    return base64.b64encode(path.read_bytes()).decode("ascii")


class _Drawer:
    """Draws the figures of one page, each with names of its own."""

    def __init__(self, marking: str) -> None:
        self.marking = marking
        self.drawn = 0

    def draw(self, figure: Figure) -> dict[str, Any]:
        """Return the drawings of a figure: for a desk, and for a phone if there is one."""
        narrow = figure.narrow_spec
        drawings = [self._drawing(figure, figure.spec, "whole" if narrow else "")]
        if narrow:
            drawings.append(self._drawing(figure, narrow, "narrow"))
        return {"drawings": drawings}

    def _drawing(self, figure: Figure, spec: dict[str, Any], css_class: str) -> dict[str, Any]:
        """Return one drawing: SVG with title and description in words."""
        self.drawn += 1
        own = f"figur-{self.drawn}"
        svg = as_variables(to_svg(spec, marking=self.marking))
        svg = re.sub(r'(id="|url\(#|href="#)', rf"\g<1>{own}-", svg)
        named = f"{own}-titel {own}-beskrivning"
        svg = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{named}" ', 1)
        title = ". ".join(part for part in (figure.number, figure.caption) if part)
        said = (
            f'<title id="{own}-titel">{escape(title)}</title>'
            f'<desc id="{own}-beskrivning">{escape(figure.alt)}</desc>'
        )
        svg = svg.replace(">", f">{said}", 1)
        # Vega escapes the words in a drawing, and escape() those we add.
        return {"svg": Markup(svg), "class": css_class, "scrolls": not css_class}  # noqa: S704
