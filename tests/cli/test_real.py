"""`lykta picture` on real open data, each in one command."""

import json
import os
from pathlib import Path

import pytest

ROOT = os.environ.get("LYKTA_REFERENCE_DIR")
pytestmark = pytest.mark.skipif(not ROOT, reason="LYKTA_REFERENCE_DIR is not set")
DATA = Path(ROOT or ".") / "data"

SETS = {
    "nottingham": (
        ["nottingham_burglary/nottingham_burglary.csv.gz",
         "nottingham_burglary/nottingham_wards.gpkg"],
        1795,
    ),
    "lancashire": (
        ["lancashire_ordningsstorningar/lancashire_asb.tab.gz",
         "lancashire_ordningsstorningar/lancashire_wards.gpkg",
         "--population", "lancashire_ordningsstorningar/lancashire_ward_pop.xlsx"],
        56434,
    ),
    "memphis": (
        ["memphis_robberies/memphis_robberies.csv",
         "memphis_robberies/memphis_precincts_4326.geojson.gz",
         "--population", "memphis_robberies/memphis_block_population.csv.gz"],
        2245,
    ),
    "chicago": (
        ["chicago_assaults_safe_passage/chicago_aggravated_assaults.csv.gz",
         "chicago_assaults_safe_passage/chicago_police_districts.kml.gz"],
        15328,
    ),
    "west yorkshire": (
        ["police_uk_west_yorkshire/2016-07-west-yorkshire-street.csv.gz",
         "police_uk_west_yorkshire/2017-07-west-yorkshire-street.csv.gz",
         "police_uk_west_yorkshire/2018-07-west-yorkshire-street.csv.gz",
         "police_uk_west_yorkshire/lsoa_lookup.csv",
         "--areas-map", "code=LSOA Code", "--areas-map", "name=LSOA Name"],
        31635,
    ),
    "polisen": (
        ["polisen_handelser/handelser_2023-03_2026-05.parquet",
         "sverige_kommuner_tatorter/kommunkoder.csv", "--area-noun", "kommun"],
        19819,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Return each set's JSON, made once."""
    from click.testing import CliRunner

    from lykta.cli import lykta

    made = {}
    for name, (arguments, _) in SETS.items():
        out = tmp_path_factory.mktemp("real") / "bild.json"
        given = [str(DATA / a) if (DATA / a).is_file() else a for a in arguments]
        result = CliRunner().invoke(lykta, ["picture", *given, "-o", str(out)])
        assert result.exit_code == 0, (name, result.output, result.exception)
        made[name] = json.loads(out.read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize("name", SETS)
def test_every_event_of_the_period_is_counted(pictures, name):
    assert pictures[name]["data"]["coverage"]["n_period"] == SETS[name][1]


def test_published_events_have_no_rates_points_or_hot_spots(pictures):
    data = pictures["polisen"]["data"]

    assert pictures["polisen"]["title"].startswith("Publicerade händelser")
    assert data["clusters"] == []
    assert not any(name.startswith("per_1000") for name in data["areas"])


def test_areas_without_geometry_make_a_picture_without_a_map(pictures):
    captions = [b.get("caption", "") for b in pictures["west yorkshire"]["blocks"]]

    assert not any("sexhörningar" in caption for caption in captions)


def test_nothing_is_said_of_change_where_there_is_no_year_before(pictures):
    assert pictures["lancashire"]["data"]["before"] is None
    assert "Förändring" not in json.dumps(pictures["lancashire"]["blocks"], ensure_ascii=False)
