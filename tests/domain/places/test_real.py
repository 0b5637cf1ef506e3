"""Published files, as a municipality would read them in: the nation's, of which little is ours."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.domain.places.conftest import TODAY

from lykta.domain.places import selectors
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.imports import doors

pytestmark = pytest.mark.django_db
REFERENCE = os.environ.get("LYKTA_REFERENCE_DIR", "")
DATA = Path(REFERENCE) / "data"
MUNICIPALITIES = DATA / "sverige_kommuner_tatorter/kommuner_3006.geojson.gz"
LISTED = DATA / "polisen_utsatta_omraden_2023/uso_2023_3006.geojson"


@pytest.fixture(autouse=True)
def _huddinge(settings, tmp_path):
    if not REFERENCE:
        pytest.skip("LYKTA_REFERENCE_DIR is not set")
    settings.LYKTA_DIR = tmp_path
    settings.INSTALLATION = replace(settings.INSTALLATION, code="0126")


def read(kind: str, path: Path, /, **options):
    return doors.read_in(SYSTEM, kind, path, today=TODAY, **options)


@pytest.fixture
def municipality():
    return read("areas", MUNICIPALITIES, kind="municipality", valid_from=date(1971, 1, 1))


def test_of_the_nations_municipalities_ours_is_read_in(municipality):
    assert (municipality.n_added, municipality.n_rejected) == (1, 0)
    assert municipality.n_outside == municipality.n_read - 1 == 289


def test_the_polices_borders_are_official_and_only_ours_come_in(municipality):
    run = read("areas", LISTED, kind="listed", valid_from=date(2023, 12, 1))

    rows = [row for row in selectors.areas(SYSTEM, as_of=TODAY) if row.kind == "listed"]
    assert (run.n_added, run.n_outside) == (3, 56)
    assert [row.name for row in rows] == ["Grantorp / Visättra", "Skogås", "Vårby"]
    assert {row.border_origin for row in rows} == {"official"}


def test_the_polices_own_file_says_which_of_ours_stand_on_its_list(municipality):
    read("areas", LISTED, kind="listed", valid_from=date(2023, 12, 1))

    run = read("listings", LISTED, list_year=2023)

    assert (run.n_added, run.n_outside) == (3, 56)
    assert selectors.listed(SYSTEM, as_of=TODAY).listed == 3
    assert {row.classification.level for row in selectors.listed_areas(SYSTEM, as_of=TODAY)} == {
        "vulnerable"
    }
