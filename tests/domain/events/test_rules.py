from datetime import date

import pytest

from lykta.domain.events import rules


def test_the_public_sees_months_and_no_small_counts():
    rule = rules.fineness("public", on=date(2026, 11, 24))

    assert (rule.finest_unit, rule.smallest_shown) == ("month", 5)


def test_partners_see_weeks_and_the_small_counts_of_large_areas_only():
    rule = rules.fineness("partners", on=date(2026, 11, 24))

    assert rule.finest_unit == "week"
    assert rules.smallest_shown(rule, n_areas=7) == 0
    assert rules.smallest_shown(rule, n_areas=60) == 5


def test_no_rule_lets_a_map_be_finer_than_two_hundred_metres():
    assert min(row.finest_cell_m for row in rules.FINENESS) >= 200


@pytest.mark.parametrize(
    ("audience", "on"), [("press", date(2026, 1, 1)), ("public", date(2020, 1, 1))]
)
def test_without_a_rule_nothing_is_shown(audience, on):
    with pytest.raises(ValueError, match="has no rule"):
        rules.fineness(audience, on=on)
