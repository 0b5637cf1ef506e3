"""Writes the blocks of a paper into a document of Word, in the styles of its template."""

import io
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from lykta.infrastructure.errors import LyktaError

BODY = "[[lykta:body]]"  # what ``{{ body }}`` of the template becomes
PX_PER_INCH = 96  # 640 px fill the width of the text
TEXT_INCHES = 6.69
SHORT = 20  # lines: a table as short as this is kept on one page
STYLES = {"lede": "Lede", "quiet": "Quiet", "body": "Normal"}


class BadTemplate(LyktaError):
    """The municipality's own template lacks what a paper needs."""

    code = "bad-template"


class Writer:
    """Writes the blocks of a paper where the template says `body`."""

    def __init__(self, document: Any, tree: dict[str, Any]) -> None:
        self.document = document
        self.marking = tree["marking"]
        self.blocks = [*tree["blocks"], {"type": "end"}]
        self.pictures = 0
        places = [p for p in document.paragraphs if p.text == BODY]
        if len(places) != 1:
            raise BadTemplate(
                f"Mallen ska ha stycket {{{{ body }}}} en gång, men har det {len(places)} gånger."
            )
        self.place = places[0]

    def write(self) -> None:
        """Write all the blocks and take the place-holder away."""
        for node, after in pairwise(self.blocks):
            self.block(node)
            if node["type"] == "paragraph" and after["type"] in ("figure", "table"):
                self.keep_with_next()
        self.place._p.getparent().remove(self.place._p)

    def block(self, node: dict[str, Any], *, is_key: bool = False) -> None:
        """Write one block."""
        match node["type"]:
            case "heading":
                self.paragraph(f"Heading {node['level'] - 1}", node["text"])
            case "paragraph":
                self.run(STYLES[node["tone"]], node)
            case "points":
                self.points(node, is_key=is_key)
            case "table":
                self.table(node)
            case "figure":
                self.figure(node)
            case "facts":
                self.facts(node)
            case "side":
                self.block(node["heading"])
                for inner in node["blocks"]:
                    self.block(inner, is_key=True)

    def paragraph(self, style: str, text: str = "") -> Any:
        """Add a paragraph before the place-holder."""
        return self.place.insert_paragraph_before(text, style=style)

    def keep_with_next(self) -> None:
        """Keep the last paragraph on the page of what comes after it."""
        last = self.place._p.getprevious()
        last.get_or_add_pPr().keepNext_val = True

    def run(self, style: str, node: dict[str, Any]) -> None:
        """Add a paragraph with its bold lead."""
        paragraph = self.paragraph(style)
        if node["lead"]:
            paragraph.add_run(node["lead"]).bold = True
        paragraph.add_run(node["gap"] + node["text"])

    def points(self, node: dict[str, Any], *, is_key: bool) -> None:
        """Add a list; the key points of an opening have no bullets."""
        plain = "Key point" if is_key else "List Bullet"
        for item in node["items"]:
            self.run("List Number" if node["is_numbered"] else plain, item)
        if node["is_numbered"]:
            self.restart_numbers(len(node["items"]))

    def restart_numbers(self, count: int) -> None:
        """Let the last numbered paragraphs count from 1, whatever stands before them."""
        style = self.document.styles["List Number"].element
        numbers = self.document.part.numbering_part.element
        source = style.pPr.numPr.numId.val
        abstract = next(n for n in numbers.num_lst if n.numId == source).abstractNumId.val
        own = numbers.add_num(abstract)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        paragraph = self.place._p
        for _ in range(count):
            paragraph = paragraph.getprevious()
            numbering = paragraph.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = own.numId

    def caption(self, node: dict[str, Any], *, is_marked: bool) -> None:
        """Add the caption over a table or figure."""
        paragraph = self.paragraph("Caption")
        if node["number"]:
            paragraph.add_run(node["number"] + " ")
        paragraph.add_run(node["caption"]).bold = True
        if is_marked and self.marking:
            paragraph.add_run(" ")
            paragraph.add_run(self.marking, style="Marking")

    def table(self, node: dict[str, Any]) -> None:
        """Add a table without the drawn intervals, whose figures stand in the next column."""
        self.caption(node, is_marked=True)
        kinds = [column["kind"] for column in node["columns"]]
        shown = [index for index, kind in enumerate(kinds) if kind != "interval"]
        rows = [*node["rows"], *([node["total"]] if node["total"] else [])]
        table = self.document.add_table(rows=len(rows) + 1, cols=len(shown), style="Paper table")
        self.place._p.addprevious(table._tbl)
        _set_look(table, has_total=node["total"] is not None)
        titles = [node["columns"][index]["title"] for index in shown]
        lines = [[cells[index] for index in shown] for cells in rows]
        texts = [titles, *([cell["text"] for cell in line] for line in lines)]
        letters = [node["letters"][index] for index in shown]
        _set_widths(table, letters)
        _fill(table.rows[0], titles, [_style(kinds[i], is_head=True) for i in shown])
        for row, line in zip(list(table.rows)[1:], lines, strict=True):
            _fill(row, [cell["text"] for cell in line], [_style(kinds[i]) for i in shown])
            _embolden(row, line, is_total=node["total"] is not None and line is lines[-1])
        if _lines(texts, letters) <= SHORT:
            _keep_together(table)
        if node["note"]:
            self.paragraph("Source", node["note"])
        else:
            self.paragraph("Quiet")  # two tables in a row would grow together

    def figure(self, node: dict[str, Any]) -> None:
        """Add a picture with its description, its caption over it and its source under it."""
        from docx.shared import Inches

        self.caption(node, is_marked=False)
        paragraph = self.paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = bool(node["source"])
        width, _ = size_of_png(node["png"])
        inches = min(TEXT_INCHES, width / (2 * PX_PER_INCH))
        picture = paragraph.add_run().add_picture(io.BytesIO(node["png"]), width=Inches(inches))
        self.pictures += 1
        for side in "TBLR":
            picture._inline.set(f"dist{side}", "0")
        named = picture._inline.docPr
        named.set("id", str(1000 + self.pictures))
        named.set("name", node["number"] or node["caption"])
        named.set("title", node["caption"])
        named.set("descr", node["alt"])
        if node["source"]:
            self.paragraph("Source", node["source"])

    def facts(self, node: dict[str, Any]) -> None:
        """Add a heading and the pairs, each a paragraph."""
        self.paragraph(f"Heading {node['level'] - 1}", node["title"])
        for index, pair in enumerate(node["pairs"], start=1):
            paragraph = self.paragraph("Quiet")
            paragraph.paragraph_format.keep_with_next = index < len(node["pairs"])
            paragraph.add_run(pair["term"]).bold = True
            paragraph.add_run("\t" + pair["text"])
            _hang(paragraph)


def size_of_png(png: bytes) -> tuple[int, int]:
    """Return width and height of the picture, in px."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _style(kind: str, *, is_head: bool = False) -> str:
    """Return the paragraph style of a cell."""
    if is_head:
        return "Table heading right" if kind == "number" else "Table heading"
    return "Table number" if kind == "number" else "Table text"


def _fill(row: Any, texts: Sequence[str], styles: Sequence[str]) -> None:
    """Fill a row of a table, and keep it whole on one page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, style in zip(row.cells, texts, styles, strict=True):
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(text)


def _embolden(row: Any, line: Sequence[dict[str, Any]], *, is_total: bool) -> None:
    """Set in bold the heading of the row, what is outside, and all of a total."""
    for cell, node in zip(row.cells, line, strict=True):
        is_bold = is_total or node["is_heading"] or node.get("ring") == "outside"
        for run in cell.paragraphs[0].runs:
            run.bold = is_bold or None


def _set_widths(table: Any, letters: Sequence[float]) -> None:
    """Share out the width of the page by the letters of each column."""
    from docx.shared import Inches

    table.autofit = False
    for column, width in zip(table.columns, letters, strict=True):
        column.width = Inches(TEXT_INCHES * width / sum(letters))
        for cell in column.cells:
            cell.width = column.width


def _lines(texts: Sequence[Sequence[str]], letters: Sequence[float]) -> int:
    """Return about how many lines the rows take."""
    return sum(
        max(math.ceil(len(text) / width) for text, width in zip(row, letters, strict=True))
        for row in texts
    )


def _keep_together(table: Any) -> None:
    """Keep the rows of a short table on one page."""
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _set_look(table: Any, *, has_total: bool) -> None:
    """Say that the first row is a heading, repeated on each page, and if the last is a total."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name, is_on in (("firstRow", True), ("lastRow", has_total), ("firstColumn", True)):
        look.set(qn(f"w:{name}"), "1" if is_on else "0")
    look.set(qn("w:noHBand"), "1")
    look.set(qn("w:val"), "06E0" if has_total else "06A0")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _hang(paragraph: Any) -> None:
    """Let the description of a fact stand to the right of its term."""
    from docx.shared import Mm

    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Mm(32), Mm(-32)
    shape.tab_stops.add_tab_stop(Mm(32))
