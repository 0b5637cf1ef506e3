"""Papers: from one plain description to HTML, PDF, DOCX and JSON that say the same.

``papers.render(paper, "pdf")`` returns bytes; ``papers.write(paper, path)`` chooses by suffix.
"""

from lykta.infrastructure.papers.forms import Form, UnknownForm, render, write
from lykta.infrastructure.papers.paper import (
    Block,
    Cell,
    Column,
    Facts,
    Figure,
    Heading,
    Interval,
    Paper,
    Paragraph,
    Points,
    Side,
    Table,
    Verdict,
)

__all__ = [
    "Block",
    "Cell",
    "Column",
    "Facts",
    "Figure",
    "Form",
    "Heading",
    "Interval",
    "Paper",
    "Paragraph",
    "Points",
    "Side",
    "Table",
    "UnknownForm",
    "Verdict",
    "render",
    "write",
]
