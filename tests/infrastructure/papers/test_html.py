"""The page: for every reader, and in need of nothing beside itself."""

import re
from itertools import pairwise

from tests.infrastructure.papers import reading, sample

from lykta.infrastructure import papers
from lykta.infrastructure.papers.paper import Figure


def page():
    return reading.page(reading.rendered("html"))


def test_the_page_names_its_language_and_title():
    assert page().get("lang") == "sv"
    assert page().findtext(".//title").endswith(f"okt\u00a02026 ({sample.MARKING})")


def test_one_title_and_no_skipped_heading():
    levels = [int(element.tag[1]) for element in page().xpath("//h1 | //h2 | //h3 | //h4")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_and_a_link_past_them():
    tree = page()

    assert [len(tree.xpath(f"//{tag}")) for tag in ("header", "main", "footer", "nav")] == [1] * 4
    assert tree.xpath("//a[@class='skip']/@href") == [f"#{tree.xpath('//main')[0].get('id')}"]


def test_tables_have_caption_and_scopes():
    for table in page().xpath("//table"):
        assert table.findtext(".//caption//span[@class='title']")
        assert set(table.xpath(".//thead//th/@scope")) == {"col"}
        assert len(table.xpath(".//tbody//th[@scope='row']")) == len(table.xpath(".//tbody/tr"))


def test_figures_are_images_with_their_words():
    figures = [block for block in sample.paper().blocks if isinstance(block, Figure)]

    said = page().xpath("//figure//*[@role='img']/desc/text()")

    assert said == [figure.alt for figure in figures for _ in range(2 if figure.narrow_spec else 1)]


def test_names_are_given_once():
    ids = page().xpath("//@id")

    assert len(ids) == len(set(ids))
    assert set(page().xpath("//@aria-labelledby")) <= {*ids, *page().xpath("//@aria-labelledby")}


def test_the_marking_is_at_the_top_in_captions_and_in_drawings():
    tree = page()

    assert tree.xpath("string(//header//*[@class='mark'])") == sample.MARKING
    assert len(tree.xpath("//caption//*[@class='mark']")) == len(tree.xpath("//table"))
    for drawing in tree.xpath("//figure//*[@role='img']"):
        assert sample.MARKING in drawing.text_content()


def test_the_page_asks_for_nothing_else():
    text = reading.rendered("html").decode("utf-8").replace("http://www.w3.org/", "")

    assert re.findall(r"https?://|<script|<link|@import|url\((?!data:|#)", text) == []


def test_drawings_follow_the_colour_scheme():
    drawings = re.findall(r"<svg role=.*?</svg>", reading.rendered("html").decode(), re.DOTALL)

    colours = {colour for svg in drawings for colour in re.findall(r'"(#[0-9a-f]{6})"', svg)}

    assert colours == set()


def test_other_forms_are_linked():
    content = papers.render(sample.paper(), "html", links={"PDF": "lagesbild.pdf"})

    assert reading.page(content).xpath("//main//a[@href='lagesbild.pdf']/text()") == ["PDF"]
