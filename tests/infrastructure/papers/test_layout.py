"""Where an interval is drawn, and how a lead meets its text."""

import pytest

from lykta.infrastructure.papers import layout
from lykta.infrastructure.papers.paper import Column, Interval, Paragraph

LOG = Column("Kvot", "interval", (0.5, 1, 2), is_log=True)
LINEAR = Column("Andel", "interval", (0, 50, 100))


def test_the_reference_of_a_log_scale_is_in_the_middle():
    placed = layout.place(Interval(0.5, 1, 2), LOG)

    assert placed == {"low": 0, "value": 0.5, "high": 1, "reference": 0.5, "is_outside": False}


def test_what_is_off_the_scale_stays_on_its_edge():
    placed = layout.place(Interval(-20, 30, 500), LINEAR)

    assert (placed["low"], placed["value"], placed["high"]) == (0, 0.3, 1)


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_zero_on_a_log_scale_is_at_its_beginning(low: float):
    assert layout.place(Interval(low, 1, 2), LOG)["low"] == 0


def test_an_interval_that_is_not_known_is_not_drawn():
    assert layout.place(Interval(0.9, 1.0, float("nan")), LOG) is None


@pytest.mark.parametrize(("text", "gap"), [(", och mer.", ""), ("Och mer.", " "), ("", "")])
def test_a_lead_meets_its_text(text: str, gap: str):
    assert layout.run(Paragraph(text, lead="Fler"))["gap"] == gap


def widths(*rows: tuple[str, ...], kinds: str = "") -> list[float]:
    """Return the letters of the columns of a table with these rows."""
    kind = {"n": "number", "t": "text"}
    columns = tuple(Column("", kind[k]) for k in kinds or "t" * len(rows[0]))
    nodes = [[{"kind": "text", "text": text} for text in row] for row in rows]
    return layout.letters(nodes, columns)


def test_columns_get_what_their_longest_text_wants():
    narrow, wide = widths(("A", "En lite längre text"))

    assert narrow < 5
    assert wide == pytest.approx(len("En lite längre text") + 2.5)


def test_crowded_columns_keep_their_longest_word_whole():
    text = "Samordningsfunktionen möter fastighetsägare och polis varje vecka"

    shared = widths((text,) * 4)

    assert sum(shared) == pytest.approx(layout.LINE)
    assert min(shared) > len("Samordningsfunktionen")


def test_a_number_is_not_broken():
    assert widths(("a", "1\u00a0234 (1\u00a0000–2\u00a0000)"), kinds="tn")[1] > 20


def test_a_drawn_column_has_no_letters():
    nodes = [[{"kind": "text", "text": "A"}, {"kind": "interval", "text": ""}]]

    assert layout.letters(nodes, (Column("A"), LOG))[1] == 0
