"""What differs, what can be compared, and which week a text names."""

from datetime import date

import pytest

from lykta.domain.plans import rules
from lykta.domain.plans.rules import Difference

PARAMETERS = {
    "audience": "partners",
    "areas": [{"code": "A", "border_sha256": "1"}, {"code": "B", "border_sha256": "2"}],
    "sources": [{"name": "Provet"}],
    "filters": {"categories": []},
}


def test_a_difference_says_where_it_stands_and_both_values():
    before = {"areas": {"count": [1, 2, None]}, "version": "0.1.0"}
    after = {"areas": {"count": [1, 3, None]}, "version": "0.2.0"}

    assert list(rules.differences(before, after)) == [Difference("areas.count[1]", 2, 3)]


@pytest.mark.parametrize(
    ("before", "after", "n"),
    [
        ({"a": 1.0}, {"a": 1.0 + 1e-12}, 0),
        ({"a": 1.0}, {"a": 1.000001}, 1),
        ({"a": None}, {"a": 0}, 1),
        ({"a": [1, 2]}, {"a": [1]}, 1),
        ({"a": 1}, {}, 1),
        ({}, {"a": 1}, 1),
        ({"a": True}, {"a": True}, 0),
    ],
)
def test_only_the_last_digits_may_differ_unseen(before, after, n):
    assert len(list(rules.differences(before, after))) == n


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, []),
        ({"audience": "public"}, ["audience"]),
        ({"areas": PARAMETERS["areas"][:1]}, ["areas"]),
        ({"areas": [{"code": "A", "border_sha256": "9"}, PARAMETERS["areas"][1]]}, ["areas"]),
        ({"sources": [{"name": "Annat"}]}, ["sources"]),
        ({"filters": {"categories": [1]}}, ["selection"]),
    ],
)
def test_pictures_of_different_things_are_not_compared(change, why):
    assert rules.hindrances(PARAMETERS, PARAMETERS | change) == why


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-v44", date(2026, 10, 26)),
        ("2026-W44", date(2026, 10, 26)),
        ("2026v01", date(2025, 12, 29)),
        ("2026-v54", None),
        ("2026-44", None),
        ("", None),
    ],
)
def test_a_week_is_named_in_either_way(text, monday):
    found = rules.week_of(text)

    assert (found and found[0]) == monday
    assert found is None or (found[1] - found[0]).days == 6


@pytest.mark.parametrize(
    ("title", "is_printable"),
    [("Lägesbild 2025", True), (" ", False), ("Bild 🔥", False), ("En\nrad", False)],
)
def test_a_title_is_in_signs_that_can_be_printed(title, is_printable):
    assert rules.is_printable(title) is is_printable


def test_periods_that_share_a_day_overlap():
    first, second = (date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 6, 30), date(2025, 12, 31))

    assert rules.is_overlapping(first, second)
    assert not rules.is_overlapping(first, (date(2025, 7, 1), date(2025, 12, 31)))
