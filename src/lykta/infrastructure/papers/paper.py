"""A paper as plain data: the one thing from which every form of it is made.

A `Paper` holds finished words and numbers. The renderers (HTML, PDF, DOCX, JSON) lay them out
and change none, so that all forms of a paper say the same.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the paper's title and is not used here."""

    text: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; `lead` is set in bold before it."""

    text: str
    lead: str = ""
    tone: str = "body"  # "body", "lede", "quiet"


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
    """A column of a table."""

    title: str
    kind: str = "text"  # "text", "number" (right-aligned, tabular), "interval", "verdict"
    # For "interval": smallest, reference line and largest value of the scale, and whether it is log
    scale: tuple[float, float, float] | None = None
    is_log: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of three verdicts, always in words; the ring beside it is never the only sign."""

    text: str
    kind: str  # "expected" (hollow ring), "outside" (filled ring), "unknown" (dashed ring)


Cell = str | Interval | Verdict | None  # None: left blank on purpose, read out as "uppgift saknas"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column holds the row headings."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    note: str = ""
    number: str = ""  # "Tabell 3"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or map: a Vega-Lite specification, and the words that stand in for it."""

    caption: str
    spec: dict[str, Any] = field(hash=False)
    alt: str = ""  # the whole of what it shows, in words
    source: str = ""  # source, period, status
    number: str = ""  # "Figur 3"


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of term and description: a source passport, the settings of a method."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A heading beside its blocks, as the opening of a paper (under it on a phone)."""

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
    language: str = "sv"
    marking: str = ""  # shown on every page and figure, e.g. "Exempeldata – syntetiska"
    data: dict[str, Any] = field(default_factory=dict, hash=False)  # for JSON: the numbers
