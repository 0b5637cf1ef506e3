"""A paper as PDF for print and for every reader: tagged (PDF/UA-1), set with Typst.

The paper goes to the template as data. Its text is never put together with Typst's source.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.papers import layout
from lykta.infrastructure.papers.drawing import FONTS, size_of, to_svg
from lykta.infrastructure.papers.paper import Figure, Paper
from lykta.infrastructure.papers.tokens import LIGHT

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"


class UnprintableSign(LyktaError):
    """The text holds a sign, such as an emoji, that no font of the papers has."""

    code = "unprintable-sign"


def render(paper: Paper) -> bytes:
    """Return the paper as PDF; the same paper gives the same bytes."""
    import typst

    def draw(figure: Figure) -> dict[str, Any]:
        svg = to_svg(figure.spec, marking=paper.marking, sizes="print")
        return {"svg": svg, "width": size_of(svg)[0]}

    try:
        pdf: bytes = typst.compile(
            TEMPLATE.read_bytes(),
            root=TEMPLATE.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(paper.made.timestamp()),
            sys_inputs={
                "paper": json.dumps(layout.tree(paper, draw), ensure_ascii=False),
                "tokens": json.dumps(LIGHT),
            },
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise UnprintableSign(f"Papperet kan inte tryckas: {_sign(error.message)}") from error
        raise ValueError(f"paper: cannot be set as PDF: {error.message}") from error
    return pdf


@cache
def _fonts() -> Any:
    """Return the fonts of the papers; those of the machine are left aside."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _sign(message: str) -> str:
    """Return which sign cannot be printed, from the message of the typesetter."""
    sign = message.partition('"')[2].partition('"')[0]
    return f"tecknet {sign} finns inte i typsnittet. Ta bort det eller skriv det med bokstäver."
