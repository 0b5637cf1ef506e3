"""A paper as the plain tree that every form is set from, so that all forms say the same.

Here, once, it is settled what a missing cell is called, where the numbers of a figure stand,
on which level a heading is, and where on its scale an interval is drawn.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

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
from lykta.infrastructure.papers.words import WORDS

Node = dict[str, Any]
LINE = 104.0  # letters of a table across a page
INTERVAL = 21.0  # letters' room that a drawn interval takes
WIDEST = 44.0  # letters, of a column
BOLD = 1.07  # how much wider letters are in bold
Draw = Callable[[Figure], Node]


def tree(paper: Paper, draw: Draw) -> Node:
    """Return the whole paper as a tree; `draw` gives what a form draws for a figure."""
    return {
        "title": paper.title,
        "eyebrow": paper.eyebrow,
        "lede": paper.lede,
        "organisation": paper.organisation,
        "registry_number": paper.registry_number,
        "source_line": paper.source_line,
        "marking": paper.marking,
        "language": paper.language,
        "document_title": document_title(paper),
        "words": WORDS[paper.language],
        "blocks": _Setter(WORDS[paper.language], draw).blocks(paper.blocks),
    }


def document_title(paper: Paper) -> str:
    """Return the title that a document carries in its metadata: with the marking."""
    return f"{paper.title} ({paper.marking})" if paper.marking else paper.title


class _Setter:
    """Sets blocks one after another and remembers the level of the last heading."""

    def __init__(self, words: dict[str, str], draw: Draw) -> None:
        self.words = words
        self.draw = draw
        self.level = 1
        self.made = 0

    def blocks(self, blocks: Iterable[Block]) -> list[Node]:
        """Return the blocks as nodes."""
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> Node:
        """Return one block as a node with its `type`."""
        match block:
            case Heading():
                return self.heading(block.text, block.level, block.anchor)
            case Paragraph():
                return {"type": "paragraph", "tone": block.tone, **run(block)}
            case Points():
                items = [run(item) for item in block.items]
                return {"type": "points", "is_numbered": block.is_numbered, "items": items}
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Facts():
                pairs = [{"term": term, "text": text} for term, text in block.pairs]
                level = min(self.level + 1, 4)
                return {"type": "facts", "title": block.title, "level": level, "pairs": pairs}
            case Side():
                heading = self.heading(block.title, 2, "")
                return {"type": "side", "heading": heading, "blocks": self.blocks(block.blocks)}

    def heading(self, text: str, level: int, anchor: str) -> Node:
        """Return a heading with an anchor of its own."""
        self.level = level
        self.made += 1
        return {
            "type": "heading",
            "text": text,
            "level": level,
            "anchor": anchor or f"avsnitt-{self.made}",
        }

    def table(self, table: Table) -> Node:
        """Return a table, cell by cell."""
        rows = [self.cells(row, table.columns) for row in table.rows]
        total = self.cells(table.total, table.columns) if table.total else None
        heads = [{"kind": "text", "text": column.title} for column in table.columns]
        return {
            "type": "table",
            "number": table.number,
            "caption": table.caption,
            "note": table.note,
            "columns": [{"title": c.title, "kind": c.kind} for c in table.columns],
            "letters": letters([heads, *rows, *([total] if total else [])], table.columns),
            "rows": rows,
            "total": total,
        }

    def cells(self, row: tuple[Cell, ...], columns: tuple[Column, ...]) -> list[Node]:
        """Return the cells of a row."""
        return [
            self.cell(cell, column, is_first=index == 0)
            for index, (cell, column) in enumerate(zip(row, columns, strict=True))
        ]

    def cell(self, cell: Cell, column: Column, *, is_first: bool) -> Node:
        """Return a cell: words, or an interval to be drawn; what is missing is said in words."""
        node: Node = {"kind": "text", "text": "", "is_heading": is_first}
        match cell:
            case Interval():
                return node | {"kind": "interval", "drawn": place(cell, column)}
            case Verdict():
                return node | {"kind": "verdict", "text": cell.text, "ring": cell.kind}
            case None if column.kind != "interval":
                return node | {"kind": "missing", "text": self.words["missing"]}
        return node | {"text": cell or ""}

    def figure(self, figure: Figure) -> Node:
        """Return a figure with what the form draws for it."""
        return {
            "type": "figure",
            "number": figure.number,
            "caption": figure.caption,
            "alt": figure.alt,
            "source": figure.source,
            **self.draw(figure),
        }


def letters(rows: Sequence[Sequence[Node]], columns: Sequence[Column]) -> list[float]:
    """Return how many letters wide each column is to be on a page; 0 for one that is drawn.

    A column gets what its longest word needs, and the columns share what is left as they want.
    """
    needs: list[float] = []
    wants: list[float] = []
    for cells, column in zip(zip(*rows, strict=True), columns, strict=True):
        parts = [_parts(cell, column) for cell in cells]
        weight = BOLD if not needs else 1
        need = max(len(part) for cell in parts for part in cell) * weight + 2.5
        want = max(len(" ".join(cell)) for cell in parts) * weight + 2.5
        is_drawn = column.kind == "interval"
        needs.append(0.0 if is_drawn else need)
        wants.append(0.0 if is_drawn else max(need, min(want, WIDEST)))
    spare = LINE - INTERVAL * needs.count(0.0) - sum(needs)
    wish = sum(wants) - sum(needs)
    if spare <= 0 or wish <= spare:
        return wants if wish <= spare else needs
    return [need + (want - need) * spare / wish for need, want in zip(needs, wants, strict=True)]


def _parts(cell: Node, column: Column) -> list[str]:
    """Return the parts of a cell's words between which a line may break."""
    if column.kind == "number" and cell["kind"] == "text":
        return [cell["text"]]
    if column.kind == "number":
        return [max(cell["text"].split(" "), key=len)]
    ring = ["ooo"] if cell["kind"] == "verdict" else []
    return [*ring, *re.split(r"[ \-/]", cell["text"])]


def run(paragraph: Paragraph) -> Node:
    """Return a paragraph as its bold lead, the space after it, and its text."""
    is_close = not paragraph.lead or paragraph.text[:1] in ("", ",", ".", ":", ";")
    return {"lead": paragraph.lead, "gap": "" if is_close else " ", "text": paragraph.text}


def place(interval: Interval, column: Column) -> Node | None:
    """Return where on the column's scale an interval lies, as shares of its width from 0 to 1."""
    if column.scale is None:
        raise ValueError(f"columns: {column.title!r} holds an interval and has no scale")
    if not all(map(math.isfinite, (interval.low, interval.value, interval.high))):
        return None
    smallest, reference, largest = column.scale
    scaled = math.log if column.is_log else float

    def share(value: float) -> float:
        if column.is_log and value <= 0:
            return 0.0
        along = (scaled(value) - scaled(smallest)) / (scaled(largest) - scaled(smallest))
        return round(min(max(along, 0.0), 1.0), 4)

    return {
        "low": share(interval.low),
        "value": share(interval.value),
        "high": share(interval.high),
        "reference": share(reference),
        "is_outside": interval.is_outside,
    }
