"""Law as of a day: the same question in December 2021 and today gives two right answers."""

from datetime import date

import pytest

from lykta.domain.statutes import selectors, services
from lykta.domain.statutes.models import LegalBasis
from lykta.infrastructure.access import NOBODY, SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _law():
    services.load()


@pytest.mark.parametrize(
    ("day", "in_force", "not_in_force"),
    [
        (date(2021, 12, 1), {"2018:1200 7 §"}, {"2023:196 4 §", "2018:1200 8–9 §§"}),
        (date(2024, 1, 1), {"2023:196 4 §", "2018:1200 7 §"}, {"2023:196 5 §", "2023:196 14 §"}),
        (date(2026, 11, 24), {"2023:196 5 §", "2023:196 14 §"}, {"2018:1200 7 §"}),
    ],
)
def test_law_holds_from_its_day_to_its_last(day, in_force, not_in_force):
    held = {str(row) for row in selectors.in_force(SYSTEM, as_of=day)}

    assert in_force <= held
    assert not held & not_in_force


def test_loading_again_adds_nothing():
    before = LegalBasis.objects.count()

    assert services.load() == 0
    assert LegalBasis.objects.count() == before


def test_every_row_has_its_source():
    assert not LegalBasis.objects.filter(source="").exists()


def test_law_is_found_by_swedish_words():
    found = selectors.search(SYSTEM, "LÄGESBILD", as_of=date(2026, 11, 24))

    assert "2023:196 4 §" in {str(row) for row in found}


def test_nobody_finds_nothing():
    assert selectors.search(NOBODY, "lägesbild", as_of=date(2026, 11, 24)) == []
