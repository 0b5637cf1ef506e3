"""The PDF: tagged for every reader (PDF/UA-1 as Typst checks it; no certified validator is run)."""

import dataclasses
import io
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from tests.infrastructure.papers import reading, sample

from lykta.infrastructure import papers
from lykta.infrastructure.papers import pdf
from lykta.infrastructure.papers.paper import Figure, Heading, Paragraph


@pytest.fixture(scope="module")
def opened() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(reading.rendered("pdf"))) as document:
        yield document


def test_the_document_is_marked_and_names_itself(opened: pikepdf.Pdf):
    root = opened.Root

    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "sv"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root.Metadata.read_bytes()


def test_title_author_and_time_are_the_papers(opened: pikepdf.Pdf):
    info = opened.docinfo

    assert str(info.Title).endswith(f"({sample.MARKING})")
    assert str(info.Author) == "Lyckeby kommun"
    assert str(info.CreationDate) == "D:20261124060000Z"


def test_headings_come_in_order():
    names = [name for name, _ in reading.tags(reading.rendered("pdf"))]
    levels = [int(name[1]) for name in names if name in ("H1", "H2", "H3", "H4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_table_over_two_pages_is_one_table_with_a_head():
    names = [name for name, _ in reading.tags(reading.rendered("pdf"))]

    assert names.count("Table") == 2
    assert names.count("THead") == 2
    assert names.count("TH") == 6 + 4


def test_figures_have_their_words():
    expected = [block.alt for block in sample.paper().blocks if isinstance(block, Figure)]

    said = [alt for name, alt in reading.tags(reading.rendered("pdf")) if name == "Figure"]

    assert said == expected


def test_every_page_has_organisation_marking_number_and_source():
    document = pypdfium2.PdfDocument(reading.rendered("pdf"))

    for number, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_range()
        for part in ("Lyckeby kommun", sample.MARKING, "Diarienummer KS-2026/0000", "LB-2026-01"):
            assert part in text
        assert f"Sida {number} av {len(document)}" in text


def test_only_the_fonts_of_the_papers_are_in_it(opened: pikepdf.Pdf):
    fonts = {
        str(font.BaseFont).partition("+")[2].split("-")[0]
        for page in opened.pages
        for font in page.Resources.Font.values()
    }

    assert fonts == {"Inter"}


def test_a_sign_that_cannot_be_printed_is_named():
    paper = dataclasses.replace(
        sample.paper(), blocks=(Paragraph("Bra \N{SMILING FACE WITH SUNGLASSES}"),)
    )

    with pytest.raises(pdf.UnprintableSign, match="tecknet \N{SMILING FACE WITH SUNGLASSES} finns"):
        papers.render(paper, "pdf")


def test_what_typst_refuses_is_said(monkeypatch: pytest.MonkeyPatch):
    paper = dataclasses.replace(sample.paper(), blocks=(Heading("Ett"),))
    monkeypatch.setattr(pdf, "TEMPLATE", pdf.TEMPLATE.with_name("paper.css"))

    with pytest.raises(ValueError, match="paper: cannot be set as PDF"):
        papers.render(paper, "pdf")
