from datetime import date

import pytest

from lykta.analysis import change
from lykta.cli.periods import parse_period
from lykta.domain.events.papers import words

NBSP, JOIN = "\N{NO-BREAK SPACE}", "\N{WORD JOINER}"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2022", "2022"),
        ("2025-11..2026-10", "nov 2025–okt 2026"),
        ("2018-07", "juli 2018"),
        ("2026-05..2026-08", "maj–aug 2026"),
        ("2026-05-04..2026-06-09", "4 maj 2026–9 juni 2026"),
    ],
)
def test_a_period_is_said_as_shortly_as_it_can_be(period, said):
    assert words.period(*parse_period(period)).replace(NBSP, " ").replace(JOIN, "") == said


def test_a_year_that_is_not_a_calendar_year_heads_its_column_with_both():
    assert words.short_period(*parse_period("2025-11..2026-10")) == "2025/26"


def test_names_are_in_swedish_order_and_numbers_by_size():
    names = ["Öster", "Åsen", "Ängen", "Område 10", "Område 9", "Zonen"]

    assert [names[i] for i in words.in_order(names)] == [
        "Område 9", "Område 10", "Zonen", "Åsen", "Ängen", "Öster",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "is_small", "said"),
    [(12, False, "12"), (float("nan"), True, "1–4"), (float("nan"), False, "visas inte")],
)
def test_a_hidden_count_is_said_to_be_hidden(value, is_small, said):
    assert words.count(value, is_small=is_small).replace(JOIN, "") == said


def test_every_verdict_has_words():
    kinds = (change.FEWER, change.NOT_SURE, change.MORE, change.CANNOT_TELL, change.HIDDEN)

    assert [words.verdict(kind).text for kind in kinds] == [
        "Färre", "Ingen säkerställd", "Fler", "Kan inte avgöras", "Visas inte",
    ]  # fmt: skip


def test_weeks_over_new_year_name_both_years():
    said = words.weeks(date(2025, 12, 15), date(2026, 1, 11)).replace(NBSP, " ").replace(JOIN, "")

    assert said == "v. 51 2025–v. 2 2026"


def test_a_list_reads_as_a_sentence():
    assert [words.listed(part) for part in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "", "A", "A och B", "A, B och C",
    ]  # fmt: skip
