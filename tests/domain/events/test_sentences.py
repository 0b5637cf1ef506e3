"""The sentences of a picture: "no certain change" as often as it is true, and never more."""

import json

import pytest

from lykta.domain.events.papers import situation_paper


def said(paper):
    """Return the opening points as one text."""
    points = paper.blocks[0].blocks[0].items
    text = " ".join(point.lead + point.text for point in points)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ([100, 100, 100, 100], [98, 102, 101, 99], "Ingen säkerställd förändring av antalet"),
        ([200, 200, 200, 200], [100, 100, 100, 100], "Fler händelser än året före"),
        ([100, 100, 100, 100], [200, 200, 200, 200], "Färre händelser än året före"),
        ([2, 1, 2, 1], [2, 1, 1, 2], "För få händelser för att säga"),
        ([100, 100, 100, 100], None, "Ingen jämförelse bakåt"),
    ],
)
def test_the_first_point_says_what_may_be_said_of_the_whole(
    pictured, subject, now, before, sentence
):
    assert sentence in said(situation_paper(pictured(now, before), subject))


def test_an_area_that_has_changed_is_named_with_its_figures(pictured, subject):
    paper = situation_paper(pictured([200, 100, 100, 100], [100, 101, 99, 102]), subject)

    assert "Säkerställd förändring i 1 av 4 områden" in said(paper)
    assert "Ängen 200 mot 100, kvot 2,00" in said(paper)


def test_how_many_areas_cannot_be_told_is_said(pictured, subject):
    paper = situation_paper(pictured([100, 100, 100, 3], [100, 100, 100, 2]), subject)

    assert "För 1 går det inte att avgöra" in said(paper)


def test_each_point_says_where_its_figures_stand(pictured, subject):
    paper = situation_paper(pictured([100, 100, 100, 100], [99, 99, 99, 99]), subject)

    assert "Tabell 1." in said(paper)


def test_too_short_a_period_is_not_called_certain_without_a_warning(pictured, subject):
    paper = situation_paper(pictured([90, 90, 90, 90], [60, 60, 60, 60], months=1), subject)

    assert "Intervallen är troligen för smala" in said(paper)


def test_areas_stand_in_swedish_order(pictured, subject):
    paper = situation_paper(pictured([10, 20, 30, 40], [10, 20, 30, 40]), subject)
    table = next(block for block in paper.blocks if getattr(block, "number", "") == "Tabell 1")

    assert [row[0] for row in table.rows] == ["Berget", "Dalen", "Åsen", "Ängen"]


def test_a_small_count_is_in_no_form_of_the_paper(pictured, subject):
    picture = pictured([3, 90, 80, 70], [30, 90, 80, 70], smallest_shown=5)

    paper = situation_paper(picture, subject)

    counts = paper.data["areas"]["count"]
    assert counts[0] is None
    assert counts.count(None) >= 2
    assert json.dumps(paper.data, allow_nan=False)


def test_the_limits_of_the_sources_are_told(pictured, subject):
    paper = situation_paper(pictured([10, 20, 30, 40]), subject)
    texts = [item.text for block in paper.blocks for item in getattr(block, "items", ())]

    assert "En gräns." in texts


def test_the_law_is_named_only_where_it_applies(pictured, subject):
    assert "2023:196" not in situation_paper(pictured([10, 20, 30, 40]), subject).eyebrow
