"""The document for Word: real headings, repeated table heads, described pictures."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from tests.infrastructure.papers import reading, sample

from lykta.infrastructure.papers import docx as form
from lykta.infrastructure.papers import writer
from lykta.infrastructure.papers.paper import Figure


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(reading.rendered("docx")))


def test_title_and_headings_are_styles(document):
    styles = [p.style.name for p in document.paragraphs if p.style.name.startswith(("Ti", "Hea"))]

    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 8
    assert styles.count("Heading 2") == 1
    assert styles.count("Heading 3") == 1


def test_table_heads_are_repeated_and_rows_whole(document):
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_drawn_intervals_are_left_out(document):
    titles = [cell.text for cell in document.tables[0].rows[0].cells]

    assert titles == ["Kommundel", "2025/26", "2024/25", "Värde (intervall)", "Förändring"]


def test_pictures_have_their_words(document):
    expected = [block.alt for block in sample.paper().blocks if isinstance(block, Figure)]

    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == expected


def test_pictures_fit_the_page(document):
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin

    assert all(shape.width <= room for shape in document.inline_shapes)


def test_the_file_says_what_it_is(document):
    properties = document.core_properties

    assert properties.title.endswith(f"({sample.MARKING})")
    assert properties.created == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert properties.language == "sv-SE"
    assert "sv-SE" in {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}


def test_the_footer_counts_the_pages(document):
    footer = document.sections[0].footer.paragraphs[0]._p.xml

    assert ">PAGE<" in footer
    assert ">NUMPAGES<" in footer


def test_every_part_has_the_same_time():
    archive = zipfile.ZipFile(io.BytesIO(reading.rendered("docx")))

    assert {part.date_time for part in archive.infolist()} == {form.EPOCH}


def test_two_numbered_lists_count_each_from_one(document):
    numbered = [p for p in document.paragraphs if p.style.name == "List Number"]

    assert len({p._p.pPr.numPr.numId.val for p in numbered}) == 1
    assert all(p._p.pPr.numPr.numId.val > 0 for p in numbered)


def test_a_municipality_may_use_its_own_template(tmp_path: Path):
    own = docx.Document(str(form.TEMPLATE))
    own.add_paragraph("Underskrift: {{ organisation }}")
    own.save(str(tmp_path / "mall.docx"))

    content = form.render(sample.paper(), tmp_path / "mall.docx")

    assert docx.Document(io.BytesIO(content)).paragraphs[-1].text == "Underskrift: Lyckeby kommun"


def test_a_template_without_a_place_for_the_body_is_refused(tmp_path: Path):
    docx.Document().save(str(tmp_path / "mall.docx"))

    with pytest.raises(writer.BadTemplate, match=r"stycket \{\{ body \}\} en gång"):
        form.render(sample.paper(), tmp_path / "mall.docx")
