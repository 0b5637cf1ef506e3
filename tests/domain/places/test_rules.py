"""How lists are counted: unknown is not no, and a divided area is no rise."""

from datetime import date

import pytest

from lykta.domain.places import rules
from lykta.domain.places.rules import Entry, Listed

HUDDINGE = [
    Entry(2017, date(2017, 12, 31), "Vårby", Listed.YES),
    Entry(2017, date(2017, 12, 31), "Skogås", Listed.YES),
    Entry(2017, date(2017, 12, 31), "Grantorp", Listed.UNKNOWN),
    Entry(2019, date(2019, 12, 31), "Vårby", Listed.YES),
    Entry(2019, date(2019, 12, 31), "Skogås", Listed.YES),
    Entry(2019, date(2019, 12, 31), "Grantorp", Listed.NO),
    Entry(2021, date(2021, 10, 31), "Vårby", Listed.YES),
    Entry(2021, date(2021, 10, 31), "Skogås", Listed.YES),
    Entry(2021, date(2021, 10, 31), "Grantorp", Listed.YES),
]


@pytest.mark.parametrize(
    ("day", "listed", "unknown"),
    [
        (date(2018, 6, 1), 2, 1),
        (date(2020, 6, 1), 2, 0),
        (date(2021, 10, 30), 2, 0),
        (date(2021, 12, 1), 3, 0),
    ],
)
def test_the_list_that_holds_on_the_day_is_counted(day: date, listed: int, unknown: int):
    count = rules.listed_count(HUDDINGE, as_of=day)

    assert (count.listed, count.unknown) == (listed, unknown)


def test_before_the_first_list_there_is_none():
    assert rules.listed_count(HUDDINGE, as_of=date(2014, 1, 1)).list_year is None


def test_a_divided_area_is_more_rows_and_no_rise():
    before = [Entry(2023, date(2023, 12, 1), "Höjden", Listed.YES)]
    after = [
        Entry(2025, date(2025, 12, 2), "Höjden norra", Listed.YES, ("Höjden",)),
        Entry(2025, date(2025, 12, 2), "Höjden södra", Listed.YES, ("Höjden",)),
    ]

    then = rules.listed_count(before, as_of=date(2024, 1, 1))
    now = rules.listed_count([*before, *after], as_of=date(2026, 1, 1))

    assert (now.listed, now.comparable, now.from_splits) == (2, 1, 1)
    assert rules.is_technical(then, now)


def test_a_new_area_beside_a_divided_one_is_a_rise():
    then = rules.ListedCount(2023, listed=1, unknown=0, from_splits=0)
    now = rules.ListedCount(2025, listed=3, unknown=0, from_splits=1)

    assert not rules.is_technical(then, now)


@pytest.mark.parametrize("word", ["Kommundel", "kommundel", " KOMMUNDEL "])
def test_a_kind_is_known_however_it_is_written(word: str):
    assert rules.kind_of(word) is rules.Kind.DISTRICT


def test_an_unknown_word_is_no_kind():
    assert rules.kind_of("grannskap") is None
