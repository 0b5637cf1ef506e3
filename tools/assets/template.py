"""Build the template of the papers in Word: the styles, header and footer of a municipality.

A municipality may put its own in place of it. What a template must have is the styles named
here, the words in double braces where they are wanted, and the paragraph ``{{ body }}``.

    python tools/assets/template.py
"""

import io
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from fontTools.ttLib import TTFont

PAPERS = Path(__file__).parents[2] / "src/lykta/infrastructure/papers"
TARGET, FONTS = PAPERS / "templates/paper.docx", PAPERS / "fonts"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
INK, INK2, LINE = "1B2226", "515B61", "DDE2E4"
MARK, MARK_INK, TINT = "FFF3D6", "4B3500", "F5F7F7"
TEXT_MM = 170
# name: size, bold, colour, space before, space after (pt), line spacing
PARAGRAPHS = {
    "Normal": (10, False, INK, 0, 6, 1.3),
    "Title": (25.5, True, INK, 4, 8, 1.05),
    "Subtitle": (11.5, False, INK2, 0, 18, 1.3),
    "Heading 1": (14, True, INK, 24, 6, 1.15),
    "Heading 2": (12, True, INK, 16, 4, 1.15),
    "Heading 3": (10, True, INK, 12, 3, 1.15),
    "Caption": (9.5, False, INK, 12, 5, 1.2),
    "List Bullet": (10, False, INK, 0, 4, 1.3),
    "List Number": (10, False, INK, 0, 4, 1.3),
    "Eyebrow": (10, False, INK2, 12, 0, 1.2),
    "Lede": (11.5, False, INK2, 0, 8, 1.3),
    "Key point": (11, False, INK, 0, 8, 1.3),
    "Quiet": (9, False, INK2, 0, 6, 1.3),
    "Source": (8.5, False, INK2, 4, 14, 1.25),
    "Table text": (9, False, INK, 2.5, 2.5, 1.1),
    "Table number": (9, False, INK, 2.5, 2.5, 1.1),
    "Table heading": (8.5, False, INK2, 2, 3, 1.1),
    "Table heading right": (8.5, False, INK2, 2, 3, 1.1),
    "Header": (8.5, False, INK2, 0, 0, 1.2),
    "Footer": (8.5, False, INK2, 0, 0, 1.2),
}
KEPT_WITH_NEXT = ("Eyebrow", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption")


def style_of(document: Any, name: str, kind: WD_STYLE_TYPE) -> Any:
    """Return the style, made if the document has none of that name."""
    if name in document.styles:
        return document.styles[name]
    made = document.styles.add_style(name, kind)
    made.base_style = document.styles["Normal"] if kind == WD_STYLE_TYPE.PARAGRAPH else None
    return made


def set_font(style: Any, size: float, colour: str, *, is_bold: bool) -> None:
    """Set the letters of a style in Inter, with what Word needs to find it everywhere."""
    font = style.font
    font.name, font.size, font.bold, font.italic = "Inter", Pt(size), is_bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("spacing", "kern"):  # the letter spacing that comes with Word's own styles
        for old in style.element.rPr.findall(qn(f"w:{name}")):
            style.element.rPr.remove(old)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), "Inter")


def border(side: str, colour: str, eighths: int, space: int = 0) -> Any:
    """Return one border."""
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        edge.set(qn(f"w:{name}"), str(value))
    return edge


def set_paragraphs(document: Any) -> None:
    """Set every paragraph style."""
    for name, (size, is_bold, colour, before, after, line) in PARAGRAPHS.items():
        style = style_of(document, name, WD_STYLE_TYPE.PARAGRAPH)
        set_font(style, size, colour, is_bold=is_bold)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = line
        style.paragraph_format.keep_with_next = name in KEPT_WITH_NEXT
        for old in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(old)
    for name in ("Table number", "Table heading right"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    edges = OxmlElement("w:pBdr")
    edges.append(border("top", LINE, 4, 10))
    properties = document.styles["Heading 1"].element.pPr
    properties.insert_element_before(edges, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def set_characters(document: Any) -> None:
    """Set the style of the marking: dark on a pale ground."""
    style = style_of(document, "Marking", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(MARK_INK)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", MARK)):
        shade.set(qn(f"w:{name}"), value)
    style.element.get_or_add_rPr().append(shade)


def set_table(document: Any) -> None:
    """Set the table style: hairlines between rows, a line in ink under the heading."""
    style = style_of(document, "Paper table", WD_STYLE_TYPE.TABLE)
    properties = OxmlElement("w:tblPr")
    edges = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        edges.append(border(side, LINE, 4))
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("left", 0), ("right", 170)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(edges)
    properties.append(margins)
    style.element.append(properties)
    for part, side in (("firstRow", "bottom"), ("lastRow", "top")):
        special = OxmlElement("w:tblStylePr")
        special.set(qn("w:type"), part)
        cells, lines = OxmlElement("w:tcPr"), OxmlElement("w:tcBorders")
        lines.append(border(side, INK, 6))
        cells.append(lines)
        special.append(cells)
        style.element.append(special)


def add_field(paragraph: Any, code: str) -> None:
    """Add a field, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def set_edges(document: Any) -> None:
    """Set header and footer, with tabs for the middle and the right."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(32), Mm(25)
    section.header_distance, section.footer_distance = Mm(16), Mm(12)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph, side, colour, size in (
        (header, "bottom", INK, 12),
        (footer, "top", LINE, 4),
    ):
        stops = paragraph.paragraph_format.tab_stops
        if paragraph is header:
            stops.add_tab_stop(Mm(TEXT_MM / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
        edges = OxmlElement("w:pBdr")
        edges.append(border(side, colour, size, 6))
        paragraph._p.get_or_add_pPr().insert_element_before(edges, "w:tabs", "w:spacing", "w:jc")
    organisation = header.add_run("{{ organisation }}")
    organisation.bold = True
    organisation.font.color.rgb = RGBColor.from_string(INK)
    header.add_run("\t")
    header.add_run("{{ marking }}", style="Marking")
    header.add_run("\t{{ registry_line }}")
    footer.add_run("{{ source_line }}\t{{ words.page }} ")
    add_field(footer, "PAGE")
    footer.add_run(" {{ words.of }} ")
    add_field(footer, "NUMPAGES")


def as_bold(path: Path) -> bytes:
    """Return the semibold font named as the bold of Inter, for a program that knows but two."""
    font = TTFont(path)
    font.recalcTimestamp = False
    for record, text in {1: "Inter", 2: "Bold", 4: "Inter Bold", 6: "Inter-Bold"}.items():
        font["name"].setName(text, record, 3, 1, 0x409)
    for record in (16, 17):
        font["name"].removeNames(nameID=record)
    font["head"].macStyle |= 1
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x20
    font["OS/2"].usWeightClass = 700
    saved = io.BytesIO()
    font.save(saved)
    return saved.getvalue()


def embed_font(document: Any) -> None:
    """Put Inter in the file, so that it looks the same where Inter is not installed.

    As ECMA-376 part 4 asks, the first 32 bytes are mixed with a key that the file names.
    """
    package = document.part.package
    table = next(part for part in package.iter_parts() if part.partname.endswith("/fontTable.xml"))
    slots = []
    for slot, font in (
        ("Regular", (FONTS / "Inter-Regular.ttf").read_bytes()),
        ("Bold", as_bold(FONTS / "Inter-SemiBold.ttf")),
    ):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"inter-{slot}")
        mask = key.bytes[::-1] * 2
        mixed = bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]
        name = PackURI(f"/word/fonts/inter-{slot.lower()}.odttf")
        part = Part(name, OBFUSCATED, mixed, package)
        link = table.relate_to(part, f"{RELATIONS}/font")
        slots.append(f'<w:embed{slot} r:id="{link}" w:fontKey="{{{str(key).upper()}}}"/>')
    entry = (
        '<w:font w:name="Inter"><w:altName w:val="Segoe UI"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/>{"".join(slots)}</w:font></w:fonts>'
    )
    table._blob = table.blob.replace(b"</w:fonts>", entry.encode())
    flag = OxmlElement("w:embedTrueTypeFonts")
    document.settings.element.insert(0, flag)


def clear_tabs(document: Any) -> None:
    """Take away the tab stops that header and footer inherit."""
    for name in ("Header", "Footer"):
        properties = document.styles[name].element.pPr
        for tabs in properties.findall(qn("w:tabs")):
            properties.remove(tabs)


def build() -> None:
    """Build the template and save it."""
    document = Document()
    set_paragraphs(document)
    set_characters(document)
    set_table(document)
    clear_tabs(document)
    embed_font(document)
    set_edges(document)
    document.add_paragraph("{{ eyebrow }}", style="Eyebrow")
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ lede }}", style="Subtitle")
    document.add_paragraph("{{ body }}")
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    document.save(str(TARGET))


if __name__ == "__main__":
    build()
