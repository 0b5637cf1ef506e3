"""What holds of the screen whatever is written, and wherever in it a number is put."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.infrastructure.personal_data.corpus import reports

from lykta.infrastructure.personal_data import Kind, screen

REPORTS = st.sampled_from(
    [report.text for half in ("develop", "held_apart") for report in reports(half)]
)
# Pieces that numbers, addresses and names are made of, put together as they never should be.
WORDS = (
    "0 7 12 46 070 08 174 0605 900101 19 9802 + - – . / ( ) @ (at) snabel-a abc 12d ABC BUS lgh tr "
    "Storgatan heter kallas hos Kalle kalles Åsa å İ ß 😀 ٣"
)
PIECES = st.sampled_from([*WORDS.split(" "), " ", "  ", "\n", "\t", "\u00a0", "\u0301"])
SOUP = st.lists(PIECES, max_size=40).map("".join)
# Dates of birth, and the birth numbers that the Tax Agency keeps for tests.
DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 1))
BIRTH_NUMBERS = st.integers(980, 999)
CLOSE = ["", "-"]
APART = ["+", " ", " - ", "–"]


def check_digit(nine: str) -> int:
    """Return the tenth digit of a personal number (Luhn)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return -sum(each // 10 + each % 10 for each in doubled) % 10


@st.composite
def birth_number(draw: st.DrawFn, between: list[str], *, add: int = 0) -> str:
    """Draw a number of a person with a right check digit; `add` to the day of birth."""
    day = draw(DAYS)
    short = f"{day:%y%m}{day.day + add:02d}"
    last = draw(BIRTH_NUMBERS)
    century = draw(st.sampled_from(["", str(day.year // 100)]))
    return f"{century}{short}{draw(st.sampled_from(between))}{last}{check_digit(f'{short}{last}')}"


def put_in(text: str, number: str, choose: int) -> tuple[str, int]:
    """Return a text with a number between two of its words, and where it begins."""
    words = text.split(" ")
    at = choose % (len(words) + 1)
    before = " ".join([*words[:at], ""])
    return before + " ".join([number, *words[at:]]), len(before)


@given(st.one_of(SOUP, REPORTS))
@example("İ" * 40 + " heter Kalle")
def test_findings_lie_within_what_is_written_in_order_and_apart(text):
    last = 0
    for each in screen(text):
        assert last <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip()
        last = each.end


@given(REPORTS, birth_number(CLOSE), st.integers(0, 500))
def test_a_personal_number_is_found_in_any_report_between_any_words(text, number, choose):
    whole, start = put_in(text, number, choose)

    assert any(
        each.kind is Kind.PERSONAL_NUMBER and each.start <= start < start + len(number) <= each.end
        for each in screen(whole)
    )


@given(REPORTS, birth_number(CLOSE, add=60), st.integers(0, 500))
def test_a_coordination_number_is_found_in_any_report_between_any_words(text, number, choose):
    whole, start = put_in(text, number, choose)

    assert any(
        each.kind is Kind.COORDINATION_NUMBER
        and each.start <= start < start + len(number) <= each.end
        for each in screen(whole)
    )


@given(st.lists(PIECES, max_size=12), birth_number(CLOSE), st.lists(PIECES, max_size=12))
def test_nothing_beside_a_personal_number_hides_it(before, number, after):
    start = len("".join(before)) + 1
    text = f"{''.join(before)} {number} {''.join(after)}"

    found = [each for each in screen(text) if each.start < start + len(number) and start < each.end]

    left = set(range(start, start + len(number)))
    for each in found:
        left -= set(range(each.start, each.end))
    assert not left, "a part of it is left in the text"


@given(birth_number(APART))
def test_a_number_that_is_written_apart_is_found_among_words(number):
    text = f"han sa {number} vid porten"

    assert [(each.kind, text[each.start : each.end]) for each in screen(text)] == [
        (Kind.PERSONAL_NUMBER, number)
    ]


@pytest.mark.parametrize("before", ["kl 22 19900101", "ärende 9802 000101"])
@pytest.mark.parametrize("between", APART)
def test_digits_before_hide_no_number_that_is_written_apart(before, between):
    text = f"{before}{between}9802 vid porten"

    assert Kind.PERSONAL_NUMBER in {each.kind for each in screen(text)}


@given(SOUP, st.sampled_from(["Kalles Torg", "Rasmus Krog", "åsas backe"]), SOUP)
def test_no_finding_touches_a_place_that_is_known(before, place, after):
    start = len(before) + 1
    text = f"{before} {place} {after}"
    if len(text.casefold()) != len(text):
        return  # places cannot be told in it, and are looked through as all else

    found = screen(text, known_places={place})

    assert not any(each.start < start + len(place) and start < each.end for each in found)


@given(st.one_of(SOUP, REPORTS))
def test_a_finding_says_where_and_never_what(text):
    for each in screen(text):
        assert set(each.__slots__) == {"kind", "start", "end"}
        assert repr(each).count("'") == 2, "no words but the kind's"
