"""What cannot be laid out for every reader cannot be made."""

import dataclasses
from typing import Any

import pytest
from tests.infrastructure.papers import sample

from lykta.infrastructure.papers.paper import Column, Figure, Heading, Interval, Paragraph, Table


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_figure_without_words_is_refused(alt: str):
    with pytest.raises(ValueError, match="alt: empty for the figure 'Karta'"):
        Figure("Karta", {}, alt)


def test_a_skipped_heading_is_refused():
    with pytest.raises(ValueError, match="'Djupt' skips from level 1"):
        dataclasses.replace(sample.paper(), blocks=(Heading("Djupt", level=3),))


@pytest.mark.parametrize("level", [1, 5])
def test_a_heading_outside_the_paper_is_refused(level: int):
    with pytest.raises(ValueError, match=f"level: {level}"):
        Heading("Titel", level=level)


def test_a_ragged_row_is_refused():
    with pytest.raises(ValueError, match="has 1 cells, not 2"):
        Table("T", (Column("A"), Column("B")), (("a",),))


def test_a_ragged_total_is_refused():
    with pytest.raises(ValueError, match="has 1 cells, not 2"):
        Table("T", (Column("A"), Column("B")), (("a", "b"),), total=("a",))


@pytest.mark.parametrize(
    "column", [{"kind": "interval"}, {"kind": "text", "scale": (0.5, 1.0, 2.0)}]
)
def test_intervals_and_scales_belong_together(column: dict[str, Any]):
    with pytest.raises(ValueError, match="scale: "):
        Column("Kvot", **column)


def test_an_interval_outside_its_column_is_refused():
    from lykta.infrastructure import papers

    table = Table("T", (Column("A"), Column("B")), (("a", Interval(0.5, 1.0, 2.0)),))
    paper = dataclasses.replace(sample.paper(), blocks=(table,))

    with pytest.raises(ValueError, match="'B' holds an interval and has no scale"):
        papers.render(paper, "html")


@pytest.mark.parametrize("change", [{"title": " "}, {"made_at": "i går"}])
def test_a_paper_without_title_or_instant_is_refused(change: dict[str, str]):
    with pytest.raises(ValueError, match=r"title|isoformat"):
        dataclasses.replace(sample.paper(), **change)


def test_an_instant_without_zone_is_utc():
    paper = dataclasses.replace(sample.paper(), made_at="2026-11-24T07:00")

    assert paper.made.isoformat() == "2026-11-24T07:00:00+00:00"


def test_a_paragraph_is_body_text_unless_said():
    assert Paragraph("Text").tone == "body"
