"""Periods, codes and what concerns us."""

from datetime import date

import pytest

from lykta.domain.indicators import rules
from lykta.domain.indicators.rules import Theme


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2023", date(2023, 12, 31)),
        ("2021-2023", date(2023, 12, 31)),
        ("2023-02", date(2023, 2, 28)),
        ("2023-Q2", date(2023, 6, 30)),
        ("2026-W48", date(2026, 11, 29)),
        ("2023-05-17", date(2023, 5, 17)),
        ("2023-13", None),
        ("2023-W60", None),
        ("0000", None),
        ("i fjol", None),
        ("", None),
    ],
)
def test_a_period_ends_on_a_day(period, day):
    assert rules.last_day(period) == day


def test_only_a_whole_year_has_the_people_of_a_year():
    assert [rules.year_of(period) for period in ("2023", "2023-05", "2021-2023")] == [
        2023,
        None,
        None,
    ]
    assert rules.year_of("20²6") is None  # the raised two is no digit


def test_long_names_that_begin_alike_have_codes_of_their_own():
    one, other = (rules.code_of("bra", ["Misshandel " * 12, end]) for end in ("inne", "ute"))

    assert one != other
    assert max(len(one), len(other)) <= 80


def test_the_same_words_give_the_same_code():
    assert rules.code_of("bra", ["Åldringsbrott", "antal"]) == "bra:aldringsbrott-antal"


@pytest.mark.parametrize(
    ("code", "is_ours"),
    [
        *(("0126", True), ("0126A0010", True), ("01", True), ("0001", True), ("00", True)),
        *(("0180", False), ("0180C1010", False), ("03", False), ("0003", False)),
        *(("EU27", True), ("0126-ASA", True)),
    ],
)
def test_what_concerns_us_is_ours_the_county_and_the_country(code, is_ours):
    assert rules.concerns(code, municipality="0126") == is_ours


def test_a_title_tells_of_its_theme_where_nothing_else_does():
    assert rules.theme_of("", "Anmälda våldsbrott") is Theme.CRIME
    assert rules.theme_of("trygga boendemiljöer") is Theme.HOUSING
    assert rules.theme_of("väder") is None
