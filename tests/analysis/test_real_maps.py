"""Real areas of Statistics Sweden, where LYKTA_REFERENCE_DIR says they lie."""

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
import shapely

from lykta.analysis import assign_areas, contiguity

FOLDER = os.environ.get("LYKTA_REFERENCE_DIR")
DESO = "data/scb_deso_polygoner_uppsala/deso_2018_uppsala_lan_3006.geojson.gz"

pytestmark = pytest.mark.skipif(
    FOLDER is None, reason="LYKTA_REFERENCE_DIR is not set; it names the folder of real data"
)


@pytest.fixture(scope="module")
def deso():
    features = json.loads(gzip.decompress((Path(FOLDER) / DESO).read_bytes()))["features"]
    return np.array([shapely.geometry.shape(each["geometry"]) for each in features])


def test_points_fall_in_the_deso_areas_that_geos_gives_them(deso):
    rng = np.random.default_rng(1)
    low, high = shapely.total_bounds(deso).reshape(2, 2)
    x, y = rng.uniform(low, high, (20_000, 2)).T

    found = assign_areas(x, y, deso).area

    point, area = shapely.STRtree(deso).query(shapely.points(x, y), predicate="within")
    first = np.full(len(x), -1)
    first[point[::-1]] = area[::-1]
    assert np.array_equal(found >= 0, first >= 0)
    assert np.count_nonzero(found != first) <= np.count_nonzero(np.bincount(point) > 1)


def test_most_deso_neighbours_share_a_corner(deso):
    near = contiguity(deso)

    one, other = shapely.STRtree(deso).query(deso, predicate="intersects")
    assert near.counts.sum() > 0.95 * np.count_nonzero(one != other)
