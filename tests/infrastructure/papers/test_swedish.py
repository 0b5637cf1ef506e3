"""Numbers and dates as words in Swedish."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.infrastructure.papers import swedish

WJ = "\N{WORD JOINER}"
finite = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (2707, 0, "2\u00a0707"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (999, 0, "999"),
        (1.03, 2, "1,03"),
        (0.125, 2, "0,13"),  # a half is rounded away from zero
        (2.5, 0, "3"),
        (-4, 0, "−4"),
        (-0.04, 1, "0,0"),  # no minus before zero
        (None, 0, "uppgift saknas"),
        (float("nan"), 1, "uppgift saknas"),
        (float("inf"), 1, "∞"),
        (float("-inf"), 1, "−∞"),
    ],
)
def test_a_number_in_words(value: float | None, decimals: int, words: str):
    assert swedish.number(value, decimals) == words


@given(finite, st.integers(0, 4))
def test_a_number_reads_back_as_itself(value: float, decimals: int):
    words = swedish.number(value, decimals)

    read = float(words.replace("\u00a0", "").replace(",", ".").replace("−", "-"))

    assert read == pytest.approx(value, abs=0.5000001 * 10**-decimals)


@given(finite, finite, finite)
def test_an_interval_never_breaks(value: float, low: float, high: float):
    words = swedish.interval(value, low, high)

    assert " " not in words
    assert words.count("–") == words.count(f"{WJ}–{WJ}")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (swedish.interval(2.2, 1.3, 3.5), f"2,2\u00a0(1,3{WJ}–{WJ}3,5)"),
        (swedish.interval(0.4, -0.4, 1.2), "0,4\u00a0(−0,4\u00a0till\u00a01,2)"),
        (swedish.interval(None, 1, 2), "uppgift saknas"),
        (swedish.interval(2, None, 2), "2,0\u00a0(intervall\u00a0saknas)"),
        (swedish.span(29, float("nan")), "uppgift saknas"),
        (swedish.percent(0.314), "31\u00a0%"),
        (swedish.percent(None), "uppgift saknas"),
        (swedish.percent_interval(0.31, 0.29, 0.33), f"31\u00a0%\u00a0(29{WJ}–{WJ}33)"),
        (swedish.percent_interval(0.31, None, None), "31\u00a0%"),
        (swedish.probability(0.61), "0,61"),
        (swedish.probability(0.0041), "0,004"),
        (swedish.probability(0.0001), "<\u00a00,001"),
        (swedish.probability(None), "uppgift saknas"),
        (swedish.day(date(2026, 11, 24)), "24\u00a0nov\u00a02026"),
        (swedish.weekday(date(2026, 11, 24)), "tis\u00a024\u00a0nov"),
        (swedish.week(date(2026, 11, 24)), "v.\u00a048"),
        (swedish.week(date(2027, 1, 2)), "v.\u00a053"),
        (
            swedish.months(date(2025, 11, 1), date(2026, 10, 1)),
            f"nov\u00a02025{WJ}–{WJ}okt\u00a02026",
        ),
    ],
)
def test_words_of_numbers_and_dates(words: str, expected: str):
    assert words == expected
