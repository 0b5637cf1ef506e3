"""One paper, four forms, the same words."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from tests.infrastructure.papers import figures, reading, sample

from lykta.infrastructure import papers
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.papers.paper import Column, Facts, Heading, Paper, Paragraph, Table

BEGINNINGS = {"html": b"<!doctype html>", "pdf": b"%PDF-1.7", "docx": b"PK", "json": b"{"}
HOSTILE = '#panic("x") <script>alert(1)</script> {{ 7*7 }} {% if x %} *bold* $x$ @ref \\ ]] &amp; "'


def hostile() -> Paper:
    """Return a paper whose every word is an attempt at the templates."""
    table = Table(HOSTILE, (Column(HOSTILE), Column("B", "number")), ((HOSTILE, HOSTILE),))
    return Paper(
        title=HOSTILE,
        eyebrow=HOSTILE,
        lede=HOSTILE,
        organisation=HOSTILE,
        registry_number=HOSTILE,
        source_line=HOSTILE,
        marking=HOSTILE,
        made_at="2026-11-24",
        blocks=(
            Heading(HOSTILE, anchor='x" onload="alert(1)'),
            Paragraph(HOSTILE, lead=HOSTILE),
            table,
            Facts(HOSTILE, ((HOSTILE, HOSTILE),)),
            dataclasses.replace(figures.shares(), caption=HOSTILE, alt=HOSTILE, source=HOSTILE),
        ),
    )


@pytest.mark.parametrize("form", reading.FORMS)
def test_each_form_is_what_it_says(form: papers.Form):
    assert reading.rendered(form).startswith(BEGINNINGS[form])


@pytest.mark.parametrize("form", reading.FORMS)
def test_all_forms_say_the_same(form: papers.Form):
    read = reading.words(form, reading.rendered(form))

    missing = [text for text in reading.said(sample.paper()) if reading.squeezed(text) not in read]

    assert missing == []


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_a_missing_value_is_said_in_words(form: papers.Form):
    read = reading.words(form, reading.rendered(form))

    assert read.count("uppgiftsaknas") >= 3


@pytest.mark.parametrize("form", reading.FORMS)
def test_the_same_paper_gives_the_same_bytes(form: papers.Form):
    again = papers.render(sample.paper(), form)

    assert again == reading.rendered(form)


@pytest.mark.parametrize("form", reading.FORMS)
def test_injected_markup_stays_text(form: papers.Form):
    read = reading.words(form, papers.render(hostile(), form))

    assert read.count(reading.squeezed(HOSTILE)) >= 9


def test_injected_markup_makes_no_element():
    page = reading.page(papers.render(hostile(), "html"))

    assert page.xpath("//script | //*[@onload]") == []


@pytest.mark.parametrize("name", ["bild.html", "bild.PDF", "bild.docx", "bild.json"])
def test_a_file_gets_the_form_of_its_suffix(tmp_path: Path, name: str):
    path = papers.write(sample.paper(), tmp_path / name)

    assert path.read_bytes().startswith(BEGINNINGS[path.suffix.lower().removeprefix(".")])


@pytest.mark.parametrize("name", ["bild.odt", "bild"])
def test_an_unknown_suffix_is_said_in_swedish(tmp_path: Path, name: str):
    with pytest.raises(papers.UnknownForm, match=r"slutar på \.html, \.pdf") as caught:
        papers.write(sample.paper(), tmp_path / name)

    assert isinstance(caught.value, LyktaError)
    assert caught.value.code == "unknown-form"


def test_an_unknown_form_is_an_error_of_the_programmer():
    with pytest.raises(ValueError, match="give one of html, pdf, docx, json"):
        papers.render(sample.paper(), "odt")  # type: ignore[arg-type]


def test_a_paper_without_marking_has_none_of_it():
    bare = dataclasses.replace(sample.paper(), marking="", blocks=(Heading("Ett"),))

    for form in reading.FORMS:
        assert "Exempeldata" not in reading.words(form, papers.render(bare, form))


def test_a_paper_in_english_adds_english_words():
    english = dataclasses.replace(sample.paper(), language="en", blocks=(sample.districts(),))

    read = reading.words("pdf", papers.render(english, "pdf"))

    assert "Page1of1" in read
    assert "nodata" in read


def test_the_heavy_machinery_waits_until_it_is_asked_for():
    heavy = "{'typst', 'vl_convert', 'docx', 'docxtpl', 'shapely', 'jinja2'}"
    code = f"import sys, lykta.infrastructure.papers.charts; print({heavy} & set(sys.modules))"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "set()"
