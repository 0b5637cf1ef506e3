"""A paper as plain data: the one thing from which every form of it is made.

A `Paper` holds finished words and numbers. The renderers (HTML, PDF, DOCX, JSON) lay them out
and change none, so that all forms of a paper say the same. What cannot be laid out for every
reader (a figure without words, a skipped heading) cannot be made at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the paper's title and is not used here."""

    text: str
    level: int = 2
    anchor: str = ""

    def __post_init__(self) -> None:
        """Refuse a level that is not 2, 3 or 4."""
        if self.level not in (2, 3, 4):
            raise ValueError(f"level: {self.level}; a heading in a paper is of level 2, 3 or 4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; `lead` is set in bold before it, close up to a comma or a full stop."""

    text: str
    lead: str = ""
    tone: Literal["body", "lede", "quiet"] = "body"


@dataclass(frozen=True, slots=True)
class Points:
    """A list whose items are paragraphs; numbered where order carries meaning."""

    items: tuple[Paragraph, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its interval, drawn in a table cell on the column's common scale."""

    low: float
    value: float
    high: float
    is_outside: bool = False  # the interval excludes the reference line: drawn in accent


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. What an interval draws must stand in figures in another column."""

    title: str
    kind: Literal["text", "number", "interval", "verdict"] = "text"
    # For "interval": smallest, reference line and largest value of the scale, and whether it is log
    scale: tuple[float, float, float] | None = None
    is_log: bool = False

    def __post_init__(self) -> None:
        """Refuse a column of intervals without a scale."""
        if (self.kind == "interval") != (self.scale is not None):
            raise ValueError(f"scale: {self.scale} for a column of kind {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of three verdicts, always in words; the ring beside it is never the only sign."""

    text: str
    kind: Literal["expected", "outside", "unknown"]  # hollow, filled and dashed ring


Cell = str | Interval | Verdict | None  # None: missing, shown in words. "": blank on purpose


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column holds the row headings."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    note: str = ""
    number: str = ""  # "Tabell 3"

    def __post_init__(self) -> None:
        """Refuse a row that is longer or shorter than the columns."""
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"rows: {row} has {len(row)} cells, not {len(self.columns)}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or map: a Vega-Lite specification, and the words that stand in for it."""

    caption: str
    spec: dict[str, Any] = field(hash=False)
    alt: str  # the whole of what it shows, in words
    source: str = ""  # source, period, status
    number: str = ""  # "Figur 3"
    narrow_spec: dict[str, Any] | None = field(default=None, hash=False)  # the same, on a phone

    def __post_init__(self) -> None:
        """Refuse a figure that says nothing to those who cannot see it."""
        if not self.alt.strip():
            raise ValueError(f"alt: empty for the figure {self.caption!r}; say what it shows")


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of term and description: a source passport, the settings of a method."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A heading beside its blocks, as the opening of a paper (over them on a phone)."""

    title: str
    blocks: tuple["Block", ...]


Block = Heading | Paragraph | Points | Table | Figure | Facts | Side


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper, ready to be laid out."""

    title: str
    eyebrow: str
    lede: str
    organisation: str
    registry_number: str
    blocks: tuple[Block, ...]
    source_line: str  # foot of every page
    made_at: str  # ISO date and time, given by the caller
    language: Literal["sv", "en"] = "sv"
    marking: str = ""  # shown on every page and figure, e.g. "Exempeldata – syntetiska"
    data: dict[str, Any] = field(default_factory=dict, hash=False)  # for JSON: the numbers

    def __post_init__(self) -> None:
        """Refuse an empty title, an instant that is none, and headings that skip a level."""
        if not self.title.strip():
            raise ValueError("title: empty; a paper has a title")
        datetime.fromisoformat(self.made_at)
        level = 1
        for heading in self.headings():
            if heading.level > level + 1:
                raise ValueError(f"blocks: {heading.text!r} skips from level {level}")
            level = heading.level

    @property
    def made(self) -> datetime:
        """Return the instant the paper was made; UTC where it names no zone."""
        made = datetime.fromisoformat(self.made_at)
        return made if made.tzinfo else made.replace(tzinfo=UTC)

    def headings(self) -> Iterator[Heading]:
        """Yield the headings in order; that of a `Side` is of level 2."""
        for block in self.blocks:
            if isinstance(block, Heading):
                yield block
            if isinstance(block, Side):
                yield Heading(block.title)
                yield from (inner for inner in block.blocks if isinstance(inner, Heading))
