"""Every export can be read in again, and changes nothing."""

import pytest
from tests.domain.places.conftest import TODAY
from tests.domain.places.test_selectors import LISTS

from lykta.domain.places import selectors
from lykta.infrastructure.access import SYSTEM

KINDS = {
    "omraden.csv": "areas",
    "omraden.geojson": "areas",
    "folkmangd.csv": "population",
    "platser.csv": "places",
    "polisens-listor.csv": "listings",
    "polisens-listor-riket.csv": "editions",
}
EDITIONS = (
    "lista_år;publicerad;antal_områden;delade;belägg\n2019;;60;;tidning\n2025;2025-12-02;65;7;x\n"
)
PEOPLE = "område;år;folkmängd;källa;hämtad\n9999A0010;2023;110;SCB;2024-08\n"
PLACES = "kod;namn;slag;andra_namn;x;y\nP1;Lyktparken;park;Parken;600500;6600500\n"


@pytest.fixture
def full(places):
    places("population", "folk.csv", PEOPLE)
    places("places", "platser.csv", PLACES, crs="EPSG:3006")
    places("listings", "listor.csv", LISTS)
    places("editions", "riket.csv", EDITIONS)
    return places


def test_every_export_is_tried():
    assert set(KINDS) == set(selectors.EXPORTS)


@pytest.mark.parametrize("name", KINDS)
def test_an_export_comes_in_again_unchanged(full, name):
    content = selectors.EXPORTS[name].write(SYSTEM, as_of=TODAY).decode("utf-8")

    run = full(KINDS[name], name, content)

    assert (run.n_added, run.n_changed, run.n_rejected) == (0, 0, 0), list(run.rejected_rows.all())
    assert run.n_unchanged == run.n_read > 0
