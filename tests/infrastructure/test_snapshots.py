"""A snapshot: the same bytes for the same rows, and no change that is not seen."""

import hashlib
import json

import numpy as np
import pytest

from lykta.infrastructure import snapshots
from lykta.infrastructure.snapshots import DamagedSnapshot, Snapshot

ORDER = np.array([2, 0, 1])


@pytest.fixture
def snapshot():
    columns = {
        "day": np.array([3, 1, 2], np.int32),
        "x_m": np.array([600_000.25, np.nan, 600_001.5]),
        "minute": np.array([-1, 90, 1439], np.int16),
    }
    return Snapshot(columns, {"seed": 1, "name": "Åsa"}, "0.1.0")


@pytest.fixture
def packed(snapshot, tmp_path):
    """Return a packed snapshot and the file of its columns."""
    made = snapshots.pack(snapshot)
    path = tmp_path / "columns.parquet"
    path.write_bytes(made.parquet)
    return made, path


def test_the_same_rows_in_another_order_give_the_same_bytes(snapshot):
    shuffled = {name: column[ORDER] for name, column in snapshot.columns.items()}

    other = snapshots.pack(Snapshot(shuffled, snapshot.parameters, snapshot.version))

    assert other == snapshots.pack(snapshot)


def test_what_is_read_back_is_what_was_written(packed):
    made, path = packed

    read = snapshots.unpack(made.manifest, path)

    assert read.columns["day"].tolist() == [1, 2, 3]
    assert np.isnan(read.columns["x_m"][0])
    assert [read.columns[name].dtype for name in ("day", "x_m", "minute")] == ["i4", "f8", "i2"]
    assert (read.parameters, read.version) == ({"seed": 1, "name": "Åsa"}, "0.1.0")


def test_its_sha256_is_that_of_a_file_that_names_the_other(packed):
    made, path = packed

    assert made.sha256 == hashlib.sha256(made.manifest).hexdigest()
    named = json.loads(made.manifest)["parquet_sha256"]
    assert named == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("part", ["columns", "parameters", "version"])
def test_a_change_of_anything_gives_another_sha256(snapshot, part):
    changes = {
        "columns": {**snapshot.columns, "day": np.array([3, 1, 1], np.int32)},
        "parameters": {"seed": 2},
        "version": "0.2.0",
    }
    parts = {"columns": snapshot.columns, "parameters": snapshot.parameters, "version": "0.1.0"}

    other = snapshots.pack(Snapshot(**parts | {part: changes[part]}))

    assert other.sha256 != snapshots.pack(snapshot).sha256


def test_a_damaged_file_of_columns_is_not_read(packed):
    made, path = packed
    path.write_bytes(made.parquet[:-1] + b"?")

    with pytest.raises(DamagedSnapshot):
        snapshots.unpack(made.manifest, path)


def test_a_stored_snapshot_that_has_changed_is_not_read(snapshot, settings, tmp_path):
    settings.LYKTA_DIR = tmp_path
    sha256 = snapshots.keep(snapshots.pack(snapshot))
    path = tmp_path / "storage" / sha256[:2] / sha256
    path.write_bytes(path.read_bytes().replace(b'"seed": 1', b'"seed": 2'))

    with pytest.raises(DamagedSnapshot):
        snapshots.load(sha256)


def test_a_stored_snapshot_that_is_gone_is_said_to_be(settings, tmp_path):
    settings.LYKTA_DIR = tmp_path

    with pytest.raises(DamagedSnapshot):
        snapshots.load("0" * 64)
